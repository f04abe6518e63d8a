"""Hashes passwords with argon2id, and estimates how easily one is guessed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from eds_tui.domain.password import (
    Weakness,
    is_made_of,
    is_repeated,
    normal,
    spellings,
    without_doubles,
)

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_HASH_OF_NOTHING = (
    "$argon2id$v=19$m=65536,t=3,p=4$A9Mrua6NYZYwmyd7KI1"
    "W2A$pNOs0tv4WZZorg6LOUap6t0bAxxyoZ/tYiwEvIp8Azg"
)
"""What an unknown account is checked against: of 32 random bytes that nobody has kept."""
_STRONG = 3
"""The score of zxcvbn from which on guessing takes a hundred million tries."""
_LONGEST_RATED = 72
"""Characters that zxcvbn takes at once."""
_WEAKNESSES = {
    "sequence": Weakness.RUN,
    "spatial": Weakness.RUN,
    "repeat": Weakness.REPEAT,
}


class Passwords:
    """Makes and checks password hashes; the library is loaded when the first one is needed."""

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return PasswordHasher()

    def hash(self, password: str) -> str:
        """Return the hash to be kept of a password."""
        return self._hasher.hash(_bytes(normal(password)))

    def verify(self, password_hash: str | None, password: str) -> bool:
        """Return whether a password is the one of a hash.

        A wrong one takes as many computations whatever the hash, and so as long.

        Args:
            password_hash: ``None`` for an account that is not there.
            password: As typed.
        """
        right = any(
            self._is_of(password_hash or _HASH_OF_NOTHING, each) for each in spellings(password)
        )
        return right and password_hash is not None

    def is_dated(self, password_hash: str, password: str) -> bool:
        """Return whether the hash of a right password is to be made anew.

        It was made with parameters that are no longer the library's, or of another spelling.
        """
        if self._hasher.check_needs_rehash(password_hash):
            return True
        return normal(password) != password and not self._is_of(password_hash, normal(password))

    def weakness(self, password: str, names: Sequence[str]) -> Weakness | None:
        """Return why a password is easy to guess; ``None`` where it is not.

        Args:
            password: Of a length that a password has.
            names: What belongs to the account; see ``names_of``.
        """
        password = normal(password)
        if is_made_of(password, names):
            return Weakness.NAME
        if is_repeated(password):
            return Weakness.REPEAT
        single = without_doubles(password)
        if len(single) <= len(password) / 2 and (found := _rated(single[:_LONGEST_RATED], names)):
            return found
        pieces = range(0, len(password), _LONGEST_RATED)
        rated = [_rated(password[start : start + _LONGEST_RATED], names) for start in pieces]
        return None if None in rated else rated[0]

    def _is_of(self, password_hash: str, password: str) -> bool:
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return self._hasher.verify(password_hash, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False


def _rated(password: str, names: Sequence[str]) -> Weakness | None:
    # Its lists take a fifth of a second to load, and only whoever sets a password needs them.
    from zxcvbn import zxcvbn

    rated: dict[str, Any] = zxcvbn(password, [*names], max_length=_LONGEST_RATED)
    if rated["score"] >= _STRONG:
        return None
    parts = [part for part in rated["sequence"] if part["pattern"] != "bruteforce"]
    main: dict[str, Any] = max(parts, key=lambda part: len(part["token"]), default={})
    if main.get("dictionary_name") == "user_inputs":
        return Weakness.NAME
    return _WEAKNESSES.get(main.get("pattern", ""), Weakness.COMMON)


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
