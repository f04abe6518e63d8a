"""Draws texts: each once before any is repeated, its slots filled alike throughout."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random
from typing import Generic, TypeVar

from eds_tui.demo.data import IncidentTemplate, Talk
from eds_tui.domain.lifecycle import State

_SLOT = re.compile(r"\{(\w+)\}")

Card = TypeVar("Card")


class Deck(Generic[Card]):
    """Deals every card once before it deals any again.

    Args:
        rng: Shuffles it.
        cards: At least one.
    """

    def __init__(self, rng: Random, cards: Iterable[Card]) -> None:
        self._rng = rng
        self._cards = list(cards)
        self._left: list[Card] = []

    def deal(self) -> Card:
        """Return the next card."""
        if not self._left:
            self._left = self._rng.sample(self._cards, len(self._cards))
        return self._left.pop()


class Wording:
    """Fills the slots of one incident's texts.

    Args:
        rng: Draws the words.
        words: What each slot may be filled with.
    """

    def __init__(self, rng: Random, words: dict[str, list[str]]) -> None:
        self._rng = rng
        self._words = words
        self._chosen: dict[str, str] = {}

    def fill(self, text: str) -> str:
        """Return the text with its slots filled; a word that it starts with gets a capital."""
        filled = _SLOT.sub(self._word, text)
        return filled[:1].upper() + filled[1:] if text.startswith("{") else filled

    def _word(self, slot: re.Match[str]) -> str:
        name = slot[1]
        if name not in self._chosen:
            self._chosen[name] = self._rng.choice(self._words[name])
        return self._chosen[name]


Line = tuple[bool, str]
"""Whether the school says it, and what is said."""


def conversation(rng: Random, state: State, template: IncidentTemplate, talk: Talk) -> list[Line]:
    """Return what has been said on an incident by the time it is in a state.

    One that waits for the school always ends with the question (rule 17).
    """
    question = [(False, template.ask)] if template.ask else []
    answered = [*question, (True, template.answer)] if template.ask else []
    chased = [(True, rng.choice(talk.chase))]
    done = [(False, template.done)] if template.done else []
    working = [(False, rng.choice(talk.working))]
    match state:
        case State.NEW | State.AWAITING_TRIAGE:
            return []
        case State.ON_HOLD_CUSTOMER:
            return question
        case State.ON_HOLD_CHANGE:
            return [*rng.choice([answered, chased, []]), (False, rng.choice(talk.change))]
        case State.ON_HOLD_DEFERRAL:
            return [*rng.choice([answered, []]), (False, rng.choice(talk.deferral))]
        case State.IN_PROGRESS:
            return rng.choice([[], working, answered, answered + working, working + chased])
        case State.RESOLVED | State.CLOSED:
            return rng.choice([done, answered + done, answered + done, chased + done])
