"""Questions of a live session: reading them in, grouping and matching them. No web and no database in it."""
