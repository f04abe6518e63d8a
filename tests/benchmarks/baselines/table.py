"""A bare Textual program with what a queue needs: one input and a table of 50 rows."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer, Input

ROWS = 50
COLUMNS = ("Reference", "School", "Incident details", "State")


class Table(App[None]):
    """An input, a table and a footer; Tab moves from the input to the table."""

    def compose(self) -> ComposeResult:
        """Put the three below one another."""
        yield Input()
        yield DataTable[str](cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(DataTable)
        table.add_columns(*COLUMNS)
        for number in range(1, ROWS + 1):
            table.add_row(f"Row {number:04}", "Test School, Town", f"Printer {number} jams", "New")


if __name__ == "__main__":
    Table().run()
