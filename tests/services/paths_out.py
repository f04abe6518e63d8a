"""Names that would lead out of a folder of files."""

from __future__ import annotations

OUT = ("..", ".", "", "/", "/etc", "../..", "a/b", "/etc/passwd", "a\0b", "\ud800")
