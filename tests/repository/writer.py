"""A process of its own that opens the database and logs incidents, as a kiosk would."""

from __future__ import annotations

import json
import sys

from eds_tui import bootstrap
from tests.factories import new_form


def main(database_url: str, login: str, saves: int) -> list[int]:
    """Open the database, log so many incidents and return their numbers."""
    database = bootstrap.open_database(database_url)
    services = bootstrap.open_services(database)
    numbers = []
    if saves:
        actor = services.accounts.by_login(login)
        forms = (new_form(submission=f"{login}-{sys.argv[4]}-{save}") for save in range(saves))
        numbers = [services.report.log(actor, form).number for form in forms]
    database.close()
    return numbers


if __name__ == "__main__":
    sys.stdin.readline()
    print(json.dumps(main(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
