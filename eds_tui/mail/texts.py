"""Renders the templates of e-mails, the built-in ones and those that leads have changed.

A text may name the values of its kind and ask ``{% if %}``, and no more: it has no loops, calls or
attributes, so that every text ends, stays short and reaches nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from importlib.resources import files

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.notification import (
    LONGEST_SAMPLE,
    OFFERED,
    Centre,
    MessageText,
    NotificationKind,
    Values,
    sample,
    values,
)
from eds_tui.domain.text import storable, visible

LONGEST_SUBJECT = 200
"""Characters that a subject may have, in its template and in the e-mail."""
LONGEST_TEXT = 8_000
"""Characters that the template of a body may have."""
LONGEST_BODY = 40_000
"""Characters that the body of an e-mail may have."""

_FILTERS = ("upper", "lower", "capitalize", "title", "trim", "wordwrap")
_WIDTHS = range(20, 201)
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If,
    nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Concat,
    nodes.Filter,
)  # fmt: skip
_SUBJECT = "Subject:"


class TextError(Exception):
    """A text can't be made into an e-mail.

    Args:
        sentence: What is wrong with it.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    environment.tests.clear()
    return environment


def built_in(kind: NotificationKind) -> MessageText:
    """Return the text that comes with the program."""
    return read(files(__package__).joinpath("texts", f"{kind.value}.txt").read_text("utf-8"))


def read(written: str) -> MessageText:
    """Return a text from how it is written in a file: a line ``Subject: …``, a blank one, the body.

    Raises:
        InvalidInput: It does not begin so.
    """
    written = storable(written).removeprefix("\ufeff").replace("\r\n", "\n")
    first, _, rest = written.partition("\n")
    if not first.startswith(_SUBJECT) or rest[:1] not in {"\n", ""}:
        raise InvalidInput(
            {"text": f"The text begins with a line {_SUBJECT} …, then a blank line, then the body."}
        )
    return MessageText(first.removeprefix(_SUBJECT).strip(), rest.removeprefix("\n"))


def write(text: MessageText) -> str:
    """Return a text as it is written in a file."""
    return f"{_SUBJECT} {text.subject}\n\n{text.body}"


def check(kind: NotificationKind, text: MessageText, centre: Centre, at: datetime) -> None:
    """Refuse a text that would not make an e-mail whatever it is about.

    Args:
        kind: What the e-mails are about.
        text: The text.
        centre: How the service centre is reached.
        at: Any moment.

    Raises:
        InvalidInput: With a sentence for the subject, the body, or both.
    """
    problems: dict[str, str] = {}
    for field, template, longest in (
        ("subject", text.subject, LONGEST_SUBJECT), ("body", text.body, LONGEST_TEXT),
    ):  # fmt: skip
        try:
            _check(kind, template, longest)
            for sampled in _samples(kind, centre, at):
                _render(field, template, sampled)
        except TextError as error:
            problems[field] = error.sentence
    if problems:
        raise InvalidInput(problems)


def render(kind: NotificationKind, text: MessageText, given: Values) -> MessageText:
    """Return subject and body of an e-mail, on one line and on many, free of control characters.

    Raises:
        TextError: The text can't be made into an e-mail.
    """
    _check(kind, text.subject, LONGEST_SUBJECT)
    _check(kind, text.body, LONGEST_TEXT)
    return MessageText(_render("subject", text.subject, given), _render("body", text.body, given))


def _samples(kind: NotificationKind, centre: Centre, at: datetime) -> Iterator[Values]:
    made_up = sample(kind, at)
    without = () if kind is NotificationKind.COMMENT else ("",)
    for comment in (made_up.comment, LONGEST_SAMPLE, *without):
        for from_school in (False, True):
            notice = replace(made_up, comment=comment, from_school=from_school)
            yield values(notice, centre)


def _check(kind: NotificationKind, template: str, longest: int) -> None:
    if not template.strip():
        raise TextError("There is no text.")
    if len(template) > longest:
        raise TextError(f"The text has {len(template):,} characters; {longest:,} are the most.")
    parsed = _parsed(template)
    for node in (parsed, *parsed.find_all(nodes.Node)):
        if not isinstance(node, _ALLOWED):
            raise TextError(
                f"Line {node.lineno}: only names, texts, filters and if can be used"
                f" ({type(node).__name__.lower()} is not one of them)."
            )
        if isinstance(node, nodes.Filter):
            _check_filter(node)
    if unknown := sorted(find_undeclared_variables(parsed) - set(OFFERED[kind])):
        raise TextError(
            f"There is no {visible(unknown[0])} here; there are {', '.join(OFFERED[kind])}."
        )


def _parsed(template: str) -> nodes.Template:
    try:
        return _environment().parse(template)
    except TemplateSyntaxError as error:
        words = visible(error.message or "it can't be understood")
        raise TextError(f"Line {error.lineno}: {words}.") from error
    except Exception as error:
        # A text that nests too deep or has a number without end fails outside of Jinja.
        raise TextError("It can't be understood.") from error


def _check_filter(node: nodes.Filter) -> None:
    if node.name not in _FILTERS:
        raise TextError(
            f"Line {node.lineno}: there is no filter {visible(node.name)};"
            f" there are {', '.join(_FILTERS)}."
        )
    width = node.args[0] if len(node.args) == 1 else None
    wraps = (
        node.name == "wordwrap"
        and isinstance(width, nodes.Const)
        and isinstance(width.value, int)
        and width.value in _WIDTHS
    )
    if node.kwargs or node.dyn_args or node.dyn_kwargs or (node.args and not wraps):
        raise TextError(
            f"Line {node.lineno}: filters are used as they are; wordwrap takes one number from"
            f" {_WIDTHS.start} to {_WIDTHS.stop - 1}."
        )


def _render(field: str, template: str, given: Values) -> str:
    try:
        text = _environment().from_string(template).render(given)
    except Exception as error:
        # Whatever it is, no text may stop the e-mails that come after it.
        raise TextError(f"It can't be filled in: {visible(str(error))}.") from error
    if field == "subject":
        text = " ".join(visible(" ".join(text.split())).split())[:LONGEST_SUBJECT]
    elif len(text) > LONGEST_BODY:
        raise TextError(
            f"An e-mail would have {len(text):,} characters; {LONGEST_BODY:,} are the most."
        )
    if not text.strip():
        raise TextError("An e-mail could be empty.")
    return text if field == "subject" else visible(text, lines=True).strip("\n") + "\n"
