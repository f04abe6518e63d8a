"""Reading the README and the pages as their readers do: sections, and the commands in them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = ROOT / "eds_tui" / "pages"


def page(topic: str) -> str:
    """Return the page about a topic."""
    return (PAGES / f"{topic}.md").read_text(encoding="utf-8")


def documents() -> dict[str, str]:
    """Return the README and every page, by file name."""
    files = (README, *sorted(PAGES.glob("*.md")))
    return {file.name: file.read_text(encoding="utf-8") for file in files}


def commands(text: str) -> list[str]:
    """Return the lines of a text that call the program, as they stand there."""
    return re.findall(r"(?m)^    ((?:[A-Z_]+=\S+ )*eds-tui(?: .*)?)$", text)
