"""Locales and the assistant's own phrases; nothing here knows of entries or notices."""
