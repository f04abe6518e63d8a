"""Finds the school that an option or an argument of a command names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eds_tui.domain.account import Account, Action
from eds_tui.domain.errors import NotAllowed
from eds_tui.domain.folding import school_name

if TYPE_CHECKING:
    from eds_tui.services.container import Services

SCHOOL = "A portal number, or a name that only one school has."
"""What such an option takes, for its help."""


def school_id(services: Services, text: str | None) -> int | None:
    """Return the id of the school that an option names; ``None`` where it is not given."""
    return None if text is None else services.schools.named(text).id


def school_id_for(
    services: Services, actor: Account, text: str | None, *, for_new: bool = False
) -> int | None:
    """Return the id of the school that an option names; a school account may name its own only.

    Args:
        services: The services.
        actor: Who asks.
        text: What the option was given.
        for_new: Whether it is for a new incident.

    Raises:
        NotAllowed: It is of another school.
        NotFound: No school, or more than one, is meant.
    """
    if text is None:
        return None
    if actor.may(Action.LOOK_UP_SCHOOLS):
        return services.schools.named(text, for_new=for_new).id
    own = services.schools.own(actor)
    names = () if own is None else (school_name(own.name), school_name(own.title))
    if own is None or (own.portal_number != text.strip() and school_name(text) not in names):
        raise NotAllowed("Your account is of another school; leave --school out.")
    return own.id
