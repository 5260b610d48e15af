"""What to say: a reading in, a reply out. Pure: no Rasa, no web, no clock of its own."""
