"""Reads the texts and people of the demonstration from the TOML files beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from eds_tui.domain.clock import LONDON
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.school import Contact, NewSchool

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentTemplate:
    """What a school has to report, and what is said about it until it is mended."""

    category: Category
    impacts: tuple[Impact, ...]
    text: str
    ask: str = ""
    """The service centre's question."""
    answer: str = ""
    """The school's answer to it."""
    done: str = ""
    """What the service centre writes when it resolves the incident."""
    file: str = ""
    """The name of an attached file, or ``""``."""
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Saying:
    """A comment on one of the guide's incidents."""

    login: str
    at: datetime
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideIncident:
    """An incident that the guide shows; its number is its place in the file."""

    login: str
    contact: str
    category: Category
    impact: Impact
    description: str
    state: State
    priority: Priority
    opened: datetime
    resolved_hours: int | None
    """Hours from its resolution to the making of the database."""
    file: str
    comments: tuple[Saying, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentIncident:
    """An open incident of the last weeks; what it leaves open is drawn."""

    state: State
    minutes: int
    """Service minutes from its logging to the making of the database."""
    school: str
    """A portal number, or ``""``."""
    channel: Channel | None
    confidential: bool
    resolved_hours: int | None
    template: IncidentTemplate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What is said on an incident whatever its fault is."""

    working: tuple[str, ...]
    change: tuple[str, ...]
    deferral: tuple[str, ...]
    chase: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoData:
    """All that the demonstration is made from."""

    schools: tuple[NewSchool, ...]
    guide: tuple[GuideIncident, ...]
    current: tuple[CurrentIncident, ...]
    templates: tuple[IncidentTemplate, ...]
    talk: Talk
    words: dict[str, list[str]]
    """What each slot of a text may be filled with."""
    files: dict[str, str]
    """The text of each attached file by its name."""
    replies: dict[str, str]
    """The text of each canned reply by its title."""


def read_data() -> DemoData:
    """Return all of it."""
    talk = _read("talk.toml")
    files = talk.pop("files")
    return DemoData(
        schools=_schools(),
        guide=tuple(_guide_incident(row) for row in _read("guide.toml")["incident"]),
        current=tuple(_current_incident(row) for row in _read("current.toml")["incident"]),
        templates=tuple(
            template
            for path in sorted(_FOLDER.glob("incidents/*.toml"))
            for template in _templates(path)
        ),
        talk=Talk(**{name: tuple(texts) for name, texts in talk.items()}),
        words=_read("words.toml"),
        files=files,
        replies={title: text.strip() for title, text in _read("replies.toml").items()},
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text("utf-8"))


def _schools() -> tuple[NewSchool, ...]:
    content = _read("schools.toml")
    return tuple(
        NewSchool(
            **row
            | {
                "la_number": content["la_number"],
                "contacts": tuple(Contact(**contact) for contact in row["contacts"]),
            }
        )
        for row in content["school"]
    )


def _templates(path: Path) -> list[IncidentTemplate]:
    content = _read(str(path.relative_to(_FOLDER)))
    confidential = path.stem == "confidential"
    return [
        IncidentTemplate(
            category=Category(row.pop("category", "") or content["category"]),
            impacts=tuple(Impact(impact) for impact in row.pop("impacts")),
            text=row.pop("text").strip(),
            confidential=confidential,
            **row,
        )
        for row in content["incident"]
    ]


def _guide_incident(row: dict[str, Any]) -> GuideIncident:
    return GuideIncident(
        login=row["login"],
        contact=row["contact"],
        category=Category(row["category"]),
        impact=Impact(row["impact"]),
        description=row["description"],
        state=State(row["state"]),
        priority=Priority(row["priority"]),
        opened=row["opened"].replace(tzinfo=LONDON),
        resolved_hours=row.get("resolved_hours"),
        file=row.get("file", ""),
        comments=tuple(
            Saying(said["login"], said["at"].replace(tzinfo=LONDON), said["says"])
            for said in row.get("comments", ())
        ),
    )


def _current_incident(row: dict[str, Any]) -> CurrentIncident:
    return CurrentIncident(
        state=State(row["state"]),
        minutes=row["minutes"],
        school=row.get("school", ""),
        channel=Channel(row["channel"]) if "channel" in row else None,
        confidential=row.get("confidential", False),
        resolved_hours=row.get("resolved_hours"),
        template=_own_template(row) if "description" in row else None,
    )


def _own_template(row: dict[str, Any]) -> IncidentTemplate:
    text: str = row["description"].strip()
    if length := row.get("length"):
        before, gap, log = text.rpartition("\n\n")
        text = (before + gap + (log + "\n") * length)[:length]
    return IncidentTemplate(
        category=Category(row["category"]), impacts=(Impact(row["impact"]),), text=text
    )
