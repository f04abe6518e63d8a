"""What is loaded when it is first used: each in a process of its own, since modules stay."""

from __future__ import annotations

import subprocess
import sys


def _printed(code: str) -> list[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    ).stdout.splitlines()


LATER = "from eds_tui.repository.later import load_later\nimport sys\n"


def test_a_module_is_there_at_once_and_loaded_when_it_is_used() -> None:
    assert _printed(
        LATER
        + "load_later('wsgiref.simple_server')\n"
        + "import wsgiref.simple_server, wsgiref\n"
        + "print('http.server' in sys.modules)\n"
        + "print(wsgiref.simple_server.WSGIServer.__name__)\n"
        + "print('http.server' in sys.modules, type(wsgiref.simple_server).__name__)\n"
    ) == ["False", "WSGIServer", "True module"]


def test_a_name_that_is_imported_loads_it_and_a_name_it_has_not_is_refused() -> None:
    assert _printed(
        LATER
        + "load_later('wsgiref.util')\n"
        + "try:\n    from wsgiref.util import nothing\n"
        + "except ImportError as error:\n    print('nothing' in str(error))\n"
        + "from wsgiref.util import guess_scheme\nprint(guess_scheme({}))\n"
    ) == ["True", "http"]


def test_a_package_finds_its_own_modules_while_it_is_loaded() -> None:
    """The version of what is installed is told as ever once SQLAlchemy has been imported."""
    assert _printed(
        "import eds_tui.repository.tables, sys\n"
        "print('zipfile' in sys.modules, 'email.message' in sys.modules)\n"
        "from importlib.metadata import version\nimport importlib.metadata\n"
        "print(version('sqlalchemy').split('.')[0])\n"
        "try:\n    version('no-such-thing')\n"
        "except importlib.metadata.PackageNotFoundError as error:\n    print(error.name)\n"
    ) == ["False False", "2", "no-such-thing"]


def test_many_threads_that_use_it_at_once_load_it_once() -> None:
    assert _printed(
        LATER
        + "from concurrent.futures import ThreadPoolExecutor\n"
        + "from threading import Barrier\n"
        + "load_later('xml.dom.minidom')\nimport xml.dom.minidom as minidom\n"
        + "ready = Barrier(8)\n"
        + "def use(_):\n    ready.wait()\n    return id(minidom.parseString)\n"
        + "with ThreadPoolExecutor(8) as pool:\n    print(len(set(pool.map(use, range(8)))))\n"
    ) == ["1"]


def test_what_is_loaded_already_stays_and_what_is_nowhere_is_refused() -> None:
    assert _printed(
        LATER
        + "import json.decoder as before\nload_later('json.decoder')\n"
        + "print(sys.modules['json.decoder'] is before)\n"
        + "try:\n    load_later('json.nowhere')\n"
        + "except ModuleNotFoundError as error:\n    print(error.name)\n"
    ) == ["True", "json.nowhere"]
