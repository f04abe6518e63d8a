"""The tests of the repository start from a database that has its people in it."""

from tests.furnished import database_url, five_incidents, people

__all__ = ["database_url", "five_incidents", "people"]
