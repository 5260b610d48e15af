"""How the tables came to be what they are: Alembic's revisions, run at every start."""
