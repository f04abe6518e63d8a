"""Says why a PostgreSQL server lets nobody in: a wrong database, user or password.

The server's code for it does not come through the driver where a connection fails, but its words
do. Where they are of another language than ours, the server is asked for the code.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.exc import DBAPIError

from eds_tui.repository.refusal_code import code_of_refusal

_SEE = "See the setting database_url."
NO_SUCH_DATABASE = f"The database server has no database of the name that it is asked for. {_SEE}"
NO_SUCH_USER = f"The database server does not let this user in. {_SEE}"
WRONG_PASSWORD = f"The database server does not accept the user or the password. {_SEE}"
NO_PASSWORD = f"The database server asks for a password, and was given none. {_SEE}"
NOT_FROM_HERE = (
    "The database server does not let this user in from here: its administrator has to see to its"
    " pg_hba.conf."
)
WRONG_OPTION = f"What follows ? in the database URL can't be used. {_SEE}"

_WORDS = (
    (NO_PASSWORD, r"no password supplied|empty password returned by client"),
    (WRONG_PASSWORD, r"\w+ authentication failed for user"),
    (NO_SUCH_DATABASE, r'database "(?:[^"]|"")*" does not exist'),
    (NO_SUCH_USER, r'role "(?:[^"]|"")*" (?:does not exist|is not permitted to log in)'),
    (NO_SUCH_USER, r"permission denied for database"),
    (NOT_FROM_HERE, r"no pg_hba\.conf entry|pg_hba\.conf rejects connection"),
    (WRONG_OPTION, r"invalid \w+ value: |invalid port number|unrecognized configuration parameter"),
)
_ANSWER = re.compile(r"failed: [^\s:]+:  \S")
"""What the server has said itself stands behind a word of how grave it is, and two blanks."""
_CODES = {
    "3D000": NO_SUCH_DATABASE,
    "28P01": WRONG_PASSWORD,
    "28000": NO_SUCH_USER,
    "42501": NO_SUCH_USER,
    "22023": WRONG_OPTION,
    "42704": WRONG_OPTION,
}
_PATTERNS = tuple((sentence, re.compile(words)) for sentence, words in _WORDS)


def why_refused(error: DBAPIError) -> str:
    """Return why a server let nobody in, in a sentence, or nothing where that is not why.

    Args:
        error: Raised when a connection was to be made, or by what was asked over one.
    """
    cause: Any = error.orig
    if not hasattr(cause, "pgconn") or getattr(cause, "sqlstate", None):
        return ""
    words = str(cause)
    for sentence, pattern in _PATTERNS:
        if pattern.search(words):
            return sentence
    if getattr(cause.pgconn, "needs_password", False):
        return NO_PASSWORD
    has_answered = cause.pgconn is not None and _ANSWER.search(words)
    return _CODES.get(code_of_refusal(cause.pgconn.info), "") if has_answered else ""
