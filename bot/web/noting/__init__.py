"""What is noted of messages after they were answered: counts, and questions that could not be."""
