"""The service for saved views: searches that a person keeps under a digit for themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from eds_tui.domain.account import Account, Action
from eds_tui.domain.errors import InvalidInput, NotFound
from eds_tui.domain.incident import line_problem
from eds_tui.domain.saved_view import DIGITS, SavedView, moved, place_and_name
from eds_tui.domain.text import storable
from eds_tui.repository.unit_of_work import Database

_NO_DIGIT = "Choose a digit from 1 to 9."


class SavedViews:
    """Lists, saves, renames, moves and deletes the saved views of one person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, actor: Account) -> tuple[SavedView, ...]:
        """Return a person's saved views by digit.

        Raises:
            NotAllowed: The account is a school's.
        """
        actor.require(Action.KEEP_VIEWS)
        with self._database.reading(actor) as work:
            return work.saved_views.of(actor.id)

    def save(self, actor: Account, view: SavedView) -> None:
        """Save a search under a digit, in the place of what was there.

        Raises:
            InvalidInput: The digit, the name or the search can't be.
            NotAllowed: The account is a school's.
        """
        actor.require(Action.KEEP_VIEWS)
        stored = _storable(view)
        with self._database.writing(actor) as work:
            work.saved_views.save(actor.id, stored)
            work.commit()

    def keep(self, actor: Account, typed: str, search: str) -> tuple[SavedView, str]:
        """Save a search under what is typed: a digit and a name, or a name for the next digit.

        Returns:
            The view as it is kept, and the name of the one that had its digit, ``""`` for none.

        Raises:
            InvalidInput: No digit is free, or the name or the search can't be.
            NotAllowed: The account is a school's.
        """
        actor.require(Action.KEEP_VIEWS)
        with self._database.writing(actor) as work:
            views = work.saved_views.of(actor.id)
            digit, name = place_and_name(typed, views)
            stored = _storable(SavedView(digit, name, search))
            work.saved_views.save(actor.id, stored)
            work.commit()
        return stored, next((view.name for view in views if view.digit == digit), "")

    def under(self, actor: Account, digit: int) -> SavedView:
        """Return the view under a digit.

        Raises:
            NotAllowed: The account is a school's.
            NotFound: There is none.
        """
        return _under(digit, self.of(actor))

    def rename(self, actor: Account, digit: int, name: str) -> None:
        """Give the view under a digit another name; its search stays.

        Raises:
            InvalidInput: The name can't be.
            NotAllowed: The account is a school's.
            NotFound: There is no view under that digit.
        """
        actor.require(Action.KEEP_VIEWS)
        if problem := line_problem("name", name, required=True):
            raise InvalidInput({"name": problem})
        with self._database.writing(actor) as work:
            view = _under(digit, work.saved_views.of(actor.id))
            work.saved_views.save(actor.id, replace(view, name=storable(name).strip()))
            work.commit()

    def move(self, actor: Account, digit: int, to: int) -> None:
        """Put the view under a digit under another one; what is there takes its place.

        Raises:
            InvalidInput: The other digit can't be.
            NotAllowed: The account is a school's.
            NotFound: There is no view under that digit.
        """
        actor.require(Action.KEEP_VIEWS)
        if to not in DIGITS:
            raise InvalidInput({"digit": _NO_DIGIT})
        with self._database.writing(actor) as work:
            views = work.saved_views.of(actor.id)
            _under(digit, views)
            both = moved(views, digit, to)
            work.saved_views.drop(actor.id, digit)
            for view in both:
                work.saved_views.save(actor.id, view)
            work.commit()

    def drop(self, actor: Account, digit: int) -> bool:
        """Delete the view under a digit; returns whether there was one.

        Raises:
            NotAllowed: The account is a school's.
        """
        actor.require(Action.KEEP_VIEWS)
        with self._database.writing(actor) as work:
            dropped = work.saved_views.drop(actor.id, digit)
            work.commit()
        return dropped


def _storable(view: SavedView) -> SavedView:
    """Return a view as it is stored.

    Raises:
        InvalidInput: The digit, the name or the search can't be.
    """
    problems = {
        "digit": "" if view.digit in DIGITS else _NO_DIGIT,
        "name": line_problem("name", view.name, required=True),
        "search": line_problem("search", view.search, required=True),
    }
    if found := {name: sentence for name, sentence in problems.items() if sentence}:
        raise InvalidInput(found)
    return SavedView(view.digit, storable(view.name).strip(), storable(view.search))


def _under(digit: int, views: Iterable[SavedView]) -> SavedView:
    found = next((view for view in views if view.digit == digit), None)
    if found is None:
        raise NotFound(f"You keep no view under {digit}.")
    return found
