"""Run benchmarks: ``python -m tests.benchmarks [NAME...] [--json]``, from the project's folder.

``scale`` fills databases once and keeps them, and runs only where it is named.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import (
    carrying,
    details,
    files,
    flood,
    keys,
    preload,
    scale,
    search,
    ssh,
    start,
    suite,
    triage,
    writers,
)
from tests.benchmarks.figures import HEADING, Reading
from tests.benchmarks.parts import Part
from tests.benchmarks.product import Product

Groups = Mapping[str, tuple[Part, ...]]

GROUPS: Groups = {
    "start": start.PARTS,
    "keys": keys.PARTS,
    "details": details.PARTS,
    "files": files.PARTS,
    "search": search.PARTS,
    "triage": triage.PARTS,
    "writers": (*writers.PARTS, *carrying.PARTS),
    "ssh": (*ssh.PARTS, *flood.PARTS),
    "preload": preload.PARTS,
    "suite": suite.PARTS,
}
"""Every benchmark of a full run, in its order."""
SCALE = "scale"


def main(arguments: Sequence[str] | None = None, groups: Groups = GROUPS) -> int:
    """Run the named benchmarks, or all of them, and print a line a figure.

    Returns:
        0 whatever was missed, and 2 for a name that is none.
    """
    parser = argparse.ArgumentParser(prog="tests.benchmarks", description=__doc__)
    parser.add_argument("name", nargs="*", help=", ".join((*groups, SCALE)))
    parser.add_argument("--json", action="store_true", help="print one object a line")
    parser.add_argument(
        "--incidents", type=int, default=scale.INCIDENTS, help=f"how many for {SCALE}"
    )
    parser.add_argument(
        "--database", choices=tuple(scale.KINDS), action="append", help=f"which alone for {SCALE}"
    )
    asked = parser.parse_args(arguments)
    known = {**groups, SCALE: scale.parts(asked.incidents, asked.database or scale.KINDS)}
    unknown = [name for name in asked.name if name not in known]
    if unknown:
        _complain(f"There is no benchmark {unknown[0]}; there are {', '.join(known)}.")
        return 2
    with TemporaryDirectory() as folder:
        product = Product(Path(folder))
        if not asked.json:
            print(HEADING)
        for name in asked.name or groups:
            for part in known[name]:
                for reading in part.run(product, _complain):
                    _show(reading, json=asked.json)
    return 0


def _show(reading: Reading, *, json: bool) -> None:
    print(reading.json() if json else reading.line(), flush=True)


def _complain(reason: str) -> None:
    print(reason, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
