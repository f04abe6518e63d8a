"""What a screen can do: state and services behind a small face, which knows no screen."""
