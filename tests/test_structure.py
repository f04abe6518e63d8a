"""The shape of the code: small classes that hold one another, short functions, short files."""

from __future__ import annotations

import ast

from textual.screen import Screen

from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.screens.base import BaseScreen
from tests.structure import (
    ROOT,
    classes,
    dispatched,
    functions,
    is_abstract,
    is_ours,
    length,
    methods,
    name_of,
    of_package,
    parameters,
    service_names,
    trees,
)

MOST_METHODS = 45
"""Methods that a class has in effect: its own and those of its bases of ours."""
LONGEST_FUNCTION = 45
"""Lines, without decorators."""
LONGEST_FILE = 300
"""Lines."""


def test_no_class_has_more_methods_in_effect_than_one_can_keep_in_mind() -> None:
    found = {name_of(kind): len(methods(kind)) for kind in classes()}
    many = {name: count for name, count in found.items() if count > MOST_METHODS}
    assert many == {}


def test_a_screen_has_one_base_of_ours_and_no_more() -> None:
    deep = {}
    for kind in classes():
        bases = [each for each in kind.__mro__[1:] if is_ours(each)]
        if issubclass(kind, Screen) and bases not in ([], [BaseScreen], [Dialog]):
            deep[name_of(kind)] = bases
    assert deep == {}


def test_nothing_is_left_to_whoever_derives_from_a_class_that_is_not_abstract() -> None:
    found = {
        name
        for name, function, owner in functions(of_package())
        for node in ast.walk(function)
        if isinstance(node, ast.Raise) and node.exc is not None and not is_abstract(owner)
        if "NotImplementedError" in ast.unparse(node.exc)
    }
    assert found == set()


def test_a_constructor_names_what_it_is_given() -> None:
    found = {
        name
        for name, function, _ in functions(of_package())
        for parameter, annotation in parameters(function)
        if function.name == "__init__" and parameter.startswith("*")
        if ast.unparse(annotation) in {"Any", "object"}
    }
    assert found == set()


def test_services_come_by_name_and_not_as_a_tuple() -> None:
    kinds = service_names()
    found = {
        f"{name}({parameter})"
        for name, function, _ in functions(of_package())
        for parameter, annotation in parameters(function)
        for node in ast.walk(annotation)
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "tuple"
        if kinds & {each.id for each in ast.walk(node.slice) if isinstance(each, ast.Name)}
    }
    assert found == set()


def test_no_handler_runs_twice() -> None:
    """Textual itself calls the handler of every class in the chain."""
    assert classes()
    names = dispatched()
    found = {
        name
        for name, function, _ in functions(of_package())
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and node.attr in names
        if ast.unparse(node.value) == "super()"
    }
    assert found == set()


def test_no_function_is_longer_than_a_screen() -> None:
    found = {name: length(function) for name, function, _ in functions(trees())}
    long = {name: lines for name, lines in found.items() if lines > LONGEST_FUNCTION}
    assert long == {}


def test_no_file_is_longer_than_one_likes_to_read() -> None:
    found = {path: len((ROOT / path).read_text().splitlines()) for path, _ in trees()}
    long = {path: lines for path, lines in found.items() if lines > LONGEST_FILE}
    assert long == {}


class Deep(BaseScreen[None]):
    """Has a method that is not of the package, and one base of ours."""

    def further(self) -> None:
        """Do nothing."""


def test_methods_of_bases_count_and_those_of_textual_do_not() -> None:
    assert {"heading", "say", "handlers", "action_perform"} <= methods(Deep)
    assert not {"query_one", "mount", "further"} & methods(Deep)
