"""The engine against peers, on public data and on the golden questions, each on the same splits."""
