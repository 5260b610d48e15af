"""Live sessions on the web: the moderators' board and what it needs."""
