"""What a screen can do: state and services behind a small face; no screen is known here."""
