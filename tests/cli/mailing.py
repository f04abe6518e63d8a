"""A command line whose e-mails go to a mail server of the test, and workers as programs."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from tests.cli.running import PATIENCE, CommandLine
from tests.mail.receiver import HOST, Receiver, receiving


@dataclass(frozen=True)
class Mailing:
    """The command line with the settings of a mail server."""

    cli: CommandLine
    receiver: Receiver
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The variables that a worker runs with."""
        return {
            **self.cli.environment,
            "EDS_TUI_SMTP_HOST": HOST,
            "EDS_TUI_SMTP_PORT": str(self.receiver.port),
            "EDS_TUI_SMTP_SECURITY": "none",
            **self.settings,
        }

    @contextmanager
    def worker(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """Start a worker; whatever becomes of it, it is gone in the end."""
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "eds_tui", "worker", *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=self.environment, text=True,
        )  # fmt: skip
        # Whoever waits for a line of one that says nothing then reads the end.
        watch = threading.Timer(PATIENCE, process.kill)
        watch.start()
        with process:
            try:
                yield process
            finally:
                watch.cancel()
                process.kill()

    def once(self) -> tuple[int, str]:
        """Let a worker do what there is to do, and return exit code and output."""
        with self.worker("--once") as process:
            output, error = process.communicate(timeout=PATIENCE)
        assert error == ""
        return process.returncode, output

    def together(self, count: int) -> Sequence[int]:
        """Let workers do that at the same time, and return their exit codes."""
        running = [self.worker("--once") for _ in range(count)]
        processes = [each.__enter__() for each in running]
        try:
            for process in processes:
                process.communicate(timeout=PATIENCE)
        finally:
            for each in running:
                each.__exit__(None, None, None)
        return [process.returncode for process in processes]


def ended(process: subprocess.Popen[str], by: signal.Signals) -> tuple[int, str]:
    """End a program by a signal, and return its exit code and all that it printed."""
    process.send_signal(by)
    output, error = process.communicate(timeout=PATIENCE)
    assert error == ""
    return process.returncode, output


@pytest.fixture
def mailing(cli: CommandLine) -> Iterator[Mailing]:
    """The command line with a mail server that accepts everything."""
    with receiving() as receiver:
        yield Mailing(cli, receiver)
