"""The static pages: all questions and answers in each language, without a script."""
