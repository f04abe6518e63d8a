"""How soon a school is found among 25,000, and how many mistyped ones are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from eds_tui.domain.school import School, SchoolLookup
from eds_tui.repository.unit_of_work import Database
from tests.benchmarks.figures import Figure, Reading
from tests.benchmarks.timing import Times, clock_of

P95_MS = 5.0
SHOWN = 50
ROUNDS = 5
LOOK_UPS = {
    "one letter": tuple("abcdfghlmnprstw"),
    "letters": ("ga", "st", "garst", "leyl", "prim", "pend", "carnf", "wood", "catholic", "nurs"),
    "several words": (
        "st mary", "st marys garstang", "carnforth primary", "high school preston",
        "brad hill infant", "holy trinity colne", "primary school", "saint cuthberts",
    ),
    "part of a word": ("stang", "forth", "orth", "side", "ingle", "ershal", "scough", "lesi"),
    "a contact": ("mrs eccleston", "imran", "mashiter", "mr fairclough"),
    "a telephone": ("01632 960020", "+44 (0)1632 960037", "960054", "01244 5", "3456"),
    "a number": ("30112", "9021", "888/2001", "8882002", "119001", "0003", "1"),
    "an absent word": ("zzyzx", "xylophone", "zzyzx school", "1234567890"),
}  # fmt: skip
SLIPS = {
    "garstng community": "09021", "garstang comunity": "09021", "Pendelside": "Pendleside",
    "pendlside academy": "Pendleside", "carnfroth christ church": "30259",
    "carnforth chrst church": "30259", "larkrise comunity": "Larkrise", "larkrse": "Larkrise",
    "skipool marsh": "Skippool", "skippool mrash": "Skippool", "brindel lane infants": "Brindle",
    "brindle lnae juniors": "Brindle", "holy trinty colne": "Holy Trinity Primary School, Colne",
    "holly trinity lancaster": "Holy Trinity Primary School, Lancaster",
    "cuthbrts croston": "Croston", "st cuthberts crostn": "Croston", "hollin cluogh": "Hollin",
    "windmil field": "Windmill", "windmill feild": "Windmill", "cribdon top": "Cribden",
    "tawd medow": "Tawd", "taud meadow": "Tawd", "whitewel with bowland": "Whitewell",
    "saint exupary": "Exupéry", "yzgol": "Ysgol", "ribbels edge": "Ribble", "oconells": "Connell",
    "mercers corft": "Mercer", "trawdon hey": "Trawden", "naze piont": "Naze",
    "queens wlak": "Queen", "spiners row": "Spinners", "moornook": "Moor Nook",
}  # fmt: skip
"""What is typed, and the number or part of the title of the school that is meant."""
FIRST_FIVE = 5


class SchoolScale:
    """The figures of the look-up of schools in one kind of database."""

    def __init__(self, kind: str) -> None:
        self._times = {
            name: Figure(f"{kind}: school by {name}, p95", "ms", at_most=P95_MS)
            for name in (*LOOK_UPS, "a slip")
        }
        self._missed = Figure(
            f"{kind}: schools not meant, of {len(SLIPS)} slips", "slips", at_most=3
        )
        self.figures = (*self._times.values(), self._missed)

    def measure(self, database: Database) -> Iterator[Reading]:
        """Give a reading of each."""
        for name, texts in (*LOOK_UPS.items(), ("a slip", tuple(SLIPS))):
            times = Times(clock_of(database))
            for text in texts * ROUNDS:
                times.of(partial(_found, database, text))
            yield self._times[name].of(times.p95)
        missed = sum(not _is_meant(_found(database, text), meant) for text, meant in SLIPS.items())
        yield self._missed.of(missed)


def _found(database: Database, text: str) -> tuple[School, ...]:
    with database.reading() as work:
        return work.schools.find(SchoolLookup.of(text), SHOWN)[0]


def _is_meant(found: tuple[School, ...], meant: str) -> bool:
    return any(meant in (each.portal_number + each.title) for each in found[:FIRST_FIVE])
