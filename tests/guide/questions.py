"""What can be asked about an incident by its number."""

from __future__ import annotations

from collections.abc import Callable

from eds_tui.domain.account import Account
from eds_tui.services.container import Services

FILE = "secret.txt"


Question = Callable[[Services, Account, int], object]


QUESTIONS: dict[str, Question] = {
    "open": lambda desk, actor, number: desk.queue.open(actor, number),
    "read again": lambda desk, actor, number: desk.queue.open(actor, number, again=True),
    "comment": lambda desk, actor, number: desk.conversation.comment(actor, number, "?", "new"),
    "comment with a key that was used": lambda desk, actor, number: desk.conversation.comment(
        actor, number, "?", f"comment-{number}"
    ),
    "empty comment": lambda desk, actor, number: desk.conversation.comment(actor, number, "", "e"),
    "long comment": lambda desk, actor, number: desk.conversation.comment(
        actor, number, "x" * 8_001, "l"
    ),
    "rate": lambda desk, actor, number: desk.conversation.rate(actor, number, 5, ""),
    "rate wrongly": lambda desk, actor, number: desk.conversation.rate(actor, number, 9, ""),
    "fetch its file": lambda desk, actor, number: desk.attachments.fetch(
        actor, number, FILE, b"".join
    ),
    "fetch another file": lambda desk, actor, number: desk.attachments.fetch(
        actor, number, "other.txt", b"".join
    ),
}
