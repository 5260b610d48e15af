"""What lies between us and Rasa's agent: the graph run straight through, a tracker that lives for one turn."""
