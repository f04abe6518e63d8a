"""Files come to the kiosk and go back over SFTP, each person's through a folder of their own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from eds_tui.services.files import NO_DROP_FOLDER
from tests.furnished import Furnished
from tests.ssh.machine import PEOPLE, Machine
from tests.ui.pty_data import services_at
from tests.ui.pty_kiosk import CALL, QUEUE, Person

pytestmark = [pytest.mark.long, pytest.mark.on_sqlite]

PICTURE = bytes(range(256)) * 9
HANDLER, HEAD = PEOPLE
OF_HEAD = "eds-files-00000edu/drop/secret.txt"
HOME = "n New report"
"""At the foot of a school's home."""


@contextmanager
def at_the_form(machine: Machine, person: str) -> Iterator[Person]:
    """Sit at the kiosk, over the line, in front of a form that is filled in."""
    with machine.kiosk.sit() as seat:
        if person == HEAD:
            seat.sign_in("00000EDU", HOME)
            seat.ask("n", "Telephone")
            seat.ask("01772 1\rN2No internet.", "No internet.")
        else:
            seat.sign_in(person)
            seat.ask("n", CALL)
            seat.ask("garst\rN2No internet.", "No internet.")
        yield seat


@pytest.mark.parametrize(("person", "list_"), [(HANDLER, QUEUE), (HEAD, HOME)])
def test_a_file_that_was_put_is_attached_and_comes_back(
    machine: Machine, furnished: Furnished, person: str, list_: str
) -> None:
    mine, back = machine.folder / "error.png", machine.folder / "back.png"
    mine.write_bytes(PICTURE)
    for each in PEOPLE:
        (machine.drop(each) / f"of {each}.txt").touch()
    assert machine.sftp(person, f"put {mine}").returncode == 0
    assert (machine.drop(person) / "error.png").stat().st_mode & 0o077 == 0
    with at_the_form(machine, person) as seat:
        seat.ask("\x14", "Attach a file", "error.png", f"of {person}.txt")
        assert seat.text().count(".txt") == 1
        seat.ask("\r", "error.png (2 KB)")
        seat.ask("\x13", "INC0000001")
        seat.ask("\r", list_, "INC0000001")
        seat.ask("\r", "Comments")
        seat.ask("d", "Saved as")
    with services_at(machine.home) as services:
        handler = furnished.people.handler
        assert services.attachments.fetch(handler, 1, "error.png", b"".join) == PICTURE
    assert machine.sftp(person, f'get "error (2).png" {back}').returncode == 0
    assert back.read_bytes() == PICTURE


def test_neither_the_host_nor_another_persons_folder_can_be_had(machine: Machine) -> None:
    taken, mine = machine.folder / "taken", machine.folder / "mine.txt"
    mine.write_text("mine")
    secret = machine.drop(HEAD) / "secret.txt"
    secret.write_text("secret")
    os.chown(secret, *owner(machine, HEAD))
    paths = (f"/{OF_HEAD}", f"/srv/eds-files/{OF_HEAD}", f"../../{OF_HEAD}", f"../../../{OF_HEAD}")
    # What fails is not to keep the rest from being tried.
    tried = [
        f"-{command}"
        for number, path in enumerate((*paths, "/etc/passwd", "../../../etc/passwd"))
        for command in (
            f"get {path} {taken}",
            f"put {mine} {path}",
            f"ln {path} hard",
            f"rename {path} moved",
            f"rm {path}",
            f"symlink {path} way{number}",
            f"get way{number} {taken}",
            f"put {mine} way{number}",
            f"rename way{number} {path}",
        )
    ]
    assert machine.sftp(HANDLER, *tried).returncode == 0
    assert not taken.exists()
    assert secret.read_text() == "secret"
    assert [each.name for each in secret.parent.iterdir()] == ["secret.txt"]
    made = [each.is_symlink() for each in machine.drop(HANDLER).iterdir()]
    assert made == [True] * (len(paths) + 2)
    assert machine.sftp(HANDLER, "cd ..", "cd ..", "ls -1").stdout.splitlines()[-1] == "drop"
    with at_the_form(machine, HANDLER) as seat:
        seat.ask("\x14", "Your folder: nothing to choose here")


@pytest.mark.parametrize("command", ["rename /drop /other", "symlink /drop /way", "rmdir /drop"])
def test_nothing_is_put_in_the_place_of_a_folder(machine: Machine, command: str) -> None:
    assert machine.sftp(HANDLER, command).returncode != 0
    assert [each.name for each in machine.drop(HANDLER).parent.iterdir()] == ["drop"]


@pytest.mark.parametrize(("person", "key"), [(HEAD, HANDLER), (HANDLER, HEAD), (HANDLER, "keys")])
def test_a_key_opens_the_folder_of_its_person_alone(
    machine: Machine, person: str, key: str
) -> None:
    assert machine.sftp(person, "ls").returncode == 0
    is_refused(machine.sftp(person, "ls", key=key))


def test_whose_key_is_taken_away_is_shut_out(machine: Machine) -> None:
    (machine.folder / "etc" / "eds-tui" / "files_keys" / "eds-files-handler").unlink()
    is_refused(machine.sftp(HANDLER, "ls"))


def test_who_has_no_folder_or_a_link_to_anothers_is_told_so_and_the_call_goes_on(
    machine: Machine,
) -> None:
    mine = machine.drop(HANDLER)
    (machine.drop(HEAD) / "secret.txt").touch()
    with at_the_form(machine, HANDLER) as seat:
        mine.rmdir()
        for _ in range(2):
            seat.ask("\x14", f"! {NO_DROP_FOLDER[:40]}")
            assert "secret.txt" not in seat.text()
            seat.write("\x1b")
            seat.see_no_more("Attach a file")
            mine.unlink(missing_ok=True)
            mine.symlink_to("../eds-files-00000edu/drop")
        seat.ask("\x13", "The number is  INC0000001")


@pytest.mark.parametrize("arguments", [(), ("id",), ("/bin/sh",)])
def test_the_login_for_files_runs_nothing(machine: Machine, arguments: tuple[str, ...]) -> None:
    line = machine.files(HANDLER)
    done = line.run("-tt", line.host, *arguments, stdin=b"id\n")
    assert "uid=" not in done.stdout


def is_refused(done: subprocess.CompletedProcess[str]) -> None:
    """Check that a client was not let in."""
    assert (done.returncode, done.stdout) == (255, "")
    assert "Permission denied (publickey)" in done.stderr


def owner(machine: Machine, person: str) -> tuple[int, int]:
    """Return the numbers of the user and group whose a person's folder is."""
    status = machine.drop(person).stat()
    return status.st_uid, status.st_gid
