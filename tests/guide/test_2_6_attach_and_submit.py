"""Guide 2.6: attaching files and submitting (rules 7, 8 and 29)."""

from __future__ import annotations

from pathlib import Path

import pytest

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.views import ListQuery, Receipt, View, Window
from eds_tui.services.container import Services
from eds_tui.services.files import FileShelf
from tests.factories import People, new_form

LIMIT = 20 * 1024 * 1024


def test_rule_7_several_files_of_any_type_and_name_are_kept(
    services: Services, people: People, tmp_path: Path
) -> None:
    """Guide 2.6: a file that relates to the incident is attached, a screenshot for one."""
    names = ("screen shot.png", "program.exe", "no extension", "[red] é 'quoted'.txt")
    for name in names:
        (tmp_path / name).write_bytes(name.encode())
    shelf = FileShelf(tmp_path)
    files = tuple(shelf.choose((), name) for name in names)
    services.report.log(people.head, new_form(files=files))
    assert tuple(file.name for file in services.queue.open(people.head, 1).attachments) == names
    for name in names:
        assert services.attachments.fetch(people.bursar, 1, name, b"".join) == name.encode()


def test_rule_7_each_file_has_at_most_20_mib(
    services: Services, people: People, tmp_path: Path
) -> None:
    """Guide 2.6: there is a limit of 20 MB on file size."""
    for name, size in (("fits", LIMIT), ("too large", LIMIT + 1)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    fits, too_large = (FileShelf(tmp_path).choose((), name) for name in ("fits", "too large"))
    with pytest.raises(InvalidInput, match="too large"):
        services.report.log(people.head, new_form(files=(fits, too_large)))
    assert services.report.log(people.head, new_form(files=(fits,))).number == 1


def test_rule_8_the_receipt_has_the_number_and_the_address_that_is_notified(
    services: Services, people: People
) -> None:
    """Guide 2.6: the prompt has the number and the address that is notified of updates."""
    receipt = services.report.log(people.bursar, new_form(telephone="Jo 01772 123456"))
    assert receipt == Receipt(number=1, confidential=False, notified="head@test-school.example")
    assert receipt.reference == "INC0000001"


def test_rule_8_five_times_enter_logs_one_incident(services: Services, people: People) -> None:
    """Guide 2.6: one submission is one incident with one number."""
    form = new_form()
    assert {services.report.log(people.head, form) for _ in range(5)} == {
        Receipt(number=1, confidential=False, notified="head@test-school.example")
    }
    page = services.queue.page(people.head, ListQuery(View.ALL), Window())
    assert [row.number for row in page.rows] == [1]
