"""Decides whether a change of an account ends the sessions that were begun with it."""

from __future__ import annotations

from eds_tui.domain.account import Account

KEPT = "You are signed out; what you typed is kept."


def why_ended(begun: Account, now: Account | None) -> str | None:
    """Return why a session can't go on with its account, or ``None`` where it can.

    What it may do and see, and who may begin one, must be the same; anything else, as the team, is
    taken in from the next action on.

    Args:
        begun: The account as it was when the session began.
        now: As it is now; ``None`` where there is none any more.
    """
    if now is None or now.disabled:
        return f"This account has been disabled. {KEPT}"
    if now.password_version != begun.password_version:
        return f"This account has a new password. {KEPT} Please sign in with the new one."
    if now.role is not begun.role:
        return f"This account has another role now. {KEPT} Please sign in again."
    if now.school_id != begun.school_id:
        return f"This account belongs to another school now. {KEPT} Please sign in again."
    if now.generic != begun.generic:
        return f"This account has been changed. {KEPT} Please sign in again."
    return None
