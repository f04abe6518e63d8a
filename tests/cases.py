"""Many cases in one test: where they can share a world, one is made for all of them."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

Test = Callable[..., Any]


def each_case(names: str, cases: Sequence[Any]) -> Callable[[Test], Test]:
    """Return a decorator that runs a test over all cases, one after the other.

    As ``pytest.mark.parametrize``, but with the same fixtures for all: one database, one kiosk.
    What fails says at which case.

    Args:
        names: The names of the arguments that a case is for, with commas between them.
        cases: A value for each name; of one name alone the value itself.
    """
    arguments = [name.strip() for name in names.split(",")]

    def values(case: Any) -> dict[str, Any]:
        given = (case,) if len(arguments) == 1 else tuple(case)
        return dict(zip(arguments, given, strict=True))

    def over_all(test: Test) -> Test:
        if inspect.iscoroutinefunction(test):

            @functools.wraps(test)
            async def run(**fixtures: Any) -> None:
                for case in cases:
                    with at_case(case):
                        await test(**fixtures, **values(case))

        else:

            @functools.wraps(test)
            def run(**fixtures: Any) -> None:
                for case in cases:
                    with at_case(case):
                        test(**fixtures, **values(case))

        asked = inspect.signature(test)
        fixtures = [each for name, each in asked.parameters.items() if name not in arguments]
        vars(run)["__signature__"] = asked.replace(parameters=fixtures)
        return run

    return over_all


@contextmanager
def at_case(case: Any) -> Iterator[None]:
    """Say at which case a test failed, where cases are gone through in the test itself."""
    try:
        yield
    except Exception as error:
        error.add_note(f"The case: {case!r}")
        raise
