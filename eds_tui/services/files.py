"""Opens and saves the files a person may attach: one folder tree, which nothing leads out of."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from eds_tui.domain.account import Account, canonical
from eds_tui.domain.errors import Unavailable
from eds_tui.domain.file_names import Entry, shown_name
from eds_tui.domain.incident import ChosenFile, FileContents
from eds_tui.host.private import make_folder, new_file
from eds_tui.settings import ACCOUNT, FileTree

NO_FOLDER = "This kiosk has no folder for files, so that none can be attached or saved."
"""What is said where the settings name none."""

NO_DROP_FOLDER = (
    "There is no folder here for files of your account. Please ask who looks after the kiosk."
)
"""What is said where the settings name one for each account and this one's can't be used."""

CHUNK = 256 * 1024
"""Bytes read and stored at a time."""

MOST_ENTRIES = 1_000
"""Names of a folder that are shown at most."""

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_LONGEST_NAME_BYTES = 200


class FileShelf:
    """A folder tree to choose from and save into; symbolic links in it are never followed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        """The top of the tree; made at the first use when it is missing."""

    def entries(self, folder: tuple[str, ...]) -> tuple[Entry, ...]:
        """Return what can be chosen in a folder: folders first, hidden names and links left out.

        Args:
            folder: The names from the root down.

        Raises:
            Unavailable: The folder can't be read, or is none.
        """
        with self._folder(folder) as descriptor, os.scandir(descriptor) as scan:
            found = [entry for item in scan if (entry := _entry(item))]
        found.sort(key=lambda entry: (not entry.is_folder, entry.name.casefold()))
        return tuple(found[:MOST_ENTRIES])

    def choose(self, folder: tuple[str, ...], name: str) -> ChosenFile:
        """Return a file of the tree, to be attached.

        Raises:
            Unavailable: It can't be read, or is no plain file.
        """
        path = str(Path(self.root, *folder, name))
        opener = partial(self._open, folder, name)
        with opener() as contents:
            return ChosenFile(name=name, size=contents.size, path=path, open=opener)

    def choose_again(self, paths: Iterable[str]) -> tuple[tuple[ChosenFile, ...], tuple[str, ...]]:
        """Return the files of a draft, and the shown names of those that can't be had any more."""
        files: list[ChosenFile] = []
        lost: list[str] = []
        for path in paths:
            try:
                *folder, name = Path(path).relative_to(self.root).parts
                files.append(self.choose(tuple(folder), name))
            except (Unavailable, ValueError):
                lost.append(shown_name(os.path.basename(path)))
        return tuple(files), tuple(lost)

    def save(self, name: str, pieces: Iterator[bytes]) -> Path:
        """Write a new file at the root and return where it is; no file is ever replaced.

        Args:
            name: As it was attached; made harmless, and numbered when the name is taken.
            pieces: Its bytes.

        Raises:
            Unavailable: It can't be written; what was written of it is removed.
        """
        with self._folder(()) as descriptor:
            for candidate in _free_names(name):
                try:
                    target = new_file(candidate, beneath=descriptor)
                except FileExistsError:
                    continue
                except OSError as error:
                    raise Unavailable(_sentence(candidate, error, "saved")) from error
                try:
                    with os.fdopen(target, "wb") as file:
                        file.writelines(pieces)
                except BaseException as error:
                    with suppress(OSError):
                        os.unlink(candidate, dir_fd=descriptor)
                    if isinstance(error, OSError):
                        raise Unavailable(_sentence(candidate, error, "saved")) from error
                    raise
                return self.root / candidate
        raise Unavailable(f"There are too many files named {shown_name(name)} in the folder.")

    @contextmanager
    def _folder(self, folder: tuple[str, ...]) -> Iterator[int]:
        """Open a folder by walking down from the root, one real folder at a time."""
        try:
            descriptor = _down(self._top(), folder)
            try:
                yield descriptor
            finally:
                os.close(descriptor)
        except OSError as error:
            raise Unavailable(_sentence("/".join(folder) or "The folder", error)) from error

    def _top(self) -> int:
        """Open the root, which may be a link."""
        make_folder(self.root)
        return os.open(self.root, _FOLDER & ~os.O_NOFOLLOW)

    @contextmanager
    def _open(self, folder: tuple[str, ...], name: str) -> Iterator[FileContents]:
        _refuse_path(name)
        with self._folder(folder) as descriptor:
            try:
                file = os.open(name, _FILE, dir_fd=descriptor)
            except OSError as error:
                raise Unavailable(_sentence(name, error)) from error
        with read_descriptor(file, name) as contents:
            yield contents


class DropFolder(FileShelf):
    """The tree of one account alone: nothing makes it, and no link leads to it or out of it.

    Args:
        above: The folder that holds those of all accounts.
        names: The names from there down to the root.
    """

    def __init__(self, above: Path, names: tuple[str, ...]) -> None:
        super().__init__(Path(above, *names))
        self._above = above
        self._names = names

    def _top(self) -> int:
        try:
            return _down(os.open(self._above, _FOLDER & ~os.O_NOFOLLOW), self._names)
        except (OSError, Unavailable) as error:
            # The same for all that may be wrong: it is no business of whoever has signed in.
            raise Unavailable(NO_DROP_FOLDER) from error


class NoShelf(FileShelf):
    """No tree at all: whatever is asked of it is refused."""

    def __init__(self) -> None:
        super().__init__(Path())

    def _top(self) -> int:
        raise Unavailable(NO_FOLDER)


def shelf_of(account: Account, files: FileTree | None) -> FileShelf:
    """Return the tree of whoever has signed in.

    Args:
        account: Who.
        files: The setting; ``{account}`` in it becomes the account's name in its one spelling.
    """
    if files is None:
        return NoShelf()
    if not files.below:
        return FileShelf(files.above)
    # In UTF-8 always: in the bytes of whoever's terminal a name might spell another one.
    name = os.fsdecode(canonical(account.login).encode("utf-8", "surrogatepass"))
    return DropFolder(files.above, tuple(each.replace(ACCOUNT, name) for each in files.below))


def file_at(path: str) -> ChosenFile:
    """Return any file of this machine, for the command line, where the person has a shell anyway.

    Raises:
        Unavailable: It can't be read, or is no plain file.
    """
    opener = partial(_open_path, path)
    with opener() as contents:
        return ChosenFile(name=os.path.basename(path), size=contents.size, path=path, open=opener)


@contextmanager
def _open_path(path: str) -> Iterator[FileContents]:
    try:
        file = os.open(path, _FILE & ~os.O_NOFOLLOW)
    except (OSError, ValueError) as error:
        raise Unavailable(_sentence(path, error)) from error
    with read_descriptor(file, path) as contents:
        yield contents


@contextmanager
def read_descriptor(descriptor: int, name: str) -> Iterator[FileContents]:
    """Read an open file piece by piece; a device, a pipe or a folder is refused.

    Raises:
        Unavailable: It is no plain file, or can't be read to its end.
    """
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise Unavailable(f"{shown_name(name)} is a folder; choose a file.")
        raise Unavailable(f"{shown_name(name)} is not a plain file and can't be attached.")
    with os.fdopen(descriptor, "rb", buffering=0) as file:

        def pieces() -> Iterator[bytes]:
            try:
                while data := file.read(CHUNK):
                    yield data
            except OSError as error:
                raise Unavailable(_sentence(name, error)) from error

        yield FileContents(status.st_size, pieces())


def _entry(item: os.DirEntry[str]) -> Entry | None:
    if item.name.startswith("."):
        return None
    try:
        if item.is_dir(follow_symlinks=False):
            return Entry(item.name, is_folder=True, size=0)
        if item.is_file(follow_symlinks=False):
            return Entry(item.name, is_folder=False, size=item.stat(follow_symlinks=False).st_size)
    except OSError:
        return None
    return None


def _down(descriptor: int, names: Iterable[str]) -> int:
    """Go down from an open folder, one real folder at a time; only the last one stays open."""
    for name in names:
        try:
            _refuse_path(name)
            below = os.open(name, _FOLDER, dir_fd=descriptor)
        finally:
            os.close(descriptor)
        descriptor = below
    return descriptor


def _refuse_path(name: str) -> None:
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        raise Unavailable("There is no file of that name.") from None
    if name == "" or name.startswith(".") or "/" in name or "\0" in name:
        raise Unavailable("That name leads out of the folder.")


def _free_names(name: str) -> Iterator[str]:
    """Yield harmless names made from any name: of one folder, visible, no longer than it may be."""
    clean = shown_name(name).replace("/", "_").strip().lstrip(".") or "attachment"
    stem, suffix = os.path.splitext(clean)
    suffix = suffix.encode()[:20].decode(errors="ignore")
    stem = stem.encode()[:_LONGEST_NAME_BYTES].decode(errors="ignore")
    yield stem + suffix
    for count in range(2, 1_000):
        yield f"{stem} ({count}){suffix}"


def _sentence(name: str, error: Exception, done: str = "read") -> str:
    shown = shown_name(name)
    code = error.errno if isinstance(error, OSError) else None
    match code:
        case errno.ENOENT:
            return f"{shown} is not there (any more)."
        case errno.EACCES | errno.EPERM:
            return f"{shown} can't be {done}: you have no permission."
        case errno.ELOOP | errno.ENOTDIR:
            return f"{shown} is a link or leads out of the folder, and can't be used."
        case errno.ENOSPC | errno.EDQUOT:
            return f"{shown} can't be written: the disk is full."
    return f"{shown} can't be used ({error.strerror if isinstance(error, OSError) else error})."
