"""A person's own SSH key says who they are, where the kiosk is set to take it for that."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from eds_tui.domain.errors import Unavailable
from eds_tui.services.sign_in import NO_ACCOUNT
from eds_tui.ssh.identity import NOBODYS_KEY, NOT_BY_KEY, came_from, login_of
from tests.factories import People
from tests.furnished import Furnished
from tests.preloaded import Preloaded
from tests.ssh.server import SSHD, Sshd, serving_kiosk
from tests.ui.pty_data import services_at
from tests.ui.pty_kiosk import CALL, QUEUE

pytestmark = [pytest.mark.on_sqlite, pytest.mark.long]

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB1r"
OTHER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAOTHER"


def kiosk_for(
    home: Path, folder: Path, name: str, preloaded: Preloaded | None = None
) -> AbstractContextManager[Sshd]:
    """Start a server that takes the client's key for the account of a name."""
    if not SSHD.exists():
        pytest.skip("openssh-server is not installed.")
    keys = folder / "sshd" / "authorized_keys"
    return serving_kiosk(
        folder / "sshd", home, {"auth": "ssh", "ssh_keys": str(keys)}, name, preloaded
    )


@pytest.mark.parametrize("way", ["plain", "preloaded"])
def test_a_key_opens_the_queue_of_its_account_and_the_end_ends_the_line(
    home: Path, tmp_path: Path, furnished: Furnished, preloaded: Preloaded, way: str
) -> None:
    begun = preloaded if way == "preloaded" else None
    with kiosk_for(home, tmp_path, "handler", begun) as sshd, sshd.sit() as seat:
        seat.see(QUEUE)
        assert sshd.kiosk()
        seat.ask("n", CALL)
        seat.ask("garst\rN2Printer jams", "Printer jams")
        seat.write("\x11")
        assert seat.ended() == 0
    with services_at(home) as services:
        (draft,) = services.drafts.under(furnished.people.handler, "call:")
        events = [event.details for event in services.history.watched(furnished.people.lead)]
    assert draft.body["description"] == "Printer jams"
    assert {"by": "SSH key"} in events


def test_where_the_database_is_away_at_the_start_the_person_gets_in_once_it_is_there(
    home: Path, tmp_path: Path
) -> None:
    """By themselves: the sentence says that there is nothing to type."""
    database = home / "eds.db"
    database.rename(home / "away.db")
    database.mkdir()
    with kiosk_for(home, tmp_path, "handler") as sshd, sshd.sit() as seat:
        seat.see("let in as soon as it answers; there is nothing to type.")
        database.rmdir()
        (home / "away.db").rename(database)
        seat.see(QUEUE)
        seat.write("\x11")
        assert seat.ended() == 0


@pytest.mark.parametrize(("name", "sentence"), [
    ("nobody", NO_ACCOUNT),
    ("", NOBODYS_KEY),
])  # fmt: skip
def test_a_key_of_nobody_opens_nothing(
    home: Path, tmp_path: Path, name: str, sentence: str
) -> None:
    with kiosk_for(home, tmp_path, name) as sshd, sshd.sit() as seat:
        assert seat.ended() == 1
        seat.see(sentence[:40])


def test_the_key_of_a_disabled_account_opens_nothing(
    home: Path, tmp_path: Path, furnished: Furnished
) -> None:
    people: People = furnished.people
    with services_at(home) as services:
        services.accounts.disable(people.handler.login)
    with kiosk_for(home, tmp_path, "handler") as sshd, sshd.sit() as seat:
        assert seat.ended() == 1
        seat.see(NO_ACCOUNT[:40])


def used(folder: Path, *lines: str) -> dict[str, str]:
    """Return an environment as the server sets it for keys that were used."""
    file = folder / "used"
    file.write_text("".join(f"{line}\n" for line in lines))
    return {"SSH_USER_AUTH": str(file)}


def keys(folder: Path, *lines: str) -> Path:
    """Return the path of a file of keys."""
    file = folder / "keys"
    file.write_text("".join(f"{line}\n" for line in lines))
    return file


@pytest.mark.parametrize("line", [
    f"{KEY} handler",
    f"  {KEY}   handler",
    f'restrict,command="echo ssh- hi" {KEY} handler',
])  # fmt: skip
def test_whose_a_key_is_stands_behind_it(tmp_path: Path, line: str) -> None:
    file = keys(tmp_path, "# ours", "", f"{OTHER} lead", f"#{KEY} lead", line)
    assert login_of(used(tmp_path, f"publickey {KEY}"), file) == "handler"


@pytest.mark.parametrize(("line", "sentence"), [
    (f"publickey {OTHER}", NOBODYS_KEY),
    ("password", NOT_BY_KEY),
    ("publickey", NOT_BY_KEY),
    ("keyboard-interactive/pam x y", NOT_BY_KEY),
    ("", NOT_BY_KEY),
])  # fmt: skip
def test_what_proves_nothing_is_refused(tmp_path: Path, line: str, sentence: str) -> None:
    with pytest.raises(Unavailable) as refused:
        login_of(used(tmp_path, line), keys(tmp_path, f"{KEY} handler", f"{OTHER}"))
    assert refused.value.message == sentence


@pytest.mark.parametrize(("connection", "source"), [
    ("192.0.2.7 50022 192.0.2.1 22", "192.0.2.7"),
    ("::ffff:192.0.2.7 50022 ::1 22", "192.0.2.7"),
    ("2001:db8:1:2:3:4:5:6 50022 2001:db8::1 22", "2001:db8:1:2::/64"),
    ("fe80::1:2%eth0 50022 fe80::1 22", "fe80::/64"),
    ("UNKNOWN 65535 UNKNOWN 65535", "UNKNOWN"),
])  # fmt: skip
def test_where_somebody_comes_from_is_the_address_of_the_client(
    connection: str, source: str
) -> None:
    assert came_from({"SSH_CONNECTION": connection, "SSH_CLIENT": "x"}) == source
    assert came_from({"SSH_CLIENT": connection}) == source


def test_where_nobody_connects_the_host_the_user_and_the_terminal_are_told_apart() -> None:
    assert came_from({}).split(" ")[:2] == [os.uname().nodename, str(os.getuid())]


def test_without_the_servers_word_or_its_file_nobody_is_known(tmp_path: Path) -> None:
    for environment in ({}, {"SSH_USER_AUTH": str(tmp_path / "none")}):
        with pytest.raises(Unavailable, match="came without one"):
            login_of(environment, keys(tmp_path, f"{KEY} handler"))
    with pytest.raises(Unavailable, match="can't be read"):
        login_of(used(tmp_path, f"publickey {KEY}"), tmp_path / "missing")
