"""The shared repository layer: the only code that knows SQL, used by every front end."""

from eds_tui.repository.later import load_later

# SQLAlchemy imports it, and uses it for dialects that others have installed: we have none of them.
# What it brings in (zip files, e-mail) is two megabytes in each session.
load_later("importlib.metadata")
