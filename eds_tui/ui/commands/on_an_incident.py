"""What can be done on an open incident, by whom: in the order of the bottom line and the help."""

from __future__ import annotations

from eds_tui.ui.commands.base import Command
from eds_tui.ui.commands.everywhere import Back, Help, NextCall, Redraw, Refresh, Unfinished
from eds_tui.ui.commands.forms import AttachFile, DropFile, Send
from eds_tui.ui.commands.incidents import (
    Comment,
    Copy,
    FollowUp,
    NextIncident,
    PreviousIncident,
    Rate,
    SameFault,
    SaveAttachment,
    SiteIncidents,
    TakeFileBack,
)  # fmt: skip
from eds_tui.ui.commands.triage import (
    Assign,
    AssignToMe,
    CannedReplies,
    Correct,
    ExplainDue,
    FlipConfidential,
    Link,
    Rang,
    Refused,
    Search,
    SetPriority,
    SetState,
    ShowHistory,
    Undo,
    WorkNote,
)  # fmt: skip

ON_AN_INCIDENT = (
    Comment, Send, SetPriority, SetState, NextIncident, PreviousIncident, Assign, AssignToMe,
    SaveAttachment, Rate, Back, AttachFile, CannedReplies, DropFile, Rang, WorkNote, Undo, Refused,
    FollowUp, SameFault, Correct, FlipConfidential, Link, ShowHistory, ExplainDue,
    TakeFileBack, SiteIncidents, Copy, Search, Unfinished, NextCall, Refresh, Redraw, Help,
)  # fmt: skip
OF_ITS_SCHOOL: frozenset[type[Command]] = frozenset(
    (
        Comment, Send, AttachFile, DropFile, SaveAttachment, Rate, NextIncident, PreviousIncident,
        FollowUp, Copy, Back, Search, Unfinished, Refresh, Redraw, Help,
    )
)  # fmt: skip
"""What a school can do on an incident of its own."""
WHERE_NOTHING_IS: tuple[type[Command], ...] = (Back, Search, Redraw, Help)
"""What can be done where there is no such incident for the reader (rule 24)."""
ALWAYS = frozenset({"ctrl+q", NextCall.keys, "tab", "shift+tab"})
"""Keys that do what they do, also where there is no incident."""
