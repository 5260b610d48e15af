"""What was asked: pure modules, and thin Rasa components over them."""
