"""Identifies the person who has connected by the SSH key that sshd has checked, and from where.

The server writes which key it was into a file that it names in the environment (``ExposeAuthInfo``
in ``sshd_config``). Whose a key is stands in the server's own file of keys, behind each key: that
file is the administrator's alone, and nobody else can set the variable, as no client's is accepted.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from eds_tui.domain.errors import Unavailable

SHOWN_IN = "SSH_USER_AUTH"
"""The variable that names the server's file."""

NOT_BY_KEY = (
    "The kiosk is set to know people by their SSH key, and you came without one that the server"
    " has checked."
)
NOBODYS_KEY = "Your SSH key is not that of an account here. Please ask who looks after the kiosk."

_CONNECTION = ("SSH_CONNECTION", "SSH_CLIENT")
"""Variables that the server sets; the address of the client is their first word."""
_NETWORK = 64
"""Bits of an address of IPv6 that are one connection's own."""
_LONGEST = 64

_KINDS = ("ssh-", "ecdsa-", "sk-")
_BEGINS = "AAAA"
"""The text of every key begins with the length of its kind's name."""


def login_of(environment: Mapping[str, str], keys_file: Path | None) -> str:
    """Return the account's name behind the key with which somebody has connected.

    Args:
        environment: Variables, as the server has set them.
        keys_file: The server's file of keys (``AuthorizedKeysFile``), if the settings name
            one.

    Raises:
        Unavailable: There was no key, or it is nobody's, or the file can't be read.
    """
    used = set(_keys_used(environment))
    if not used:
        raise Unavailable(NOT_BY_KEY)
    try:
        lines = (keys_file or Path()).read_text("utf-8", "replace").splitlines()
    except OSError as error:
        raise Unavailable(f"The file of keys can't be read: {error.strerror}.") from error
    for key, login in filter(None, map(_key_and_name, lines)):
        if key in used and login:
            return login
    raise Unavailable(NOBODYS_KEY)


def came_from(environment: Mapping[str, str]) -> str:
    """Return where somebody has connected from, to tell one source of sign-ins from another.

    That is the client's address, of IPv6 its network, and without a connection the host, the Linux
    user and the terminal.

    Args:
        environment: Variables, as the server has set them.
    """
    for name in _CONNECTION:
        if words := environment.get(name, "").split():
            return _network(words[0])
    try:
        terminal = os.ttyname(0)
    except OSError:
        terminal = ""
    return f"{os.uname().nodename} {os.getuid()} {terminal}"[:_LONGEST]


def _network(address: str) -> str:
    # Nobody waits for it before the first paint.
    from ipaddress import IPv6Address, ip_address, ip_network

    try:
        found = ip_address(address)
    except ValueError:
        return address[:_LONGEST]
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is None:
            plain = IPv6Address(int(found))
            return str(ip_network((plain, _NETWORK), strict=False))
        found = found.ipv4_mapped
    return str(found)


def _keys_used(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    try:
        lines = Path(environment[SHOWN_IN]).read_text("ascii", "replace").splitlines()
    except (KeyError, OSError):
        return
    for line in lines:
        method, _, key = line.partition(" ")
        if method == "publickey" and len(parts := key.split()) == 2:
            yield parts[0], parts[1]


def _key_and_name(line: str) -> tuple[tuple[str, str], str] | None:
    """Return kind and text of the key in a line of the file, and what stands behind it."""
    words = line.split()
    if not words or words[0].startswith("#"):
        return None
    for place, word in enumerate(words[:-1]):
        # Options may stand before the key.
        if word.startswith(_KINDS) and words[place + 1].startswith(_BEGINS):
            return (word, words[place + 1]), " ".join(words[place + 2 :])
    return None
