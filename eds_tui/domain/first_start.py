"""The text that is shown where the database has no account yet."""

from __future__ import annotations

import re

from eds_tui.domain.text import visible


def without_password(database_url: str) -> str:
    """Return a database's URL as it may be shown to whoever looks over a shoulder."""
    before_host = re.sub(r"(?<=://)([^:/@]*):[^@]*@", r"\1:***@", database_url)
    return re.sub(r"(?<=[?&])(\w*password)=[^&]*", r"\1=***", before_host)


def first_start_words(database_url: str) -> str:
    """Return, in several lines, how the first accounts of a database are made.

    Args:
        database_url: Named, so that a setting that points to the wrong place is seen.
    """
    return f"""\
There is no account yet in {visible(without_password(database_url))}

Make a school and the first accounts here, at the command line; an account
asks for its password:

  eds-tui school add --portal-number 09021 --name "Test School" --town Preston
  eds-tui account add 09021EDU --name "A. Head" --role school --school 09021
  eds-tui account add handler --name "A. Handler" --role handler

Then start eds-tui again. With --database URL, give the same to all of them.
For a look around with made-up schools and incidents: eds-tui demo"""
