"""Which addresses can only fail, and how one is written for a mail server (rule 28)."""

from __future__ import annotations

import pytest

from eds_tui.domain.email_address import address_problem, with_ascii_domain
from tests.cases import each_case

POSSIBLE = (
    "head@test-school.example", "Head.Teacher+ict@Test-School.example", "o'brien@school.example",
    "head@schüle.example", "head@faß.example", "a@例え.jp",
    "x" * 64 + "@school.example", "office@school.local", "eds@localhost", "eds@mail.test",
)  # fmt: skip
IMPOSSIBLE = (
    "", "head", "head@", "@school.example", "head@school", "head@school..example",
    "head@-school.example", "head@school.example.", ".head@school.example", "he..ad@school.example",
    "a@b@c.example", "a b@school.example", "head@school.example\n", "head@school.example, b@c.de",
    "Head <head@school.example>", "hëad@school.example", "head@school.invalid", "head@1.2.3.4",
    "x" * 65 + "@school.example", "head@" + "x" * 64 + ".example", "head@\u202eloohcs.example",
    "head@sch\0ool.example", "head@sch\ud800ool.example", "head@\N{SNOWMAN}.example",
    "mailto:head@school.example", "head@school_.example", "head@..local",
)  # fmt: skip


@each_case("address", POSSIBLE)
def test_what_may_get_there_is_taken(address: str) -> None:
    assert address_problem(address) == ""


@each_case("address", IMPOSSIBLE)
def test_what_can_only_fail_is_told_in_a_sentence(address: str) -> None:
    problem = address_problem(address)
    assert problem.startswith("E-mails can't get there. ")
    assert problem.endswith(".")
    assert problem.isprintable()


def test_a_host_of_ones_own_network_will_do_where_it_may() -> None:
    assert address_problem("eds@mailhost", bare_host=True) == ""
    assert address_problem("eds@mail host", bare_host=True)


@pytest.mark.parametrize(("address", "ascii_form"), [
    ("Head@Test.example", "Head@Test.example"),
    ("head@SCHÜLE.example", "head@xn--schle-mva.example"),
    ("head@schüle.local", "head@xn--schle-mva.local"),
    ("hëad@schüle.example", "hëad@xn--schle-mva.example"),
    ("head@faß.example", "head@xn--fa-hia.example"),
])  # fmt: skip
def test_a_domain_leaves_in_its_ascii_form(address: str, ascii_form: str) -> None:
    assert with_ascii_domain(address) == ascii_form


def test_a_domain_without_one_is_refused() -> None:
    with pytest.raises(ValueError, match="not allowed"):
        with_ascii_domain("head@\N{SNOWMAN}.example")
