"""Bringing attached files back (rules 7 and 24)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from eds_tui.domain.account import Account
from eds_tui.domain.errors import InvalidInput, NotAllowed, NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.history import in_words
from eds_tui.domain.lifecycle import State
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.files import FileShelf
from tests.factories import People, new_form

pytestmark = pytest.mark.long_on_postgres

MOST_GROWTH = 60 * 1024 * 1024
MEASURED = """
import json, resource, sys
from pathlib import Path
from eds_tui import bootstrap
from eds_tui.services.files import FileShelf
from tests.factories import new_form

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

services = bootstrap.open_services(bootstrap.open_database(sys.argv[1]))
shelf = FileShelf(Path(sys.argv[2]))
head = services.accounts.by_login("00000EDU")
services.report.log(head, new_form(submission="small"))
start = peak()
form = new_form(submission="large", files=(shelf.choose((), "large.bin"),))
number = services.report.log(head, form).number
stored = peak()
path = services.attachments.fetch(
    head, number, "large.bin", lambda pieces: shelf.save("back.bin", pieces)
)
print(json.dumps([path.stat().st_size, stored - start, peak() - stored]))
"""


def attach(services: Services, people: People, shelf: FileShelf, *contents: bytes) -> int:
    """Log an incident with files that are all named ``note.txt``."""
    files = []
    for index, content in enumerate(contents):
        (shelf.root / str(index)).mkdir()
        (shelf.root / str(index) / "note.txt").write_bytes(content)
        files.append(shelf.choose((str(index),), "note.txt"))
    return services.report.log(people.head, new_form(files=tuple(files))).number


def test_of_several_files_of_one_name_each_comes_back_by_what_it_is(
    services: Services, people: People, shelf: FileShelf
) -> None:
    number = attach(services, people, shelf, b"one", b"two")
    ids = [file.id for file in services.queue.open(people.head, number).attachments]
    meant: tuple[tuple[int | str, bytes], ...] = (
        (ids[0], b"one"), (ids[1], b"two"), ("note (2).txt", b"two")
    )  # fmt: skip
    for file, contents in meant:
        assert services.attachments.fetch(people.head, number, file, b"".join) == contents
    with pytest.raises(InvalidInput) as refused:
        services.attachments.fetch(people.head, number, "note.txt", b"".join)
    assert refused.value.message == (
        "INC0000001 has 2 files named note.txt. Give the id of one:"
        f" note.txt (id {ids[0]}, 3 bytes), note (2).txt (id {ids[1]}, 3 bytes)."
    )


def test_an_id_leads_to_no_file_of_another_incident(
    services: Services, people: People, shelf: FileShelf
) -> None:
    number = attach(services, people, shelf, b"one")
    (file,) = services.queue.open(people.head, number).attachments
    other = services.report.log(people.head, new_form()).number
    for wrong, file_id in ((other, file.id), (number, file.id + 1), (number, 10**30)):
        with pytest.raises(NotFound, match="has no file with the id"):
            services.attachments.fetch(people.head, wrong, file_id, b"".join)


def test_a_file_that_is_not_there_is_not_found(
    services: Services, people: People, shelf: FileShelf
) -> None:
    number = attach(services, people, shelf, b"one")
    for name in ("other.txt", "", "NOTE.TXT", "b\udce5d", "\0"):
        with pytest.raises(NotFound):
            services.attachments.fetch(people.head, number, name, b"".join)


def test_every_fetch_is_an_event_and_a_failed_one_is_none(
    database: Database, services: Services, people: People, shelf: FileShelf
) -> None:
    def fail(pieces: Iterator[bytes]) -> None:
        raise OSError(next(pieces))

    number = attach(services, people, shelf, b"one")
    with pytest.raises(OSError, match="one"):
        services.attachments.fetch(people.bursar, number, "note.txt", fail)
    services.attachments.fetch(people.head, number, "note.txt", b"".join)
    with database.reading() as work:
        (event,) = work.events.of_kind(EventKind.ATTACHMENT_SAVED)
    assert (event.actor, event.details) == ("Test User", {"name": "note.txt"})


def test_a_file_of_20_mib_goes_in_and_comes_back_in_little_memory(
    database: Database, people: People, database_url: str, shelf: FileShelf
) -> None:
    size = 20 * 1024 * 1024
    with (shelf.root / "large.bin").open("wb") as file:
        file.truncate(size)
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, database_url, str(shelf.root)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    saved, to_store, to_fetch = json.loads(done.stdout)
    assert saved == size
    assert to_store < MOST_GROWTH
    assert to_fetch < MOST_GROWTH


@pytest.mark.on_both
def test_what_was_attached_by_mistake_is_taken_back_from_everybody(
    services: Services, people: People, shelf: FileShelf, database: Database
) -> None:
    """Its bytes are gone; who took what back and why stays in the history."""
    for name in ("a.txt", "b.txt"):
        (shelf.root / name).write_text(name)
    wrong, right = (shelf.choose((), name) for name in ("a.txt", "b.txt"))
    number = services.report.log(people.head, new_form(files=(wrong, right))).number
    say, take_back = services.conversation.comment, services.attachments.take_back
    say(people.handler, number, "", "files alone", files=(wrong,))
    first, _, alone = services.queue.open(people.head, number).attachments
    refused: list[tuple[Account, int | str, str]] = [
        (people.head, first.id, "Mine"), (people.handler, first.id, " "),
        (people.handler, "a.txt", "Which?"), (people.handler, "c.txt", "None"),
    ]  # fmt: skip
    for actor, file, reason in refused:
        with pytest.raises((NotAllowed, InvalidInput, NotFound)):
            take_back(actor, number, file, reason)
    take_back(people.handler, number, first.id, "Of another pupil")
    take_back(people.lead, number, alone.id, "As well")
    for reader in (people.head, people.handler):
        assert [each.name for each in services.queue.open(reader, number).attachments] == ["b.txt"]
        with pytest.raises(NotFound):
            services.attachments.fetch(reader, number, first.id, b"".join)
    with pytest.raises(NotFound):
        take_back(people.handler, number, first.id, "Again")
    told = [in_words(event) for event in services.history.of_incident(people.lead, number)]
    assert any("took back a file (a.txt) (reason: Of another pupil)" in each for each in told)
    assert say(people.handler, number, "", "files alone", files=(wrong,)) is State.NEW
    with database.writing() as work:
        mail = []
        while notice := work.notifications.take(services.clock()):
            mail.append((notice.comment, notice.files))
    assert mail[-1] == ("", ())
    assert [part.problems for part in database.check() if part.problems] == []
