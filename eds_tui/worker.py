"""Runs the worker: sends queued e-mails and does the housekeeping, until it is asked to stop."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from eds_tui.domain.clock import full_time, utc_now
from eds_tui.domain.delivery import FailureCause, Outcome, server_pause
from eds_tui.domain.errors import AccessRefused, OutOfReach, Unavailable
from eds_tui.domain.text import visible
from eds_tui.services.delivery import Delivery
from eds_tui.services.housekeeping import Housekeeping

LOOK_SECONDS = 2.0
"""How often it looks for something to send."""
HOUSEKEEPING_SECONDS = 20.0
"""How often it keeps house."""
GRACE_SECONDS = 3.0
"""How long it may go on with the e-mail in hand once it is asked to stop."""

_AT_A_TIME = 50
"""E-mails between two looks at the house."""
_ENDING = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})

Say = Callable[[str], None]
"""Prints a line."""

Opened = TypeVar("Opened")


class Worker:
    """Sends and keeps house, over and over.

    Args:
        housekeeping: Stores timed transitions.
        delivery: What sends; ``None`` where nothing is to be sent.
        say: Told in plain lines what it does.
    """

    def __init__(self, housekeeping: Housekeeping, delivery: Delivery | None, say: Say) -> None:
        self._housekeeping = housekeeping
        self._delivery = delivery
        self._say = say
        self._keep_house_at = 0.0
        self._send_at = 0.0
        self._server_failures = 0
        self._away = ""
        """Why the database can't be used, as it was told; empty while it can."""
        self._clock_is_off = False

    def run(self, stop: threading.Event) -> None:
        """Work until ``stop`` is set."""
        while not stop.is_set():
            more = self._round(stop)
            stop.wait(0 if more else LOOK_SECONDS)

    def run_once(self, stop: threading.Event) -> bool:
        """Do all that there is to do just now, and return whether that could be done."""
        while self._round(stop):
            pass
        held_up = self._away or self._server_failures or self._clock_is_off
        return not (held_up or stop.is_set())

    def _round(self, stop: threading.Event) -> bool:
        """Do a part of it; returns whether there may be more to do at once."""
        try:
            if time.monotonic() >= self._keep_house_at:
                self._keep_house()
            more = self._send(stop) if time.monotonic() >= self._send_at else False
        except Unavailable as error:
            if error.message != self._away:
                self._tell(f"{error.message} {_AGAIN}")
            self._away = error.message
            return False
        self._is_back()
        return more

    def _is_back(self) -> None:
        """Tell once that the database can be used again."""
        if self._away:
            self._tell(_BACK)
        self._away = ""

    def _keep_house(self) -> None:
        count = self._housekeeping.run()
        self._heed_clock()
        self._keep_house_at = time.monotonic() + HOUSEKEEPING_SECONDS
        if count:
            incidents = "1 incident" if count == 1 else f"{count:,} incidents"
            self._tell(f"Stored what came true by the clock for {incidents}.")

    def _heed_clock(self) -> None:
        """Tell once that the clock is off, and once that it no longer is."""
        remark = self._housekeeping.remark()
        if bool(remark) != self._clock_is_off:
            self._tell(remark or "The clock is right again.")
        self._clock_is_off = bool(remark)

    def _send(self, stop: threading.Event) -> bool:
        for _ in range(_AT_A_TIME):
            if self._delivery is None or stop.is_set():
                return False
            outcome = self._delivery.send_next()
            # Before what has gathered meanwhile is sent, which may take a while.
            self._is_back()
            if outcome is None:
                return False
            self._tell(_in_words(outcome))
            if outcome.failed is not None and outcome.failed.cause is FailureCause.SERVER:
                self._server_failures += 1
                pause = server_pause(self._server_failures)
                self._send_at = time.monotonic() + pause.total_seconds()
                self._tell(f"Nothing is sent for {pause.total_seconds():.0f} seconds.")
                return False
            self._server_failures = 0
        return True

    def _tell(self, text: str) -> None:
        self._say(_line(text))


def when_there(opening: Callable[[], Opened], stop: threading.Event, say: Say) -> Opened | None:
    """Open a database as soon as it can be reached; ``None`` where ``stop`` is set before.

    Args:
        opening: Opens it.
        stop: Ends the waiting.
        say: Called with plain lines that say what is waited for.

    Raises:
        EdsError: It can't be opened, and will not be by itself: a wrong password for one.
    """
    said = ""
    while not stop.is_set():
        try:
            opened = opening()
        except AccessRefused:
            # Waiting gives it no other password.
            raise
        except OutOfReach as error:
            if error.message != said:
                say(_line(f"{error.message} {_AGAIN}"))
            said = error.message
            stop.wait(LOOK_SECONDS)
        else:
            if said:
                say(_line(_BACK))
            return opened
    return None


_AGAIN = "It is tried again every few seconds."
_BACK = "The database is there again."


def _line(text: str) -> str:
    return f"{full_time(utc_now())}  {visible(text)}"


def _in_words(outcome: Outcome) -> str:
    title, failed = outcome.notice.title, outcome.failed
    if outcome.withheld:
        return f"Not sent: {title}. What it is about was changed before it could go."
    if failed is None:
        return f"Sent: {title}"
    if outcome.try_at is None:
        return f"Given up: {title}. {failed.reason}"
    again = full_time(outcome.try_at)
    return f"Not sent: {title}. {failed.reason} It is tried again at {again}."


def until_stopped(work: Callable[[threading.Event], object]) -> bool:
    """Do work in a thread until it ends, or a signal or the end of the terminal stops it.

    A mail server that keeps the thread waiting keeps nobody from ending the program: what it had
    in hand stays taken, and is tried again once that is over.

    Args:
        work: Called with what is set when it is to stop.

    Returns:
        Whether it came to an end, by itself or when it was asked to.
    """
    stop = threading.Event()
    failures: list[BaseException] = []

    def doing() -> None:
        try:
            work(stop)
        except BaseException as error:
            failures.append(error)

    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        thread = threading.Thread(target=doing, daemon=True)
        thread.start()
        while thread.is_alive() and not stop.is_set():
            if signal.sigtimedwait(_ENDING, _LISTEN_SECONDS) is not None:
                stop.set()
        thread.join(GRACE_SECONDS)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    if failures:
        raise failures[0]
    return not thread.is_alive()


_LISTEN_SECONDS = 0.1
