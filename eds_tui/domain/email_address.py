"""Checks e-mail addresses, and writes one for a mail server (rule 28)."""

from __future__ import annotations

import re

_PRIVATE = frozenset({"local", "localhost", "test"})
"""Ends of names that the world's mail never reaches, and a service centre's own mail server may."""
_STAND_IN = ".example"
"""Makes a name like those of the world of one that is private, to have it checked as one."""
_THEIR_SPELLING = re.compile(r"\bemail\b")


def address_problem(address: str, *, bare_host: bool = False) -> str:
    """Return in a sentence why e-mails to an address can only fail, or ``""``.

    Only its form is looked at (RFC 5321, 4.1.2; RFC 5891 for names beyond ASCII); nobody is asked
    whether there is such a mailbox.

    Args:
        address: As it was typed.
        bare_host: Whether a host of one's own network will do, ``eds@mailhost``.
    """
    from email_validator import EmailNotValidError

    try:
        _checked(address, bare_host=bare_host)
    except EmailNotValidError as error:
        return f"E-mails can't get there. {_THEIR_SPELLING.sub('e-mail', str(error))}"
    return ""


def with_ascii_domain(address: str) -> str:
    """Return an address as a mail server takes it: a domain beyond ASCII in its ASCII form.

    Raises:
        ValueError: The domain has none.
    """
    local, _, domain = address.rpartition("@")
    return address if domain.isascii() else f"{local}@{_checked(f'x@{domain}', bare_host=True)}"


def _checked(address: str, *, bare_host: bool) -> str:
    """Return the domain of an address in ASCII.

    Raises:
        EmailNotValidError: A ``ValueError``; it can't be an address.
    """
    # Loaded only now: few sessions type an address.
    from email_validator import validate_email

    _, _, domain = address.rpartition("@")
    stand_in = _STAND_IN if domain.rpartition(".")[2].lower() in _PRIVATE else ""
    checked = validate_email(
        address + stand_in, check_deliverability=False, allow_smtputf8=False,
        globally_deliverable=not bare_host, strict=True,
    )  # fmt: skip
    return (checked.ascii_domain or "").removesuffix(stand_in)
