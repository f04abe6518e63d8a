"""``eds-tui incidents``: triage decisions, each answered with the incident as it then is."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

import click

from eds_tui.cli.choices import PRIORITY, Reference
from eds_tui.cli.context import (
    STANDARD_STREAM,
    TEXT,
    acting,
    database_option,
    opened_desk,
    text_or_input,
)  # fmt: skip
from eds_tui.cli.options import as_option, number_argument, one_of
from eds_tui.cli.plain import outcome
from eds_tui.cli.state_change import ASKED_BY, asked_for, state_options
from eds_tui.desk import Desk
from eds_tui.domain.account import Account
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.text import visible
from eds_tui.domain.triage import Assignee
from eds_tui.domain.views import IncidentRow
