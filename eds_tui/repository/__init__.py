"""The shared repository layer: the only code that knows SQL, used by every front end."""
