"""Text that would steer a terminal or be taken for markup: stored as it came, shown harmless."""

from __future__ import annotations

import json
import unicodedata

from tests.cases import each_case
from tests.cli.running import CommandLine
from tests.factories import People

AWKWARD = [
    "[/]",
    "[/red]",
    "[/foo bar",
    "[link=http://x]x[/link]",
    "[x=']y",
    "[@click=app.quit]x[/]",
    "\\[red]x",
    "Server [rm 3] :fire: [/]",
    "100% of O'Brien's $HOME `id` \"quoted\"; {0} %s %(x)s",
    "AAA\x1b]2;PWNED\x1b\\\x1b]52;c;cm0gLXJmIC8=\x1b\\BBB\x1b[12;1HOVERWRITE",
    "bell\x07 back\x08space \x1b[?1049l",
    "abc\u202etxt.exe",
    "isolate\u2066x\u2069 mark\u200e\u200f\u061c",
    "a\x7fb",
    "a\u200bb\ufeff",
    "csi\x9b31m nel\x85next\u2028line\u2029par",
    "tab\tand\x0b\x0c feeds",
    "\u26a0\ufe0f Skrivare \U0001f44d\U0001f3fd \u05e9\u05dc\u05d5\u05dd",
]


def _harmless(output: str) -> bool:
    return not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in output)


@each_case("text", AWKWARD)
def test_any_text_comes_back_exactly_to_a_script_and_harmless_to_a_person(
    cli: CommandLine, people: People, text: str
) -> None:
    number = cli.log(
        *("--as", "handler", "--school", "00000", "--description", text),
        *("--caller", text, "--telephone", text),
    )
    cli.done("incidents", "comment", number, text, "--as", "handler", "--caller", text)

    found = cli.shown(number, "handler")
    newest, *_ = cli.done("incidents", "list", "--as", "handler", "--json").splitlines()
    listed = json.loads(newest)
    assert found["description"] == listed["details"] == text
    assert found["contact"]["name"] == found["contact"]["telephone"] == text.strip()
    assert found["comments"][0]["text"] == text
    assert found["comments"][0]["author"] == f"A. Handler for {text.strip()} (phone)"
    for command in (("show", number), ("list",)):
        assert _harmless(cli.done("incidents", *command, "--as", "handler").replace("\n", ""))
    assert cli.done("incidents", "list", "--as", "handler", "--json").isascii()


@each_case("text", AWKWARD)
def test_what_the_service_centre_types_is_kept_exactly_and_shown_harmless(
    cli: CommandLine, people: People, text: str
) -> None:
    number = cli.log("--as", "00000EDU")
    cli.done("account", "team", "handler", text)
    printed = [
        cli.decide("note", number, text),
        cli.decide("state", number, "on_hold_customer", "--question", text),
        cli.decide("assign", number, "--team", text),
        cli.decide("confidential", number, "yes", "--reason", text),
        cli.decide("history", number),
        cli.decide("show", number),
        cli.done("account", "list"),
    ]

    found = cli.shown(number, "handler")
    assert [comment["text"] for comment in found["comments"]] == [text, text]
    assert found["team"] == text.strip()
    assert _harmless("".join(printed).replace("\n", ""))


def test_an_escape_sequence_is_seen_as_text(cli: CommandLine, people: People) -> None:
    number = cli.log("--as", "00000EDU", "--description", "red \x1b[31mred")

    output = cli.done("incidents", "show", number, "--as", "00000EDU")

    assert "\n  red \u241b[31mred\n" in output


def test_no_text_can_pass_for_a_line_of_the_programs_own(cli: CommandLine, people: People) -> None:
    forged = "x\nState         Closed\r\nNumber        INC0000009\x85Priority      1\u2028Comments"
    number = cli.log("--as", "00000EDU", "--description", forged)
    cli.done("incidents", "comment", number, forged, "--as", "00000EDU")

    lines = cli.done("incidents", "show", number, "--as", "00000EDU").splitlines()

    starts = [line.split()[0] for line in lines if not line.startswith(" ")]
    assert starts == [
        *("Number", "School", "State", "Priority", "SLA", "Category", "Impact"),
        *("Confidential", "Contact", "Logged", "Resolved", "Description", "Comments"),
    ]


def test_invalid_bytes_in_any_argument_are_refused_in_words(
    cli: CommandLine, people: People
) -> None:
    bad = b"one\np\xe5"
    whole = {b"--name": b"x", b"--town": b"x", b"--telephone": b"1", b"--contact": b"x;y"}
    for option in whole:
        given = whole | {option: bad}
        done = cli.program(
            *("school", "add", "--portal-number", "11111"),
            *(part for pair in given.items() for part in pair),
        )
        assert (done.returncode, done.stdout) == (2, b"")
        assert f"Invalid value for '{option.decode()}'" in done.stderr.decode()
        assert b"not UTF-8: line 2 has the byte E5" in done.stderr
    log = ("incidents", "log", "--as", "00000EDU", "--category", "N", "--impact", "1")
    done = cli.program(*log, "--description", bad)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"not UTF-8: line 2 has the byte E5" in done.stderr


def test_a_terminal_that_is_not_utf8_gets_question_marks(cli: CommandLine, people: People) -> None:
    number = cli.log("--as", "00000EDU", "--description", "café – 学校")

    done = cli.program("incidents", "show", number, "--as", "00000EDU", PYTHONIOENCODING="latin-1")

    assert done.returncode == 0
    assert b"\n  caf\xe9 ? ??\n" in done.stdout
