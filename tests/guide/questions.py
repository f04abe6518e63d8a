"""What can be asked about an incident by its number."""

from __future__ import annotations

from collections.abc import Callable

from eds_tui.domain.account import Account
from eds_tui.services.container import Services

FILE = "secret.txt"


Question = Callable[[Services, Account, int], object]


QUESTIONS: dict[str, Question] = {
    "open": lambda services, actor, number: services.queue.open(actor, number),
    "read again": lambda services, actor, number: services.queue.open(actor, number, again=True),
    "comment": lambda services, actor, number: services.conversation.comment(
        actor, number, "?", "new"
    ),
    "comment with a key that was used": lambda services, actor, number: (
        services.conversation.comment(actor, number, "?", f"comment-{number}")
    ),
    "empty comment": lambda services, actor, number: services.conversation.comment(
        actor, number, "", "e"
    ),
    "long comment": lambda services, actor, number: services.conversation.comment(
        actor, number, "x" * 8_001, "l"
    ),
    "rate": lambda services, actor, number: services.conversation.rate(actor, number, 5, ""),
    "rate wrongly": lambda services, actor, number: services.conversation.rate(
        actor, number, 9, ""
    ),
    "fetch its file": lambda services, actor, number: services.attachments.fetch(
        actor, number, FILE, b"".join
    ),
    "fetch another file": lambda services, actor, number: services.attachments.fetch(
        actor, number, "other.txt", b"".join
    ),
}
