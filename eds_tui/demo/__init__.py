"""The demonstration database: made-up schools, people and a year of their faults."""
