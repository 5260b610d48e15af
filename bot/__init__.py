"""Guichet: curated answers to applicants' questions, in English and French."""

import os

# Before any library with threads of its own is loaded: an encoder's threads spin while they wait for one another, and on a
# busy machine of two cores a message then takes seconds. Messages are answered side by side instead.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
