"""What is kept and for how long; nothing else knows SQL."""
