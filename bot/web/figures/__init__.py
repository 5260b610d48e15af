"""The page of figures over time: what was asked, answered, asked back, declined, and found helpful."""
