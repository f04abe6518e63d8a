"""The tests of the guide start from a database that has its people in it."""

from tests.furnished import database, people

__all__ = ["database", "people"]
