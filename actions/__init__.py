"""Rasa's custom actions: adapters from a tracker to `bot.dialogue` and back."""
