"""How the service is seen from outside: figures, logs. Nothing in them comes from a message or tells who sent it."""
