"""That the benchmarks count what is there and hide nothing; no time is asserted."""

from __future__ import annotations

import json
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests import processes
from tests.benchmarks import scale, suite
from tests.benchmarks.__main__ import main
from tests.benchmarks.figures import CannotMeasure, Figure, Reading, Verdict
from tests.benchmarks.parts import Part
from tests.benchmarks.product import Product
from tests.benchmarks.slow_line import slow_line
from tests.counting import KIOSK_STARTED
from tests.servers import running
from tests.terminal import Terminal, idle_bytes

SIZE = Figure("size", "bytes", at_most=200)
PAINT = Figure("paint", "ms", times=1.5)
PLAIN = Figure("plain", "ms")


def test_the_time_of_the_tests_is_added_up_by_folder_and_the_kiosks_starts_are_counted() -> None:
    properties = f'<properties><property name="{KIOSK_STARTED}" value=""/></properties>'
    report = f"""<suite>
        <testcase classname="tests.ui.test_a" time="1.5">{properties}</testcase>
        <testcase classname="tests.ui.test_b" time="0.5">{properties}</testcase>
        <testcase classname="tests.domain.test_c" time="0.1"/>
    </suite>"""
    cases = ET.fromstring(report).iter("testcase")
    found = {each.figure.name: each.measured for each in suite.readings(suite.FIRST, 10.0, cases)}
    assert found[suite.FIRST.wall.name] == 10.0
    assert found[suite.FIRST.tests.name] == 3
    assert found[suite.FIRST.starts.name] == 2
    assert found[suite.FIRST.seconds["ui"].name] == 2.0
    assert found[suite.FIRST.seconds["domain"].name] == 0.1
    assert list(found) == [each.name for each in suite.PARTS[0].figures]
    assert suite.SECOND.arguments == ("-m", "long")


def test_how_much_a_figure_grows_with_ten_times_the_rows_is_a_figure_with_a_target() -> None:
    window = Figure("window", "ms", times=3.0, growth=1.3)
    grown = window.grown(100_000)
    assert (grown.name, grown.times) == ("window, beside 100,000", 1.3)
    assert grown.of(1.3, 1.0).verdict is Verdict.MET
    assert grown.of(1.4, 1.0).verdict is Verdict.MISSED
    (part, paging) = scale.parts(1_000_000, ["SQLite"])
    assert len(paging.figures) == 1
    names = {figure.name: figure.times for figure in part.figures}
    assert names["SQLite: list Open, worst window, beside 100,000"] == 1.3
    assert names["SQLite: counts of all lists, beside 100,000"] is None
    assert not any(name.startswith("SQLite: Tab") and "beside" in name for name in names)


@pytest.mark.long
def test_a_server_that_is_kept_between_two_runs_has_its_databases_in_the_second() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running(folder) as server:
            server.create(server.url_of("kept"))
        with running(folder) as server, server.inside(server.url_of("kept")) as connection:
            found = connection.execute("SELECT current_database()").fetchone()
    assert found == ("kept",)


@pytest.mark.parametrize(
    ("reading", "verdict"),
    [
        (SIZE.of(200), Verdict.MET),
        (SIZE.of(201), Verdict.MISSED),
        (SIZE.of(None), Verdict.MISSED),
        (PAINT.of(150, 100), Verdict.MET),
        (PAINT.of(151, 100), Verdict.MISSED),
        (PAINT.of(150, None), Verdict.MISSED),
        (PLAIN.of(10_000, 1), Verdict.NO_TARGET),
        (PLAIN.of(None), Verdict.NO_TARGET),
    ],
)
def test_a_figure_is_met_up_to_its_target_and_missed_beyond(
    reading: Reading, verdict: Verdict
) -> None:
    assert reading.verdict == verdict


def test_a_line_has_the_name_the_values_the_target_and_the_verdict() -> None:
    assert words(PAINT.of(151, 100).line()) == "paint 151 100 ms 1.51 <= 1.5 times missed"
    assert words(SIZE.of(None).line()) == "size – – bytes – <= 200 bytes missed"


def words(text: str) -> str:
    return " ".join(text.split())


def broken(_: Product) -> Iterator[Reading]:
    yield SIZE.of(151.5, 1825)
    raise CannotMeasure("No queue on the screen.")


GROUPS = {"one": (Part(broken, (SIZE, PAINT)), Part(lambda _: iter([PLAIN.of(3)]), (PLAIN,)))}


def test_what_could_not_be_measured_is_shown_as_missed_and_the_rest_goes_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["one", "--json"], GROUPS) == 0
    shown = capsys.readouterr()
    assert shown.err == "No queue on the screen.\n"
    assert [json.loads(line) for line in shown.out.splitlines()] == [
        {
            "name": "size",
            "unit": "bytes",
            "measured": 151.5,
            "baseline": 1825,
            "ratio": 151.5 / 1825,
            "at_most": 200,
            "times": None,
            "verdict": "met",
        },
        {
            "name": "paint",
            "unit": "ms",
            "measured": None,
            "baseline": None,
            "ratio": None,
            "at_most": None,
            "times": 1.5,
            "verdict": "missed",
        },
        {
            "name": "plain",
            "unit": "ms",
            "measured": 3,
            "baseline": None,
            "ratio": None,
            "at_most": None,
            "times": None,
            "verdict": "no target",
        },
    ]


def test_without_a_name_every_benchmark_runs(capsys: pytest.CaptureFixture[str]) -> None:
    parts = GROUPS["one"][1:]
    assert main([], {"one": parts, "two": parts}) == 0
    heading, *lines = capsys.readouterr().out.splitlines()
    assert words(heading) == "measured bare ratio target"
    assert [words(line) for line in lines] == ["plain 3 – ms – no target"] * 2


def test_an_unknown_name_runs_nothing_and_says_which_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["one", "nonsense"], GROUPS) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "There is no benchmark nonsense; there are one, scale.\n"


def in_a_shell(script: str) -> Terminal:
    return Terminal(["/bin/sh", "-c", script])


def test_what_a_key_brings_is_counted_to_the_byte() -> None:
    with in_a_shell("stty raw -echo; printf ready; exec cat") as terminal:
        terminal.wait_for("ready")
        assert terminal.received == len("ready")
        sizes = [terminal.press(key).size for key in ("x", "€", "down", "page down", "escape")]
        assert sizes == [1, 3, 3, 4, 5]
        assert terminal.received == len("ready") + 16


def test_a_key_that_brings_nothing_costs_nothing() -> None:
    with in_a_shell("stty raw -echo; printf ready; read -r line; printf done") as terminal:
        terminal.wait_for("ready")
        answer = terminal.press("x", longest=0.1)
        assert (answer.size, answer.ms) == (0, 0)


def test_the_screen_is_what_the_bytes_draw_in_24_lines_of_80() -> None:
    script = r"stty size; printf '\033[24;78Hend\033[1;1H\033[31mtop\033[m\033[?2026$p'; exec cat"
    with in_a_shell(script) as terminal:
        terminal.wait_for("top")
        lines = terminal.text().split("\n")
        assert [len(line) for line in lines] == [80] * 24
        assert lines[0].rstrip() == "top80"
        assert lines[23] == "end".rjust(80)


def test_a_program_meets_a_plain_terminal_and_none_of_the_callers_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("EDS_TUI_DATABASE_URL", "sqlite:////elsewhere.db")
    script = "echo $TERM $EXTRA [$COLORTERM$EDS_TUI_DATABASE_URL]; exec cat"
    with Terminal(["/bin/sh", "-c", script], {"EXTRA": "more"}) as terminal:
        terminal.wait_for(r"^xterm-256color more \[\]\s")


def test_a_text_that_does_not_come_is_told_with_what_is_there_instead() -> None:
    told = pytest.raises(CannotMeasure, match=r"No 'ready' on the screen.*\nTraceback$")
    with in_a_shell("printf Traceback") as terminal, told:
        terminal.wait_for("ready")


def test_a_program_that_ended_gives_no_figures() -> None:
    with in_a_shell("stty raw -echo; printf ready; read -r line") as terminal:
        terminal.wait_for("ready")
        with pytest.raises(CannotMeasure, match="The program ended"):
            terminal.press("\n")
        with pytest.raises(CannotMeasure, match="The program ended"):
            idle_bytes([terminal], 0.1)


def test_the_bytes_of_idle_programs_are_counted_for_each() -> None:
    with (
        in_a_shell("printf ready; exec cat") as quiet,
        in_a_shell("while :; do printf tick; done") as busy,
    ):
        quiet.wait_for("ready")
        busy.wait_for("tick")
        of_quiet, of_busy = idle_bytes([quiet, busy], 0.1)
    assert of_quiet == 0
    assert of_busy > 0


def test_a_program_is_gone_after_it_was_measured_even_one_that_does_not_want_to() -> None:
    with in_a_shell("trap '' TERM; printf ready; while :; do read -r line; done") as terminal:
        terminal.wait_for("ready")
    with pytest.raises(ProcessLookupError):
        os.kill(terminal.process, 0)


def test_memory_is_that_of_a_program_and_its_children() -> None:
    waiting = "cat </dev/tty"
    with (
        in_a_shell(f"printf ready; exec {waiting}") as one,
        in_a_shell(f"{waiting} & {waiting} & printf ready; wait") as three,
    ):
        one.wait_for("ready")
        three.wait_for("ready")
        assert len(processes.family(three.process)) == 3
        assert three.resident_mb() > one.resident_mb() > 0


def test_the_processor_time_of_a_key_is_that_of_the_program() -> None:
    busy = "read -r line; i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; printf done; exec cat"
    with in_a_shell(f"stty -echo; printf ready; {busy}") as terminal:
        terminal.wait_for("ready")
        answer = terminal.press("\n", longest=20)
        assert answer.size == len("done")
        assert answer.cpu_ms > 0


def test_a_slow_line_brings_everything_in_order_and_then_the_end() -> None:
    sent = bytes(range(256)) * 8
    far_end = socket.create_server(("127.0.0.1", 0))
    with far_end, slow_line(far_end.getsockname()[1]) as port:
        near = socket.create_connection(("127.0.0.1", port))
        far, _ = far_end.accept()
        with near, far:
            near.sendall(sent)
            near.shutdown(socket.SHUT_WR)
            assert b"".join(iter(lambda: far.recv(4096), b"")) == sent
            far.sendall(b"answer")
            assert near.recv(6, socket.MSG_WAITALL) == b"answer"
