"""A copy of a tree to put mutants into, which the tests in it run instead of the original."""

from __future__ import annotations

import compileall
import py_compile
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.library import diff, mutate
from tests.mutants.records import Mutant

_PARTS = ("eds_tui", "styles", "tests", ".ci", "README.md", "LICENSE", "pyproject.toml", "uv.lock",
          ".gitignore")  # fmt: skip


@dataclass(frozen=True)
class Copy:
    """A tree's copy, in a folder of its own beside a folder for temporary files."""

    folder: Path

    @property
    def tree(self) -> Path:
        """Where the copied tree is."""
        return self.folder / "tree"

    @property
    def temporary(self) -> Path:
        """Where tests put their temporary files; short, for the names of sockets in it."""
        return self.folder / "t"

    @contextmanager
    def mutated(self, mutant: Mutant) -> Iterator[None]:
        """Put a mutant in for the length of a ``with``.

        Raises:
            ValueError: The file has changed, or the library, since the mutant was drawn.
        """
        file = self.tree / mutant.path
        text = file.read_text("utf-8")
        changed = mutate(text, mutant.operator, mutant.occurrence)
        if changed is None or diff(mutant.path, text, changed) != mutant.diff:
            raise ValueError(f"{mutant.path}:{mutant.line} is no longer what was drawn.")
        file.write_text(changed, "utf-8")
        try:
            yield
        finally:
            file.write_text(text, "utf-8")


def make_copy(tree: Path, folder: Path) -> Copy:
    """Copy what a tree's tests need into a folder."""
    copy = Copy(folder)
    copy.tree.mkdir(parents=True)
    for name in _PARTS:
        part = tree / name
        if part.is_dir():
            leave_out = shutil.ignore_patterns("__pycache__")
            shutil.copytree(part, copy.tree / name, symlinks=True, ignore=leave_out)
        elif part.exists():
            shutil.copy2(part, copy.tree / name)
    # By its time and size alone, a compiled file would pass for that of a mutant made in the same
    # second.
    by_hash = py_compile.PycInvalidationMode.CHECKED_HASH
    compileall.compile_dir(copy.tree / "eds_tui", quiet=2, invalidation_mode=by_hash)
    return copy
