"""Passwords: only their hashes are kept, and an unknown name takes as long to refuse as a wrong password."""

from __future__ import annotations

from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHash

MIN_CHARACTERS, MAX_CHARACTERS = 12, 1_000


class Passwords:
    """Hashes and verifies with Argon2id; a test passes a cheap hasher."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    @cached_property
    def nobodys(self) -> str:
        """The hash that a password for an unknown name is verified against."""
        return self._hasher.hash("nobody's password")

    def hashed(self, password: str) -> str:
        """Return what is kept of `password`."""
        return self._hasher.hash(password)

    def fits(self, kept: str | None, password: str) -> bool:
        """Tell whether `kept` was made of `password`; None stands for an unknown name and never fits."""
        try:
            return self._hasher.verify(kept or self.nobodys, password[:MAX_CHARACTERS]) and kept is not None
        except (Argon2Error, InvalidHash):
            return False
