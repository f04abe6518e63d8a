"""What a program and everything it started use of the machine, read from ``/proc``."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")


class CannotMeasure(Exception):
    """Something that had to be there for a measurement was not; its text says what."""


def family(process: int) -> tuple[int, ...]:
    """Return the ids of a process and its descendants that are still there."""
    found = [process]
    for parent in found:
        for children in _read_each(parent, "children"):
            found.extend(map(int, children.split()))
    return tuple(found)


def resident_mb(processes: tuple[int, ...]) -> float:
    """Return their resident memory in MB of 1,000,000 bytes, shared pages counted in full.

    Raises:
        CannotMeasure: None of them is there any more.
    """
    kilobytes = 0
    for process in processes:
        try:
            lines = (_PROC / str(process) / "smaps_rollup").read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError):
            continue
        kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Rss:"))
    if kilobytes == 0:
        raise CannotMeasure("The program ended before its memory was read.")
    return kilobytes * 1024 / 1e6


def proportional_mb(process: int) -> float:
    """Return the memory of a process in MB, of shared pages its share.

    Raises:
        CannotMeasure: It is not there any more.
    """
    try:
        lines = (_PROC / str(process) / "smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        raise CannotMeasure("The program ended before its memory was read.") from None
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1e6


def forget_peak_mb(process: int) -> float:
    """Let the kernel's maximum of a process start anew and return its present memory in MB."""
    (_PROC / str(process) / "clear_refs").write_text("5")
    return _memory_mb(process, "VmRSS")


def peak_mb(process: int) -> float:
    """Return the most memory in MB that a process had since the maximum started anew."""
    return _memory_mb(process, "VmHWM")


def _memory_mb(process: int, field: str) -> float:
    try:
        lines = (_PROC / str(process) / "status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        raise CannotMeasure("The program ended before its memory was read.") from None
    for line in lines:
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise CannotMeasure(f"The kernel does not give {field}.")


def cpu_ms(processes: tuple[int, ...]) -> float:
    """Return the processor time that their living threads have used, in milliseconds."""
    times = (text.split()[0] for each in processes for text in _read_each(each, "schedstat"))
    return sum(map(int, times)) / 1e6


def _read_each(process: int, name: str) -> list[str]:
    """Return a file of every thread of a process; what has just ended has none."""
    texts = []
    with suppress(OSError):
        for path in (_PROC / str(process) / "task").glob(f"*/{name}"):
            with suppress(OSError):
                texts.append(path.read_text())
    return texts
