"""Checks the terminal, the language, the folders and the clock for ``eds-tui doctor``."""

from __future__ import annotations

import locale
import os
import re
import shutil
import stat
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from eds_tui.host.logs import log_folder
from eds_tui.host.terminals import (
    LEAST_COLUMNS,
    LEAST_ROWS,
    UNUSABLE,
    UTF_8,
    Colours,
    here,
    started_in,
)
from eds_tui.settings import Characters, FileTree, InvalidSetting, Settings

_COLOURS = {
    Colours.NONE: "none",
    Colours.SIXTEEN: "16",
    Colours.MANY: "256",
    Colours.ALL: "16 million",
}
_AROUND = {"TMUX": "tmux", "STY": "screen", "SSH_CONNECTION": "SSH"}
_LONGEST_ESCAPE_MS = 500
_MILLISECONDS = re.compile("[0-9]{1,9}")
_ALL_RIGHTS = os.R_OK | os.W_OK | os.X_OK


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    found: str
    to_do: str = ""
    """What to do about it; empty where it is all right."""


def terminal_findings(settings: Settings) -> Iterator[Finding]:
    """Yield what there is to say of the terminal that the kiosk would run in."""
    environment = started_in()
    is_terminal = all(
        stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)
    )
    term = environment.get("TERM", "")
    if not is_terminal:
        yield Finding("terminal", "none here: the input or the output is a file or a pipe")
    elif term in UNUSABLE:
        yield Finding(
            "terminal",
            f"TERM is {term or 'not set'}, so that nothing is known of it",
            "Set TERM to what the terminal is, for example xterm-256color.",
        )
    else:
        yield Finding("terminal", f"TERM is {term}")
    if is_terminal:
        yield _size()
    found = here(settings.characters, settings.colours)
    wrong = settings.colours.message if isinstance(settings.colours, InvalidSetting) else ""
    yield Finding("colours", f"{_COLOURS[found.colours]}: {found.colours_why}", wrong)
    yield _characters(settings, found.own, found.charset_why, is_terminal=is_terminal)
    around = [name for variable, name in _AROUND.items() if environment.get(variable)]
    yield Finding("around it", " in ".join(around) or "neither tmux, screen nor SSH")
    yield _escape(environment)


def _size() -> Finding:
    columns, rows = shutil.get_terminal_size()
    small = columns < LEAST_COLUMNS or rows < LEAST_ROWS
    to_do = f"The kiosk needs {LEAST_COLUMNS} by {LEAST_ROWS}; enlarge the window."
    return Finding("size", f"{columns} columns by {rows} rows", to_do if small else "")


def _characters(settings: Settings, own: str, why: str, *, is_terminal: bool) -> Finding:
    words = f"{own}: {why}"
    if isinstance(settings.characters, InvalidSetting):
        return Finding("characters", words, settings.characters.message)
    to_do = (
        "Letters that it lacks are shown as question marks. Where the terminal knows UTF-8,"
        " set LANG to a language with it, for example C.UTF-8."
    )
    plain = own != UTF_8 and is_terminal and settings.characters is Characters.AUTO
    return Finding("characters", words, to_do if plain else "")


def _escape(environment: Mapping[str, str]) -> Finding:
    given = environment.get("ESCDELAY", "")
    if not given:
        return Finding("Esc key", "felt after 0.1 seconds; ESCDELAY is not set")
    slow = not _MILLISECONDS.fullmatch(given) or int(given) > _LONGEST_ESCAPE_MS
    to_do = f"Set ESCDELAY to milliseconds up to {_LONGEST_ESCAPE_MS}, or not at all."
    return Finding("Esc key", f"ESCDELAY is {given}", to_do if slow else "")


def language_finding() -> Finding:
    """Return what there is to say of the locale."""
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    environment = started_in()
    given = [f"{name} is {environment[name]}" for name in names if environment.get(name)]
    words = ", ".join(given) or f"none of {', '.join(names)} is set"
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        # By its name: Python has put another one in the place of one that is not there.
        locale.setlocale(locale.LC_CTYPE, next(filter(None, map(environment.get, names)), "C"))
    except locale.Error:
        to_do = "This machine does not have it: see locale -a, or install it."
        return Finding("language", words, to_do)
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return Finding("language", words)


def folder_findings(settings: Settings) -> Iterator[Finding]:
    """Yield what there is to say of the folders that the program reads and writes."""
    yield _files(settings.files)
    if settings.drafts:
        yield _folder("drafts", settings.drafts, private=True, made=True)
    else:
        yield Finding("drafts", "kept nowhere while the database is away, as the settings want it")
    yield _folder("log", log_folder(), private=True, made=True)


def _files(files: FileTree | None) -> Finding:
    if files is None:
        return Finding("files", "no folder, so that nothing can be attached or saved")
    if not files.below:
        return _folder("files", files.above, private=False, made=False)
    found = _folder("files", files.above, private=False, made=False, rights=os.R_OK | os.X_OK)
    words = f"{files.above} can be used, and in it {Path(*files.below)} is for each account"
    return found if found.to_do else replace(found, found=words)


def _folder(
    subject: str, folder: Path, *, private: bool, made: bool, rights: int = _ALL_RIGHTS
) -> Finding:
    if not os.path.exists(folder):
        # What may not be asked about is as good as not there.
        above = next(each for each in folder.absolute().parents if os.path.exists(each))
        if made and os.path.isdir(above) and os.access(above, os.W_OK | os.X_OK):
            return Finding(subject, f"{folder} is made when it is needed")
        return Finding(subject, f"{folder} is not there", "Make it, or name another one.")
    if not os.path.isdir(folder) or not os.access(folder, rights):
        to_do = f"Let this account use it: ls -ld {folder}"
        return Finding(subject, f"{folder} can't be used", to_do)
    if private and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        to_do = f"Close it: chmod 700 {folder}"
        return Finding(subject, f"{folder} can be looked into by others", to_do)
    return Finding(subject, f"{folder} can be used")
