"""The page on which editors see what applicants asked in vain, and decide about it."""
