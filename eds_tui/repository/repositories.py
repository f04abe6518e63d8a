"""All repositories, over one connection."""

from __future__ import annotations

from sqlalchemy import Connection

from eds_tui.domain.clock import Clock
from eds_tui.repository.accounts import AccountRepository
from eds_tui.repository.attachments import AttachmentRepository
from eds_tui.repository.calls import CallRepository
from eds_tui.repository.canned_replies import CannedReplyRepository
from eds_tui.repository.clock_record import ClockRepository
from eds_tui.repository.comments import CommentRepository
from eds_tui.repository.decision_mail import DecisionMailRepository
from eds_tui.repository.drafts import DraftRepository
from eds_tui.repository.events import EventRepository
from eds_tui.repository.hand_overs import HandOverRepository
from eds_tui.repository.idempotency import IdempotencyRepository
from eds_tui.repository.incidents import IncidentRepository
from eds_tui.repository.lookalikes import LookalikeRepository
from eds_tui.repository.message_texts import MessageTextRepository
from eds_tui.repository.moves import MoveRepository
from eds_tui.repository.notifications import NotificationRepository
from eds_tui.repository.own_replies import OwnReplyRepository
from eds_tui.repository.piles import PileRepository
from eds_tui.repository.presence import PresenceRepository
from eds_tui.repository.ratings import RatingRepository
from eds_tui.repository.receipts import ReceiptRepository
from eds_tui.repository.saved_views import SavedViewRepository
from eds_tui.repository.schools import SchoolRepository
from eds_tui.repository.search import SearchRepository
from eds_tui.repository.service_levels import ServiceLevelRepository
from eds_tui.repository.sign_in_counts import SignInCountRepository
from eds_tui.repository.unread import UnreadRepository


class Repositories:
    """The repositories that work goes through, over one connection."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self.accounts = AccountRepository(connection)
        self.attachments = AttachmentRepository(connection)
        self.calls = CallRepository(connection)
        self.canned_replies = CannedReplyRepository(connection)
        self.clock = ClockRepository(connection, clock)
        self.comments = CommentRepository(connection)
        self.decision_mail = DecisionMailRepository(connection)
        self.drafts = DraftRepository(connection)
        self.events = EventRepository(connection)
        self.hand_overs = HandOverRepository(connection)
        self.idempotency = IdempotencyRepository(connection)
        self.incidents = IncidentRepository(connection)
        self.lookalikes = LookalikeRepository(connection)
        self.message_texts = MessageTextRepository(connection)
        self.moves = MoveRepository(connection)
        self.notifications = NotificationRepository(connection)
        self.own_replies = OwnReplyRepository(connection)
        self.piles = PileRepository(connection)
        self.presence = PresenceRepository(connection)
        self.ratings = RatingRepository(connection)
        self.receipts = ReceiptRepository(connection)
        self.saved_views = SavedViewRepository(connection)
        self.schools = SchoolRepository(connection)
        self.search = SearchRepository(connection)
        self.service_levels = ServiceLevelRepository(connection)
        self.sign_in_counts = SignInCountRepository(connection)
        self.unread = UnreadRepository(connection)
