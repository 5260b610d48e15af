"""What may be said: facts of the notices, entries, and how they are put into words."""

from pathlib import Path

FAQ = Path(__file__).parents[2] / "data" / "faq"
