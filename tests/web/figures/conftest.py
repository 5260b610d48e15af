"""The staff’s fixtures, for this folder."""

from tests.web.staff.staffroom import client, clock, database, make_client

__all__ = ["client", "clock", "database", "make_client"]
