"""Holds one of each service of an installation, for the front ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eds_tui.domain.clock import Clock
    from eds_tui.repository.reachability import Reachability
    from eds_tui.services.accounts import Accounts
    from eds_tui.services.attachments import Attachments
    from eds_tui.services.callers import Callers
    from eds_tui.services.canned_replies import CannedReplies
    from eds_tui.services.change_feed import ChangeFeed
    from eds_tui.services.conversation import Conversation
    from eds_tui.services.corrections import Corrections
    from eds_tui.services.drafts import Drafts
    from eds_tui.services.feedback_list import FeedbackList
    from eds_tui.services.hand_overs import HandOvers
    from eds_tui.services.history import History
    from eds_tui.services.housekeeping import Housekeeping
    from eds_tui.services.outbox import Outbox
    from eds_tui.services.preferences import Preferences
    from eds_tui.services.presence import Presence
    from eds_tui.services.queue import Queue
    from eds_tui.services.report import Report
    from eds_tui.services.saved_views import SavedViews
    from eds_tui.services.schools import Schools
    from eds_tui.services.search import Search
    from eds_tui.services.service_levels import ServiceLevels
    from eds_tui.services.sign_in import SignIn
    from eds_tui.services.triage import Triage


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """One of each service, over one database. Imports none of them, so that a screen may."""

    clock: Clock
    """By which they all store."""
    reachability: Reachability
    """Whether the database could be reached when anything was last asked of it."""
    accounts: Accounts
    attachments: Attachments
    canned_replies: CannedReplies
    callers: Callers
    conversation: Conversation
    corrections: Corrections
    drafts: Drafts
    feed: ChangeFeed
    feedback: FeedbackList
    hand_overs: HandOvers
    history: History
    housekeeping: Housekeeping
    outbox: Outbox
    preferences: Preferences
    presence: Presence
    queue: Queue
    report: Report
    saved_views: SavedViews
    schools: Schools
    search: Search
    service_levels: ServiceLevels
    sign_in: SignIn
    triage: Triage
