"""Makes the demonstration database: made-up schools, people and a year of their incidents."""
