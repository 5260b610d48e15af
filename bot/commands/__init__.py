"""The commands, one module a subject: each adds its parsers and runs them; `bot.cli` gathers them."""
