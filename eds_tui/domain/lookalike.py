"""Finds incidents that read like what is being typed (rule 33)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eds_tui.domain.folding import fold
from eds_tui.domain.incident import format_number

COMPARED = 300
"""Characters of a description, from its start, that are compared and shown."""
MOST_SHOWN = 5
"""Incidents that are offered at most."""

PART_OF_BEST = 2
"""An incident reads like a text that has at least half as many words in common as the best has."""

_SHORTEST = 3
_ENOUGH = 3
"""Words up to which one in common will do; of more, two must be."""

_ENDINGS = ("ing", "ers", "er", "ed", "es", "s")
_SHORTEST_STEM = 4

_COMMON = """
    able about after again all also and another any anything are aren asked because been before
    being both but call called calls came can cannot cant caller come comes could day days did
    didn does doesn doesnt doing don done dont down during each either error even ever every fault
    first for from gets getting give gives going gone got had happen happened happens has hasn
    hasnt have haven having head help her here him his hours how ict into isn isnt issue issues
    its just keep keeps know last like longer look made make makes many may message messages might
    minute minutes month more morning most much must need needs never new news next nine nobody
    none not nothing now off office old one ones only open other our out over part people please
    problem problems pupil pupils put reported reports right room said same saw say saying says
    school see seems seen several she should show showing shows since some someone something soon
    staff still stop stopped such sure take tell ten than that the their them then there these they
    thing things think this those three through time times today told too tried try trying turn
    twice two unable until use used user users using very want wants was wasn way week were what
    when where which while who whole why will with within without won wont word words work worked
    working works would year yesterday yet you your
"""
_SAY_NOTHING = frozenset(_COMMON.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookalike:
    """An open incident of another school, as far as one needs to see whether it is the same."""

    number: int
    details: str
    """The start of the description, as typed."""
    town: str
    opened_at: datetime
    confidential: bool

    @property
    def reference(self) -> str:
        """``INC0123456``."""
        return format_number(self.number)


def telling_words(text: str) -> frozenset[str]:
    """Return the words of a text that say what it is about, without their endings."""
    words = (word for word in fold(text).split() if len(word) >= _SHORTEST)
    return frozenset(_stem(word) for word in words if word not in _SAY_NOTHING)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def least_in_common(words: int) -> int:
    """Return how many telling words an incident has in common at least with a text that it is like.

    Args:
        words: How many the text has.
    """
    return 1 if words <= _ENOUGH else 2
