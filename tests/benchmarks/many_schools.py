"""Very many schools, named like those of the demonstration."""

from __future__ import annotations

from itertools import product
from random import Random

from sqlalchemy import Connection

from eds_tui.demo.data import read_data
from eds_tui.domain.school import Contact, NewSchool
from eds_tui.repository.schools import SchoolRepository

_SEED = 31
_SAINTS = (
    "Mary", "Peter", "John", "Anne", "Wilfrid", "Cuthbert", "Oswald", "Bede", "Hilda", "Aidan",
    "Michael", "Joseph", "Patrick", "Augustine", "Thomas", "Edmund", "Teresa", "Catherine",
)  # fmt: skip
_KINDS = (
    "Primary School", "Community Primary School", "CE Primary School", "Catholic Primary School",
    "High School", "Nursery School", "Academy", "Infant School", "Junior School",
    "Church of England Voluntary Aided Primary School", "Endowed Primary School",
)  # fmt: skip
_BEGINNINGS = (
    "Gar", "Carn", "Ley", "Chor", "Nel", "Col", "Orms", "More", "Pen", "Pres", "Black", "Ack",
    "Burs", "Croft", "Dal", "Eccle", "Fern", "Grim", "Hals", "Ingle", "Kirk", "Long", "Mel",
    "New", "Over", "Pad", "Rib", "Sam", "Tarle", "Up", "Wal", "Whit", "Bar", "Clay", "Dar",
    "Elm", "Ful", "Great", "Hey", "Lang", "Mor", "Ash", "Thorn", "Stain", "Brad", "Cuer",
)  # fmt: skip
_MIDDLES = ("", "le", "ing", "er", "en", "a", "sto", "wo", "mar", "hal")
_ENDINGS = (
    "ton", "ham", "ley", "stang", "forth", "worth", "field", "wood", "bridge", "dale", "by",
    "side", "burn", "well", "ford", "combe", "kirk", "scough", "don", "gate",
)  # fmt: skip
_LANES = (
    "Lane", "Moor", "Road", "Park", "Hill", "Brook", "Meadow", "Mill", "Bank", "Grove", "View",
    "Green",
)  # fmt: skip
_FIRST_NAMES = ("Anne", "Imran", "Lowri", "Chloe", "Rhys", "Nasreen", "Luc", "Bernadette", "")
_FAMILIES = ("Eccles", "Fair", "Mash", "Wood", "Hother", "Wal", "Gard", "Park", "Cow", "Sumn")
_FAMILY_ENDINGS = ("ton", "sall", "iter", "house", "ner", "inson", "ell", "er", "clough", "man")


def add_schools(connection: Connection, number: int) -> list[int]:
    """Add so many schools: those of the demonstration, and others that are named like them."""
    repository = SchoolRepository(connection)
    rng = Random(_SEED)
    known = list(read_data().schools)
    taken = {school.portal_number for school in known}
    free = (f"{place:05}" for place in range(100_000))
    numbers = (each for each in free if each not in taken)
    made = [_school(rng, next(numbers)) for _ in range(number - len(known))]
    return [repository.add(school) for school in (*known, *made)]


_TOWNS = tuple("".join(parts) for parts in product(_BEGINNINGS, _MIDDLES, _ENDINGS))


def _school(rng: Random, number: str) -> NewSchool:
    town = _TOWNS[min(rng.randrange(len(_TOWNS)), rng.randrange(len(_TOWNS)))]
    kind = rng.choice(_KINDS)
    name = rng.choice(
        (
            f"St {rng.choice(_SAINTS)}'s {kind}",
            f"{town} {kind}",
            f"{rng.choice(_TOWNS)} {rng.choice(_LANES)} {kind}",
            f"{rng.choice(_TOWNS)} St {rng.choice(_SAINTS)}'s {kind}",
        )
    )
    telephone = f"0{rng.randrange(1200, 1999)} {rng.randrange(100_000, 999_999)}"
    return NewSchool(
        portal_number=number,
        name=name,
        town=town,
        la_number=number[:3],
        dfe_number=f"{number[:3]}/{rng.randrange(2000, 7000)}",
        urn=f"{rng.randrange(100_000, 150_000)}",
        telephone=telephone,
        email=f"head@{number}.lancs.example",
        contacts=tuple(_contact(rng, telephone, main=main) for main in (True, False)),
    )


def _contact(rng: Random, telephone: str, *, main: bool) -> Contact:
    family = rng.choice(_FAMILIES) + rng.choice(_FAMILY_ENDINGS)
    first = rng.choice(_FIRST_NAMES)
    return Contact(
        name=f"{rng.choice(('Mrs', 'Mr', 'Miss', 'Ms'))} {first or 'X.'} {family}",
        job="Office manager" if main else "Headteacher",
        telephone=telephone,
        main=main,
    )
