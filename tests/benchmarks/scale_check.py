"""How long the check of a database takes and how much it holds, and how long a back-up does."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from eds_tui.repository.engine import is_postgres
from eds_tui.repository.unit_of_work import Database
from tests.benchmarks.figures import CannotMeasure, Figure, Reading

CHECK_S = 30.0
CHECK_MB = 100.0
BACKUP_TIMES = 1.5
_FULL_MB = 1024
_PEAK = "VmHWM:"
_PROGRAM = f"""
import atexit, runpy, sys

def told():
    with open("/proc/self/status") as status:
        print(*(line for line in status if line.startswith("{_PEAK}")), file=sys.stderr)

atexit.register(told)
runpy.run_module("eds_tui", run_name="__main__", alter_sys=True)
"""
"""The command line, which at its end says how much it has held at the most.

What the system says of a process that has ended counts what the one held that began it.
"""


class CheckScale:
    """The figures of one kind of database."""

    def __init__(self, kind: str) -> None:
        self._check = Figure(f"{kind}: db check", "s", at_most=CHECK_S)
        self._processor = Figure(f"{kind}: db check, processor", "s")
        self._held = Figure(f"{kind}: db check, resident", "MB", at_most=CHECK_MB)
        self._backup = Figure(f"{kind}: db backup", "s", times=BACKUP_TIMES)
        self.figures: tuple[Figure, ...] = (self._check, self._processor, self._held)
        if kind != "PostgreSQL":
            # There it is PostgreSQL's own program that takes the time.
            self.figures += (self._backup,)

    def measure(self, database: Database) -> Iterator[Reading]:
        """Give a reading of each: the program's own processes, beside bare reading and copying."""
        url = database.engine.url.render_as_string(hide_password=False)
        bare = _seconds(lambda: _read(database))
        with TemporaryDirectory(dir=_beside(database)) as folder:
            took, processor, held = _checked(url, Path(folder))
            yield self._check.of(took, bare)
            yield self._processor.of(processor)
            yield self._held.of(held)
            if self._backup in self.figures:
                yield self._backed_up(database, Path(folder))

    def _backed_up(self, database: Database, folder: Path) -> Reading:
        source = str(database.engine.url.database)
        # To close another descriptor of a file lets go of the locks that this process has on it,
        # and who writes next would then do so beside another.
        database.close()
        copied = _seconds(lambda: _copied(source, folder / "copy"))
        (folder / "copy").unlink()
        took = _seconds(lambda: database.back_up(folder / "backup"))
        return self._backup.of(took, copied)


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _beside(database: Database) -> Path | None:
    """Return the folder whose disk the database is on, where it is a file."""
    return None if is_postgres(database.engine) else Path(str(database.engine.url.database)).parent


def _read(database: Database) -> None:
    """Read every event by the bare driver, in the order of its incident."""
    with database.engine.connect() as connection:
        driver = connection.connection.cursor()
        driver.execute("SELECT count(*), max(length(CAST(details AS text))) FROM events")
        driver.fetchall()


def _copied(source: str, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb") as copy:
        os.fsync(copy.fileno())


def _checked(url: str, folder: Path) -> tuple[float, float, float]:
    """Return the seconds of a process of its own, those of the processor, and its megabytes."""
    own = {name: str(folder) for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    command = [sys.executable, "-c", _PROGRAM, "--database", url, "db", "check"]
    before, began = _of_processor(), perf_counter()
    done = subprocess.run(
        command, env=os.environ | own, capture_output=True, text=True, check=False
    )
    took = perf_counter() - began
    if done.returncode != 0:
        raise CannotMeasure(done.stdout + done.stderr)
    _, _, peak = done.stderr.partition(_PEAK)
    return took, _of_processor() - before, int(peak.split()[0]) / _FULL_MB


def _of_processor() -> float:
    """Return the seconds of the processor that all processes have used that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
