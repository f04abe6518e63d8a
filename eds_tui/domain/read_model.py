"""What is read by the hundred: frozen for whoever writes the program, quick to make for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

Model = TypeVar("Model")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def read_model(kind: type[Model]) -> type[Model]:
    """Make a class one of values that are never changed, of which a list has a hundred.

    The type checker refuses to set a field, as of a frozen dataclass. Python does not look: its own
    way of freezing takes longer than all else that is done for a row, the database included.
    """
    return dataclass(slots=True, kw_only=True, unsafe_hash=True)(kind)
