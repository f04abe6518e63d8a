"""Writes how the sending of e-mails stands, for those who look after it (rule 28)."""

from __future__ import annotations

from eds_tui.domain.clock import full_time
from eds_tui.domain.incident import format_number
from eds_tui.domain.notification import HeldUp, MailState


def remarks(held_up: HeldUp | None, clock: str) -> tuple[str, ...]:
    """Return in sentences what somebody has to put right for e-mails and incidents to go on.

    Args:
        held_up: What keeps e-mails waiting.
        clock: A sentence where the clock is off.
    """
    mail = ""
    if held_up is not None:
        waiting = "1 e-mail waits" if held_up.waiting == 1 else f"{held_up.waiting:,} e-mails wait"
        reason = held_up.reason.removesuffix(".")
        mail = f"{waiting}, and none is given up. {reason}. {_WHO}"
    return tuple(filter(None, (clock, mail)))


_WHO = "Please tell whoever looks after the mail server or its settings here."


def in_words(state: MailState) -> tuple[str, ...]:
    """Return in lines how many e-mails are not sent, and why."""
    last = full_time(state.last_sent) if state.last_sent else "never"
    since = f", the oldest since {full_time(state.oldest)}" if state.oldest else ""
    lines = [
        *remarks(state.held_up, state.clock),
        f"E-mails that wait: {state.waiting:,}{since}",
        f"Of these failed so far: {state.failing:,}",
        f"Given up: {state.given_up:,}",
        f"Last sent: {last}",
    ]
    lines += [
        f"{mail.id}  {format_number(mail.number)} {mail.kind.label} to {mail.recipient},"
        f" {mail.state}: {mail.reason}"
        for mail in state.failures
    ]
    return tuple(lines)
