"""Writes an attached file where a person wants it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress

from eds_tui.cli.context import STANDARD_STREAM
from eds_tui.domain.errors import Unavailable
from eds_tui.host.private import new_file


def writer(out: str, *, force: bool) -> Callable[[Iterator[bytes]], None]:
    """Return what writes pieces to a file, or for ``-`` to standard output.

    Args:
        out: A path. What is there already stays as it is, unless ``force`` is given.
        force: Write over it.
    """

    def to_standard_output(pieces: Iterator[bytes]) -> None:
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.flush()

    def to_file(pieces: Iterator[bytes]) -> None:
        try:
            with open(out, "wb" if force else "xb", opener=_for_this_account) as file:
                _write(pieces, file.write, out, is_new=not force)
        except FileExistsError:
            raise Unavailable(f"{out} is there already; --force replaces it.") from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise Unavailable(f"{out} can't be written: {reason}.") from error

    return to_standard_output if out == STANDARD_STREAM else to_file


def _write(
    pieces: Iterator[bytes], write: Callable[[bytes], object], path: str, *, is_new: bool
) -> None:
    finished = False
    try:
        for piece in pieces:
            write(piece)
        finished = True
    finally:
        if is_new and not finished:
            # Half a file would pass for the whole one.
            with suppress(OSError):
                os.unlink(path)


def _for_this_account(path: str, flags: int) -> int:
    try:
        return new_file(path)
    except FileExistsError:
        if flags & os.O_EXCL:
            raise
    # What is written over keeps the mode that its owner has given it.
    return os.open(path, flags, 0o600)
