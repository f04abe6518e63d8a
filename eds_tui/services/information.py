"""The texts to read in the kiosk, kept as data with their links (rule 14)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).with_name("information.toml")


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to read."""

    title: str
    text: str
    link: str = ""


def topics(telephone: str, email: str) -> tuple[Topic, ...]:
    """Return the texts in the order in which they are offered.

    Args:
        telephone: The service centre's number, put where the texts name it.
        email: The service centre's address, likewise.
    """
    data = tomllib.loads(_FILE.read_text("utf-8"))
    return tuple(
        Topic(
            entry["title"],
            entry["text"].strip().replace("{telephone}", telephone).replace("{email}", email),
            entry.get("link", ""),
        )
        for entry in data["topic"]
    )
