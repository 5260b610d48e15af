"""How good the assistant is: figures over questions whose right entry is known, and over peers on public data."""
