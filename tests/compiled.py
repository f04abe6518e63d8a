"""What the processes of the tests compile is kept, and at the first time each compiles a part.

To rewrite what tests assert, and to compile them, takes far longer than to load them again.
"""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import suppress
from pathlib import Path

import pytest

_TESTS = Path(__file__).parent


def keep(config: pytest.Config) -> None:
    """Have it kept among pytest's own files where none may be written beside the modules.

    Only for processes beside this one, which would each compile all of it at each run.
    """
    alone = not config.getoption("numprocesses", None)
    if alone or not sys.dont_write_bytecode or not config.pluginmanager.hasplugin("cacheprovider"):
        return
    assert config.cache is not None
    os.environ["PYTHONPYCACHEPREFIX"] = str(config.cache.mkdir("compiled"))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def share(config: pytest.Config) -> None:
    """Let each of the processes load a part of the tests first, where all are asked for.

    What fails to load is left to be told when it is collected.
    """
    if [config.rootpath / each for each in config.args] != [_TESTS]:
        return
    own = getattr(config, "workerinput", {"workerid": "gw0", "workercount": 1})
    first, step = int(own["workerid"].removeprefix("gw")), own["workercount"]
    for file in sorted(_TESTS.rglob("test_*.py"))[first::step]:
        with suppress(Exception, pytest.skip.Exception):
            importlib.import_module(".".join(file.relative_to(_TESTS.parent).with_suffix("").parts))
