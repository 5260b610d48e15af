"""The editors' page: what is there to edit, how it stands, what it would look like."""
