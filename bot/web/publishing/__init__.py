"""Publishing: what is served now, drafts on their way to it, and training behind it."""
