"""Makes the screens of a session, each with just the services that it uses."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.drafts import kind_of, number_of
from eds_tui.domain.errors import NotAllowed
from eds_tui.domain.school import School
from eds_tui.domain.views import Draft
from eds_tui.services.container import Services
from eds_tui.services.files import shelf_of
from eds_tui.services.information import topics
from eds_tui.settings import Settings
from eds_tui.ui.features.session_drafts import SessionDrafts
from eds_tui.ui.screens.call import CallScreen
from eds_tui.ui.screens.deciding import Deciding, Memory
from eds_tui.ui.screens.home import HomeScreen
from eds_tui.ui.screens.incident import IncidentScreen
from eds_tui.ui.screens.information import InformationScreen
from eds_tui.ui.screens.queue import QueueScreen
from eds_tui.ui.screens.report import ReportScreen
from eds_tui.ui.screens.search import SearchScreen
from eds_tui.ui.screens.site import SiteScreen


class SessionScreens:
    """The screens of one session.

    Args:
        desk: The services.
        account: Who has signed in.
        school: The account's school; ``None`` for the service centre.
        settings: Telephone, address and folder.
        clock: The clock.
    """

    def __init__(
        self,
        desk: Services,
        account: Account,
        school: School | None,
        settings: Settings,
        clock: Clock,
    ) -> None:
        self._desk = desk
        self._account = account
        self._school = school
        self._settings = settings
        self._clock = clock
        self.session_drafts = SessionDrafts(desk.drafts, account)
        self._deciding = Deciding(
            desk.triage, desk.history, desk.conversation, Memory(), self.session_drafts
        )
        self._shelf = shelf_of(account, settings.files)

    def home(self) -> Screen[None]:
        """Return the queue, or a school's own incidents.

        Raises:
            NotAllowed: A school account without a school.
        """
        if self._account.may(Action.LOG_CALLS):
            services = (self._desk.queue, self._desk.saved_views, self._desk.outbox)
            return QueueScreen(services, self._deciding, self._account, self, self._clock)
        if self._school is None:
            raise NotAllowed("This account belongs to no school; ask the service centre.")
        return HomeScreen(self._desk.queue, self._account, self, self._clock, self._school)

    def call(self, school_id: int | None = None, text: str = "") -> CallScreen:
        """Return the form of a call."""
        desk = self._desk
        return CallScreen(
            desk.schools, desk.search, desk.report, self.session_drafts, self._shelf,
            self._account, self, self._clock, self._settings.service_centre_telephone, text,
            school_id=school_id,
        )  # fmt: skip

    def report(self, text: str = "") -> ReportScreen:
        """Return the school's form."""
        desk = self._desk
        return ReportScreen(
            desk.report, self.session_drafts, self._shelf, self._account, self, self._clock,
            self._settings.service_centre_telephone, text,
        )  # fmt: skip

    def incident(
        self, number: int, comment: str = "", caller: str = "", *, write: bool = False
    ) -> IncidentScreen:
        """Return one incident."""
        desk = self._desk
        services = (desk.queue, desk.attachments, desk.canned_replies)
        return IncidentScreen(
            services, self._deciding, self._shelf, self._account, self, self._clock,
            number, comment, caller, write,
        )  # fmt: skip

    def unfinished(self, draft: Draft) -> Screen[Any]:
        """Return the form or the incident with a draft in it."""
        number = number_of(draft.place)
        screen: IncidentScreen | CallScreen | ReportScreen
        if number is not None:
            screen = self.incident(number, write=kind_of(draft.place) == "comment")
        else:
            screen = self.call() if kind_of(draft.place) == CallScreen.DRAFT else self.report()
        screen.begin_with(draft)
        return screen

    def search(self, text: str = "") -> Screen[None]:
        """Return the search."""
        return SearchScreen(
            self._desk.search, self._desk.saved_views, self._account, self, self._clock, text
        )

    def site(self, school_id: int) -> Screen[None]:
        """Return a school's card and incidents."""
        return SiteScreen(
            self._desk.schools, self._desk.queue, self._account, self, self._clock, school_id
        )

    def information(self) -> Screen[None]:
        """Return what there is to read."""
        settings = self._settings
        texts = topics(settings.service_centre_telephone, settings.service_centre_email)
        return InformationScreen(texts, self._school)
