"""Schools at the console: added whole, refused line by line."""

from __future__ import annotations

import pytest

from eds_tui.domain.school import Contact
from eds_tui.services.container import Services
from tests.cli.running import CommandLine
from tests.factories import People


def test_a_school_is_kept_with_everything_said_about_it(
    cli: CommandLine, services: Services
) -> None:
    cli.done(
        *("school", "add", "--portal-number", "09021", "--name", "St Mary's", "--town", "Hill"),
        *("--la-number", "888", "--dfe-number", "888/2001", "--urn", "119001"),
        *("--telephone", "01772 123456", "--email", "head@st-marys.example"),
        *("--connection-type", "Fibre", "--bandwidth", "1 Gbps"),
        *("--contact", "Zoe Head;Headteacher;01772 123457;zoe@st-marys.example"),
        *("--contact", " Anne O'Brien ; Bursar"),
    )

    school = services.schools.by_portal_number("09021")

    assert school.title == "St Mary's, Hill"
    assert (school.la_number, school.dfe_number, school.urn) == ("888", "888/2001", "119001")
    assert (school.telephone, school.email) == ("01772 123456", "head@st-marys.example")
    assert (school.connection_type, school.bandwidth) == ("Fibre", "1 Gbps")
    assert school.contacts == (
        Contact(
            name="Zoe Head",
            job="Headteacher",
            telephone="01772 123457",
            email="zoe@st-marys.example",
            main=True,
        ),
        Contact(name="Anne O'Brien", job="Bursar"),
    )
    assert cli.done("school", "list").splitlines() == [
        "Portal  DfE       URN     Telephone             State   School",
        "09021   888/2001  119001  01772 123456                  St Mary's, Hill",
    ]


@pytest.mark.parametrize("contact", ["a;b;c;d;e", ";Bursar", " "])
def test_a_contact_without_name_or_with_too_many_parts_is_a_usage_error(
    cli: CommandLine, contact: str
) -> None:
    school = ("school", "add", "--portal-number", "09021", "--name", "N", "--town", "T")

    result = cli(*school, "--contact", contact)

    assert result.exit_code == 2
    assert "write NAME;JOB;TELEPHONE;EMAIL, the name first" in result.stderr


def test_a_school_whose_numbers_can_not_be_right_is_refused_line_by_line(
    cli: CommandLine,
) -> None:
    result = cli(
        "school", "add", "--portal-number", "9", "--name", "N", "--town", "T", "--urn", "x"
    )

    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "portal_number: A portal number has five digits, for example 09021.",
        "urn: A URN has six digits.",
    ]


def test_a_portal_number_that_is_taken_is_refused(cli: CommandLine, people: People) -> None:
    result = cli("school", "add", "--portal-number", "00000", "--name", "N", "--town", "T")

    assert (result.exit_code, result.stderr) == (
        1,
        "Portal number 00000 belongs to another school.\n",
    )
