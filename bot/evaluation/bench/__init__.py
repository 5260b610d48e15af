"""Our server beside a stock Rasa server of the same content: the same questions over HTTP, in one run."""
