"""Password hashes: argon2id with the library's own parameters."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher


class Passwords:
    """Makes and checks password hashes; the library is loaded when the first one is needed."""

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return PasswordHasher()

    @cached_property
    def _hash_of_nothing(self) -> str:
        return self._hasher.hash("the hash that an unknown account is checked against")

    def hash(self, password: str) -> str:
        """Return the hash to be kept of a password."""
        return self._hasher.hash(_bytes(password))

    def verify(self, password_hash: str | None, password: str) -> bool:
        """Return whether a password is the one of a hash.

        Args:
            password_hash: ``None`` for an account that is not there, which takes as long.
            password: As typed.
        """
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            right = self._hasher.verify(password_hash or self._hash_of_nothing, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False
        return right and password_hash is not None

    def is_dated(self, password_hash: str) -> bool:
        """Return whether a hash was made with parameters that are no longer the library's."""
        return self._hasher.check_needs_rehash(password_hash)


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
