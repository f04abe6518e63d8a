"""Where the databases of the tests are, on each kind that the program works with."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import psycopg

from tests.images import Image
from tests.servers import Server

DIALECTS = ("sqlite", "postgresql")


class Store(Protocol):
    """Makes databases, and copies of them."""

    def empty(self) -> str:
        """Return the URL of a database without a table."""

    def copy(self, database_url: str) -> str:
        """Return the URL of a copy of a database that nobody is connected to."""

    def drop(self, database_url: str) -> None:
        """Do away with a database."""

    def replace(self, database_url: str, other_url: str) -> None:
        """Put a copy of another database in the place of one that nobody is connected to."""

    def take_away(self, database_url: str) -> None:
        """Let nobody reach a database any more; who has a SQLite file open goes on for now."""

    def bring_back(self, database_url: str) -> None:
        """Let a database that was taken away be reached again."""


@dataclass
class Files:
    """SQLite files in a folder."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def empty(self) -> str:
        """Return the URL of a file that is not there yet."""
        return f"sqlite:///{self.folder / f'{next(self._numbers)}.db'}"

    def copy(self, database_url: str) -> str:
        """Return the URL of a copy of a file."""
        url = self.empty()
        file_of(url).write_bytes(file_of(database_url).read_bytes())
        return url

    def drop(self, database_url: str) -> None:
        """Delete a file, and what SQLite keeps beside it."""
        file = file_of(database_url)
        for each in file.parent.glob(f"{file.name}*"):
            each.unlink()

    def replace(self, database_url: str, other_url: str) -> None:
        """Put a copy of another file in the place of one."""
        file_of(database_url).write_bytes(file_of(other_url).read_bytes())

    def take_away(self, database_url: str) -> None:
        """Put a link that leads nowhere in the place of a file, at one stroke.

        A moment without either would let the driver make a new file.
        """
        file = file_of(database_url)
        nowhere = file.with_suffix(".link")
        nowhere.symlink_to(file.with_suffix(".missing") / "eds.db")
        file.with_suffix(".away").hardlink_to(file)
        nowhere.replace(file)

    def bring_back(self, database_url: str) -> None:
        """Put the file back."""
        file = file_of(database_url)
        file.with_suffix(".away").replace(file)


@dataclass
class Databases:
    """Databases on a PostgreSQL server; one that is done with is used again for the next copy."""

    server: Server
    _images: dict[str, Image] = field(default_factory=dict)
    _idle: dict[str, list[str]] = field(default_factory=dict)
    _copies: dict[str, str] = field(default_factory=dict)
    """Of which database each is a copy."""

    def empty(self) -> str:
        """Return the URL of a new database."""
        url = self.server.new_url()
        self.server.create(url)
        return url

    def copy(self, database_url: str) -> str:
        """Return the URL of a copy of a database."""
        idle = self._idle.setdefault(database_url, [])
        while idle:
            url = idle.pop()
            if self._put_back(url, database_url):
                return url
            self._forget(url)
        url = self.server.new_url()
        self._make_copy(url, database_url)
        return url

    def drop(self, database_url: str) -> None:
        """Do away with a database; a copy may be made into one again."""
        if (of := self._copies.get(database_url)) is not None:
            self._idle[of].append(database_url)
        else:
            self._forget(database_url)

    def replace(self, database_url: str, other_url: str) -> None:
        """Put a copy of another database in the place of one that nobody is connected to."""
        self._idle.setdefault(other_url, [])
        if not self._put_back(database_url, other_url):
            self._forget(database_url)
            self._make_copy(database_url, other_url)

    def take_away(self, database_url: str) -> None:
        """Let the server refuse and end every connection to a database."""
        self.server.let_in(database_url, False)

    def bring_back(self, database_url: str) -> None:
        """Let the server take connections again."""
        self.server.let_in(database_url, True)

    def _make_copy(self, url: str, original: str) -> None:
        self.server.create(url, original)
        self._copies[url] = original

    def _put_back(self, url: str, original: str) -> bool:
        """Make a database hold what another holds, where nothing but rows tells them apart."""
        if original not in self._images:
            with self.server.inside(original) as connection:
                self._images[original] = Image.of(connection)
        try:
            with self.server.inside(url) as connection:
                done = self._images[original].put_back(connection)
        except psycopg.OperationalError:  # nobody is let in, or it is gone
            return False
        if done:
            self._copies[url] = original
        return done

    def _forget(self, url: str) -> None:
        self._copies.pop(url, None)
        self.server.drop(url)


def file_of(database_url: str) -> Path:
    """Return the file of a SQLite database."""
    return Path(database_url.removeprefix("sqlite:///"))
