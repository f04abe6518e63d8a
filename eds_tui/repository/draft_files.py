"""Stores drafts in files of this machine while the database can't be reached (rule 36)."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from eds_tui.domain.account import Account
from eds_tui.domain.errors import Unavailable
from eds_tui.domain.views import Draft
from eds_tui.host.private import make_folder, new_file

_ABANDONED_SECONDS = 60
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FiledDraft:
    """A draft that waits on this machine."""

    draft: Draft
    since: datetime
    """When it was first kept here: what the database has from until then is older."""


class DraftFiles:
    """One folder a person, one file a form; nobody else may read them.

    Args:
        folder: Where the folders of all are; made when it is needed.
        database: Names the database that the drafts are meant for. An account of the same number in
            another one is somebody else.
    """

    def __init__(self, folder: Path, database: str) -> None:
        self._root = folder
        self._database = database

    def save(self, account: Account, draft: Draft, since: datetime) -> None:
        """Keep a draft in the place of the one that stood there; never half of it.

        Args:
            account: Whose it is.
            draft: What is to be kept.
            since: What the database has from until then is older; of the first one kept it stays.

        Raises:
            Unavailable: It can't be written.
        """
        path = self._path(account, draft.place)
        stood = _read(path)
        since = stood.since if stood else since
        written = json.dumps(
            {
                "place": draft.place,
                "body": draft.body,
                "saved_at": draft.saved_at.isoformat(),
                "since": since.isoformat(),
                "session": draft.session,
                "school_id": draft.school_id,
            }
        )
        # Two calls of one program may write at a time: each to a file of its own until it is whole.
        beside = path.with_suffix(f".{secrets.token_hex(8)}")
        try:
            make_folder(path.parent)
            with os.fdopen(new_file(beside), "wb") as file:
                file.write(written.encode())
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError as error:
            raise Unavailable(
                "Nor can what you type be kept on this machine"
                f" ({error.strerror}): leave this place open."
            ) from error

    def all(self, account: Account) -> tuple[FiledDraft, ...]:
        """Return what waits here for a person, the latest first."""
        found = []
        for path in self._files(account):
            filed = _read(path) if path.suffix == ".json" else None
            if filed is not None:
                found.append(filed)
            elif path.suffix != ".json":
                _remove_abandoned(path)
        return tuple(sorted(found, key=lambda filed: filed.draft.saved_at, reverse=True))

    def drop(self, account: Account, place: str) -> None:
        """Forget what waits here for a place."""
        with suppress(OSError):
            self._path(account, place).unlink(missing_ok=True)

    def drop_unchanged(self, account: Account, filed: FiledDraft) -> None:
        """Forget a draft, unless more has been typed since it was read."""
        if _read(self._path(account, filed.draft.place)) == filed:
            self.drop(account, filed.draft.place)

    def _files(self, account: Account) -> list[Path]:
        try:
            return list(self._folder(account).iterdir())
        except OSError:
            return []

    def _folder(self, account: Account) -> Path:
        return self._root / _digest(f"{self._database}\n{account.id}\n{account.login}")

    def _path(self, account: Account, place: str) -> Path:
        return self._folder(account) / f"{_digest(place)}.json"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _read(path: Path) -> FiledDraft | None:
    try:
        stored: dict[str, Any] = json.loads(path.read_bytes())
        saved_at, since = (datetime.fromisoformat(stored[name]) for name in ("saved_at", "since"))
        draft = Draft(
            place=str(stored["place"]),
            body=dict(stored["body"]),
            saved_at=saved_at,
            session=str(stored.get("session", "")),
            school_id=stored.get("school_id"),
        )
        return FiledDraft(draft, since)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        _log.warning("a draft on this machine can't be read: %s", type(error).__name__)
        return None


def _remove_abandoned(path: Path) -> None:
    """Remove what a program that was killed had begun to write; the file it was for is whole."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > _ABANDONED_SECONDS:
            path.unlink()
