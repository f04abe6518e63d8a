"""Everything that a terminal shows: the only code that knows Textual."""
