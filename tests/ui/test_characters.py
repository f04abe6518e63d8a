"""Characters for terminals that lack some: as wide, and never anything the terminal lacks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from eds_tui.host.terminals import kind
from eds_tui.ui.textual_ext.characters import shown

SETS = {
    "ascii": kind({"LANG": "C"}),
    "latin-1": kind({"LANG": "en_GB.ISO-8859-1"}),
    "cp437": kind({}, stream="cp437"),
    "utf-8": kind({}),
}
CONSOLE = kind({"TERM": "linux"})


@pytest.mark.parametrize(
    ("text", "charset", "sent"),
    [
        ("┌─│▸◂…·–’", "ascii", "+-|><~.-'"),
        ("┌─│▸◂…·–’", "latin-1", "+-|><~·-'"),
        ("┌─│▸◂…·–’", "cp437", "┌─│><~·-'"),
        ("┌─│▸◂…·–’", "utf-8", "┌─│▸◂…·–’"),
        ("på Größe", "latin-1", "på Größe"),
        ("på Größe", "ascii", "p? Gr??e"),
        ("打印x", "latin-1", "????x"),
        ("e\u0301t\u0301e\u0301", "latin-1", "é?é"),
        ("e\u0301 \U0001f44d", "ascii", "? ??"),
    ],
)
def test_what_the_terminal_lacks_has_a_lookalike_or_is_a_question_mark(
    text: str, charset: str, sent: str
) -> None:
    assert shown(text, SETS[charset]) == sent


def test_a_linux_console_is_sent_the_lines_and_letters_that_its_fonts_have() -> None:
    assert shown("┌─┐│└┘↑↓←→·å打", CONSOLE) == "┌─┐│└┘↑↓←→·å打"
    assert shown("▸◂…–—’“”▁▃▆█", CONSOLE) == '><~--\'""__#█'


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"])))
def test_every_text_keeps_its_width_and_can_be_sent(text: str) -> None:
    for charset, found in SETS.items():
        sent = shown(text, found)
        assert cell_len(sent) == cell_len(text)
        assert sent.encode(charset)[:0] == b""
    assert cell_len(shown(text, CONSOLE)) == cell_len(text)
