"""Passwords: their form, their one spelling, and which are easy to guess."""

from __future__ import annotations

import subprocess
import sys

from eds_tui.domain.password import (
    CONTROLS,
    LONGEST_PASSWORD,
    NOT_UTF8,
    TOO_LONG,
    Weakness,
    form_problem,
    is_made_of,
    is_too_long,
    names_of,
    normal,
    spellings,
)
from eds_tui.host.passwords import Passwords
from tests.cases import each_case
from tests.factories import PASSWORD

NAMES = names_of("handler", "A. Handler", "Test School", "Garstang", "00000")
FAMILY = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"


@each_case("password", [
    PASSWORD, "another fine password", "twelve chars", "парольучителя школы",
    "deux  blancs ici", "  pass word with spaces  ", "dure\u00a0\u00e0 cuire",
    f"{FAMILY} a trois enfants",
    "Garstang is a horse battery", " ".join(str(n * n) for n in range(150)),
])  # fmt: skip
def test_passwords_that_are_taken(password: str) -> None:
    assert form_problem(password) is None
    assert Passwords().weakness(password, NAMES) is None


@each_case("password, weakness", [
    ("abcdefghijkl", Weakness.RUN), ("zyxwvutsrqpo", Weakness.RUN), ("aabbccddeeff", Weakness.RUN),
    ("qwertyuiop[]", Weakness.RUN), ("asdfghjkl;'#", Weakness.RUN),
    ("\u0430\u0431\u0432\u0433\u0434\u0435\u0436\u0437\u0438\u0439\u043a\u043b", Weakness.RUN),
    ("123456789012", Weakness.COMMON), ("Password123!", Weakness.COMMON),
    ("Welcome2024!", Weakness.COMMON), ("administrator", Weakness.COMMON),
    ("1qaz2wsx3edc", Weakness.COMMON), ("P@ssw0rd2026", Weakness.COMMON),
    ("            ", Weakness.REPEAT), ("letmeinletmein", Weakness.REPEAT),
    ("aabbccaabbcc", Weakness.REPEAT), ("x" * LONGEST_PASSWORD, Weakness.REPEAT),
    ("x y z " * 170, Weakness.REPEAT), ("\N{PARTY POPPER}" * 12, Weakness.REPEAT),
    ("handler handler", Weakness.NAME), ("A. Handler 2026", Weakness.NAME),
    ("h4ndl3r-h4ndl3r", Weakness.NAME), ("Test School 00000", Weakness.NAME),
    ("Garstang2026", Weakness.NAME), ("H\u00e4ndler H\u00e4ndler", Weakness.NAME),
])  # fmt: skip
def test_passwords_that_are_easy_to_guess_and_why(password: str, weakness: Weakness) -> None:
    assert form_problem(password) is None
    assert Passwords().weakness(password, NAMES) is weakness


@each_case("password, problem", [
    ("", "A password has at least 12 characters."),
    ("elevenchars", "A password has at least 12 characters."),
    ("e\u0301" * 11, "A password has at least 12 characters."),
    ("x" * (LONGEST_PASSWORD + 1), TOO_LONG),
    ("not utf-8 \udce5 at all", NOT_UTF8),
    ("with a\ttab in it", CONTROLS),
])  # fmt: skip
def test_passwords_of_a_form_that_is_refused(password: str, problem: str) -> None:
    assert form_problem(password) == problem


def test_how_long_a_password_is_does_not_depend_on_how_its_letters_are_composed() -> None:
    assert not is_too_long("e\u0301" * LONGEST_PASSWORD)
    assert is_too_long("e\u0301" * LONGEST_PASSWORD + "x")
    assert is_too_long("e" + "\u0301" * 10_000_000)


def test_a_word_of_a_name_counts_from_three_letters_on() -> None:
    assert names_of("Jo Lee", "A. St Anne's") == ("Jo Lee", "lee", "A. St Anne's", "annes")
    assert is_made_of("lee lee lee lee", ["lee"])
    assert not is_made_of("jo jo jo jo jo jo", ["jo"])


def test_one_spelling_is_hashed_and_what_was_typed_is_compared_as_well() -> None:
    assert normal("e\u0301  \u00a0") == "\u00e9  \u00a0"
    assert spellings("e\u0301") == ("\u00e9", "e\u0301")
    assert spellings("\u00e9") == ("\u00e9",)


def test_what_an_unknown_account_is_checked_against_is_as_much_work_as_any_other() -> None:
    """Or the first sign-in with a name that has no account would take another time."""
    program = (
        "from eds_tui.host.passwords import _HASH_OF_NOTHING as nothing, Passwords\n"
        "passwords = Passwords()\n"
        "assert not passwords.is_dated(nothing, 'x')\n"
        "assert not passwords.verify(None, 'x')\n"
        "made = passwords.hash('x')\n"
        "assert made.split('$')[:4] == nothing.split('$')[:4] == ['', 'argon2id', 'v=19',"
        " 'm=65536,t=3,p=4']\n"
        "assert len(made) == len(nothing)"
    )
    # In a program of its own, which has the real hasher.
    subprocess.run([sys.executable, "-c", program], check=True)
