"""One revision a file, named for its subject."""
