"""`python -m bot`: the command line, where `guichet` is not on the path."""

import sys

from bot.cli import main

sys.exit(main())
