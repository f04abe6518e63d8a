"""Settings: where they come from, and what is refused of them in words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from eds_tui.domain.errors import Unavailable
from eds_tui.settings import (
    Auth,
    Characters,
    FileTree,
    InvalidSetting,
    Security,
    Settings,
    parse_settings,
    read_settings,
    valid,
)
from tests.cli.running import CommandLine

pytestmark = pytest.mark.on_sqlite


def written(folder: Path, text: str) -> dict[str, str]:
    """Return an environment that names a file of settings with that text."""
    file = folder / "settings.toml"
    file.write_text(text)
    return {"EDS_TUI_CONFIG": str(file)}


def test_the_environment_goes_before_the_file_and_both_before_what_is_built_in(
    tmp_path: Path,
) -> None:
    environment = written(tmp_path, 'files = "/file"\ntheme = "of the file"\n')
    assert read_settings(environment).files == FileTree.of("/file")
    found = read_settings(environment | {"EDS_TUI_FILES": "/environment"})
    assert (found.files, found.theme, found.auth) == (
        FileTree.of("/environment"),
        "of the file",
        Auth.PASSWORD,
    )


@pytest.mark.parametrize("text", ["other = 'x'", "files = 1", "files =", "\ud800"])
def test_a_file_that_holds_anything_else_is_refused(tmp_path: Path, text: str) -> None:
    environment = written(tmp_path, "")
    Path(environment["EDS_TUI_CONFIG"]).write_text(text, errors="surrogatepass")
    with pytest.raises(Unavailable, match=r"settings\.toml"):
        read_settings(environment)


def test_a_file_that_is_named_and_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="does not exist"):
        read_settings({"EDS_TUI_CONFIG": str(tmp_path / "none.toml")})


@pytest.mark.parametrize(("shared", "files"), [(False, FileTree(Path.home())), (True, None)])
def test_a_home_folder_that_many_share_is_not_for_their_files(
    tmp_path: Path, shared: bool, files: FileTree | None
) -> None:
    environment = written(tmp_path, "")
    assert read_settings(environment, shared=shared).files == files
    given = environment | {"EDS_TUI_FILES": "/given"}
    assert read_settings(given, shared=shared).files == FileTree(Path("/given"))


@pytest.mark.parametrize("files", [
    "", "/srv", "/srv/..", "/srv/{account}", "/srv/.x/eds-{account}/drop", "/{account}/{account}",
])  # fmt: skip
def test_files_may_be_in_a_folder_of_the_account(tmp_path: Path, files: str) -> None:
    found = read_settings(written(tmp_path, f'files = "{files}"')).files
    assert (found is None) is (files == "")
    assert found is None or Path(found.above, *found.below) == Path(files)


@pytest.mark.parametrize("files", [
    "/srv/{login}", "/srv/{Account}", "/srv/{account", "/srv/account}", "/srv/{}", "/srv/{0}",
    "/srv/{{account}}", "/srv/{account!r}", "/srv/{acc{account}ount}", "/srv/{account}/{x}",
])  # fmt: skip
def test_another_placeholder_in_files_is_refused(tmp_path: Path, files: str) -> None:
    with pytest.raises(Unavailable) as refused:
        read_settings(written(tmp_path, f'files = "{files}"'))
    assert "files may hold {account}" in refused.value.message
    assert files in refused.value.message


@pytest.mark.parametrize("files", [
    "/srv/{account}/..", "/srv/{account}/../drop", "/srv/.{account}", "/srv/..{account}/drop",
    "/srv/{account}/.drop",
])  # fmt: skip
def test_files_that_would_leave_the_folder_of_the_account_are_refused(
    tmp_path: Path, files: str
) -> None:
    with pytest.raises(Unavailable, match="may begin with a dot"):
        read_settings(written(tmp_path, f'files = "{files}"'))


@pytest.mark.parametrize("auth", ["", "key", "SSH", "password "])
def test_another_way_to_know_people_is_refused(tmp_path: Path, auth: str) -> None:
    for known in ("password", "ssh"):
        assert read_settings(written(tmp_path, f'auth = "{known}"')).auth == known
    with pytest.raises(Unavailable) as refused:
        read_settings(written(tmp_path, f'auth = "{auth}"'))
    assert refused.value.message == f"auth is password or ssh; it is {auth!r}."


def test_every_setting_that_has_a_type_is_read_as_one(tmp_path: Path) -> None:
    found = read_settings(
        written(
            tmp_path,
            "drafts = '/drafts'\nauth = 'ssh'\nssh_keys = '/keys'\npreload = '/run/socket'\n"
            "idle_lock_minutes = '5'\nsession_end_minutes = '0'\ncharacters = 'ascii'\n"
            "smtp_port = '025'\nsmtp_security = 'TLS'\nsmtp_ca_file = '/ca.pem'\n",
        )
    )
    assert (found.drafts, found.ssh_keys) == (Path("/drafts"), Path("/keys"))
    assert (found.preload, found.smtp_ca_file) == (Path("/run/socket"), Path("/ca.pem"))
    assert (found.idle_lock, found.session_end) == (timedelta(minutes=5), timedelta(0))
    assert (found.auth, found.characters) == (Auth.SSH, Characters.ASCII)
    assert (found.smtp_port, found.smtp_security) == (25, Security.TLS)


def test_what_is_not_set_is_as_it_is_built_in() -> None:
    assert parse_settings({"database_url": "sqlite://"}) == Settings(database_url="sqlite://")


def test_a_value_that_only_a_part_of_the_program_needs_stops_only_that_part() -> None:
    found = parse_settings(
        {"database_url": "", "characters": "all", "smtp_port": "x", "smtp_security": "ssl"}
    )
    for value, words in (
        (found.characters, "The setting characters is one of auto, ascii, unicode."),
        (found.smtp_port, "The setting smtp_port is a number from 1 to 65535."),
        (found.smtp_security, "The setting smtp_security is one of none, starttls, tls."),
    ):
        assert value == InvalidSetting(words)
        with pytest.raises(Unavailable, match=words):
            valid(value)


@pytest.mark.parametrize("command", [(), ("kiosk", "--config", "settings.toml"), ("doctor",)])
def test_what_is_refused_is_told_at_the_start(cli: CommandLine, command: tuple[str, ...]) -> None:
    file = written(cli.home, 'files = "/srv/{login}"')["EDS_TUI_CONFIG"]
    arguments = [each.replace("settings.toml", file) for each in command]
    done = cli.program(*arguments, EDS_TUI_CONFIG=file)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"files may hold {account}" in done.stderr
    assert b"Traceback" not in done.stderr
