"""Small programs, each run alone in a fresh interpreter, that print one number.

``python -m tests.benchmarks.probes NAME ARGUMENT...``
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from tests import processes
from tests.benchmarks.figures import CannotMeasure


def ask(name: str, *arguments: str) -> float:
    """Run a probe in an interpreter of its own and return its number.

    Raises:
        CannotMeasure: It failed.
    """
    command = [sys.executable, "-m", __name__, name, *arguments]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    if done.returncode != 0:
        raise CannotMeasure(f"The probe {name} failed:\n{done.stderr}")
    return float(done.stdout)


def password_ms() -> float:
    """Return the milliseconds of checking a right password, once everything is loaded."""
    from eds_tui.host.passwords import Passwords

    passwords = Passwords()
    kept = passwords.hash("demo-kiosk")
    began = perf_counter()
    passwords.verify(kept, "demo-kiosk")
    return (perf_counter() - began) * 1000


def schema_ms(database_url: str) -> float:
    """Return the milliseconds of the first schema check, connecting included."""
    from eds_tui.repository import schema
    from eds_tui.repository.unit_of_work import Database

    database = Database.at(database_url)
    began = perf_counter()
    schema.is_current(database)
    took = perf_counter() - began
    database.close()
    return took * 1000


def attaching_mb(database_url: str, file: str) -> float:
    """Log an incident with a file and return the memory, in MB, that it took beyond one without."""
    from eds_tui import bootstrap
    from eds_tui.domain.incident import IncidentForm
    from eds_tui.domain.priority import Category, Impact
    from eds_tui.services.files import FileShelf
    from tests.benchmarks.product import LOGIN

    database = bootstrap.open_database(database_url)
    services = bootstrap.open_services(database)
    handler = services.accounts.by_login(LOGIN)
    school, *_ = services.schools.all()
    form = IncidentForm(
        submission="without a file",
        school_id=school.id,
        category=Category.NETWORK,
        impact=Impact.SITE,
        description="No internet in the whole building.",
        telephone="01772 123456",
        caller="Test Bursar",
    )
    services.report.log(handler, form)
    path = Path(file)
    chosen = FileShelf(path.parent).choose((), path.name)
    before = processes.forget_peak_mb(os.getpid())
    services.report.log(handler, replace(form, submission="with a file", files=(chosen,)))
    peak = processes.peak_mb(os.getpid())
    database.close()
    return peak - before


PROBES: dict[str, Callable[..., float]] = {
    "attaching": attaching_mb,
    "password": password_ms,
    "schema": schema_ms,
}


if __name__ == "__main__":
    print(PROBES[sys.argv[1]](*sys.argv[2:]))
