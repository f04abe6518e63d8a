"""The option that says what a list is sorted by (rule 46)."""

from __future__ import annotations

import click

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.sorting import Sort
from eds_tui.domain.views import ListQuery, View

sort_option = click.option(
    "--sort",
    type=click.Choice([sort.value for sort in Sort]),
    callback=lambda _context, _option, value: None if value is None else Sort(value),
    help="By what.",
)


def sorted_list(view: View, school_id: int | None, sort: Sort | None) -> ListQuery:
    """Return the query of a list in an order.

    Raises:
        InvalidInput: The list can't be sorted by that.
    """
    if sort is not None and sort not in view.sorts:
        ways = ", ".join(each.value for each in view.sorts)
        raise InvalidInput({"sort": f"The list {view.value} is sorted by one of: {ways}."})
    return ListQuery(view, school_id, sort)
