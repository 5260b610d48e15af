"""How a command ends: 0 fine, 1 the check found faults, 2 wrong usage or unreadable input."""

from __future__ import annotations

import argparse
from typing import TypeAlias

FINE, FAULTS, WRONG = 0, 1, 2
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 -- argparse gives the type no other name
