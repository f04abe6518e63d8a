"""The tests of the guide start from a database that has its people in it."""

from tests.furnished import database_url, people

__all__ = ["database_url", "people"]
