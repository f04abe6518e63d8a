"""What the folder that files are chosen from holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in a folder that files are chosen from."""

    name: str
    is_folder: bool
    size: int
    """Bytes; 0 for a folder."""
