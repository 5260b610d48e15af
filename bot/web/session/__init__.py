"""The public page of a live session, on which participants ask and vote."""
