"""Texts that break things: odd characters, steering characters, lengths, code of every kind."""

from __future__ import annotations

from hypothesis import strategies as st

CODE = (
    "<script>document.title='pwned'</script>",
    "<img src=x onerror=document.title='pwned'>",
    "\"><svg/onload=document.title='pwned'>",
    "javascript:document.title='pwned'",
    "{{7*7}} ${7*7} #{7*7} <%= 7*7 %> {0.__class__} %s%n",
    "'; DROP TABLE missed; --",
    '=HYPERLINK("http://evil.example","x")',
    "+cmd|' /C calc'!A0",
    "../../../../etc/passwd\0.yaml",
    "/restart",
    "!!python/object/apply:os.system [id]",
    "&a [*a, *a]",
    "\r\nSet-Cookie: x=1\r\n\r\n<html>",
    "ERROR root forged line\nINFO root another",
)
ODD = (
    "\u202eneddih\u202c",
    "\u200b\u200d\ufeff\u2060",
    "e" + "\u0301" * 500,
    "👩\u200d👩\u200d👧\u200d👦" * 40,
    "\ud800",
    "\udfff\ud800",
    "\U000e0041\U000e0042",
    "ﷺ" * 100,
    "İıſßﬀ",
    "\x00\x1b[31mred\x1b[0m\x07",
    "\u2028\u2029\x85\x0b\x0c",
    "ẞ" * 2_000,
    "a" * 100_000,
    "\n" * 5_000,
    "?" * 5_000,
    "الموعد النهائي متى؟",
    "截止日期是什么时候？",
    "𝓌𝒽𝑒𝓃 𝒾𝓈 𝒾𝓉",
)
texts = st.one_of(st.text(max_size=400), st.text(st.characters(categories=["Cs", "Cc", "Cf", "Co", "Cn", "Mn", "So", "Zs"]), max_size=200), st.sampled_from([*CODE, *ODD]))
joined = st.lists(texts, min_size=1, max_size=3).map(" ".join)
_leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | texts
values = st.recursive(_leaves, lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=12), inside, max_size=4), max_leaves=8)
