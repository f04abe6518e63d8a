"""Puts the parts of the program together: settings, database, services."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from eds_tui.domain.clock import Clock
from eds_tui.domain.notification import Centre
from eds_tui.host import first_use
from eds_tui.host.passwords import Passwords
from eds_tui.repository import schema
from eds_tui.repository.draft_files import DraftFiles
from eds_tui.repository.draft_sessions import DraftSessions
from eds_tui.repository.postgres import PROGRAM
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.accounts import Accounts
from eds_tui.services.attachments import Attachments
from eds_tui.services.callers import Callers
from eds_tui.services.canned_replies import CannedReplies
from eds_tui.services.change_feed import ChangeFeed
from eds_tui.services.container import Services
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

if TYPE_CHECKING:
    from eds_tui.services.delivery import Delivery
    from eds_tui.services.message_texts import MessageTexts
    from eds_tui.settings import Settings


def open_database(database_url: str, *, make: bool = False, program: str = PROGRAM) -> Database:
    """Open a database and bring its schema up to date where it must be.

    Args:
        database_url: Where it is.
        make: Whether one is made where no SQLite file is, or an empty one. Else that raises: its
            disk may be away, and what was written to another would be lost.
        program: By which name a server knows its connections.

    Raises:
        SchemaMismatch: A newer program made the database; it is left as it is.
        Unavailable: It can't be opened.
    """
    database = Database.at(database_url, make=make, program=program)
    with ExitStack() as failing:
        failing.callback(database.close)
        if not schema.is_current(database):
            if not make:
                schema.refuse_empty_file(database)
            schema.upgrade(database.engine)
        failing.pop_all()
    return database


def open_chosen(settings: Settings, *, make: bool = False, program: str = PROGRAM) -> Database:
    """Open the database that the settings name.

    Args:
        settings: The first start on the default place makes it there; none is made in passing
            later, or anywhere else.
        make: Whether one is made in any case where there is none.
        program: By which name a server knows its connections.

    Raises:
        SchemaMismatch: A newer program made the database; it is left as it is.
        Unavailable: It can't be opened.
    """
    url = settings.database_url
    database = open_database(url, make=make or first_use.is_ahead(url), program=program)
    first_use.is_over(url)
    return database


def open_services(
    database: Database,
    clock: Clock | None = None,
    *,
    service_centre_email: str = "",
    drafts: Path | None = None,
    source: str = "",
    operator: str = "",
) -> Services:
    """Return the services over a database.

    Args:
        database: Opened before.
        clock: The clock; the database's own where it is not given.
        service_centre_email: The service desk's own mailbox.
        drafts: The folder for drafts that the database can't take; without one they are not kept.
        source: Where whoever sits at this kiosk comes from.
        operator: The Linux user at the console.
    """
    clock = clock or database.clock
    passwords = Passwords()
    return Services(
        clock=clock,
        reachability=database.reachability,
        accounts=Accounts(database, passwords, clock, operator),
        attachments=Attachments(database, clock), callers=Callers(database, clock, operator),
        canned_replies=CannedReplies(database, clock, operator),
        conversation=Conversation(database, clock, service_centre_email),
        corrections=Corrections(database, clock),
        drafts=_drafts(database, clock, drafts),
        feed=ChangeFeed(database, clock),
        feedback=FeedbackList(database),
        hand_overs=HandOvers(database, clock),
        history=History(database, clock), housekeeping=Housekeeping(database, clock),
        outbox=Outbox(database, clock, operator),
        preferences=Preferences(database), presence=Presence(database, clock),
        queue=Queue(database, clock), report=Report(database, clock),
        saved_views=SavedViews(database),
        schools=Schools(database, clock, operator),
        search=Search(database, clock),
        service_levels=ServiceLevels(database, clock, operator),
        sign_in=SignIn(database, passwords, clock, source),
        triage=Triage(database, clock),
    )  # fmt: skip


def _drafts(database: Database, clock: Clock, folder: Path | None) -> Drafts:
    files = None if folder is None else DraftFiles(folder, database.name)
    sessions = DraftSessions(None if folder is None else folder / "sessions")
    return Drafts(database, clock, files, sessions)


def open_delivery(
    database: Database, settings: Settings, clock: Clock | None = None
) -> Delivery | None:
    """Return what sends e-mails, or ``None`` where the settings name no mail server.

    Raises:
        Unavailable: A setting can't be used.
    """
    # Only a worker sends; a kiosk does not wait for what that needs.
    from eds_tui.mail.message import Sender
    from eds_tui.mail.transport import Smtp
    from eds_tui.services.delivery import Delivery

    transport = Smtp.of(settings)
    if transport is None:
        return None
    sender = Sender.of(mail_from=settings.mail_from, reply_to=settings.service_centre_email)
    return Delivery(database, clock or database.clock, transport, sender, _centre(settings))


def open_message_texts(
    database: Database, settings: Settings, clock: Clock | None = None, *, operator: str = ""
) -> MessageTexts:
    """Return what keeps the texts of e-mails.

    Args:
        database: Opened before.
        settings: How the service centre is reached.
        clock: The clock; the database's own where it is not given.
        operator: The Linux user at the console.
    """
    from eds_tui.services.message_texts import MessageTexts

    return MessageTexts(database, clock or database.clock, _centre(settings), operator)


def _centre(settings: Settings) -> Centre:
    return Centre(telephone=settings.service_centre_telephone, email=settings.service_centre_email)
