"""The edges: HTTP in and out. Nothing here decides what is said."""
