"""The field for the files that are chosen to be attached, with what is wrong with them (rule 7)."""

from __future__ import annotations

from textual import on

from eds_tui.domain.incident import ChosenFile, files_problem
from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.file_strip import FileStrip

FILE_LIMIT = "none chosen; each may have 20 MB"
"""Stands in the place of the files while there are none (guide 2.6; rule 7)."""


class FilesField(Field):
    """Names of files in a row of a form; ``-none`` while there is nothing to be seen of any."""

    def __init__(self) -> None:
        self._strip = FileStrip(empty=FILE_LIMIT, id="files")
        super().__init__("files", "Files", self._strip)
        self.add_class("-none")

    @property
    def files(self) -> tuple[ChosenFile, ...]:
        """What is chosen to be attached."""
        return self._strip.files

    def attach(self, files: tuple[ChosenFile, ...]) -> None:
        """Show these files as chosen, and what is wrong with them."""
        self._strip.files = files
        self.problem(files_problem(files))

    def add(self, file: ChosenFile) -> None:
        """Show one more file as chosen; one that can't be attached is refused (rule 7)."""
        files = (*self.files, file)
        if problem := files_problem(files):
            self.problem(problem)
        else:
            self.attach(files)

    @on(FileStrip.Changed)
    def file_removed(self) -> None:
        """What was wrong with the files may be put right."""
        self.problem(files_problem(self.files))

    def problem(self, sentence: str) -> None:
        """Name what is wrong, or that nothing is any more."""
        super().problem(sentence)
        self.set_class(not self.files and not sentence, "-none")
