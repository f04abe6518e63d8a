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
from eds_tui.ui.features.call_features import CallServices
from eds_tui.ui.features.comment_box import BegunComment
from eds_tui.ui.features.decisions import DecisionMemory, DecisionServices
from eds_tui.ui.features.form_features import FormServices
from eds_tui.ui.features.incident_services import IncidentServices
from eds_tui.ui.features.session_drafts import SessionDrafts
from eds_tui.ui.features.sorting import ListMemory
from eds_tui.ui.features.working_list import ListServices
from eds_tui.ui.screens.call import CallScreen
from eds_tui.ui.screens.home import HomeScreen
from eds_tui.ui.screens.incident import IncidentScreen
from eds_tui.ui.screens.information import InformationScreen
from eds_tui.ui.screens.queue import QueueScreen, QueueServices
from eds_tui.ui.screens.report import ReportScreen
from eds_tui.ui.screens.search import SearchScreen, SearchServices
from eds_tui.ui.screens.site import SiteScreen


class SessionScreens:
    """The screens of one session.

    Args:
        services: The services.
        account: Who has signed in.
        school: The account's school; ``None`` for the service centre.
        settings: Telephone, address and folder.
        clock: The clock.
    """

    def __init__(
        self,
        *,
        services: Services,
        account: Account,
        school: School | None,
        settings: Settings,
        clock: Clock,
    ) -> None:
        self._services = services
        self._account = account
        self._school = school
        self._settings = settings
        self._clock = clock
        self.session_drafts = SessionDrafts(drafts=services.drafts, account=account)
        self._deciding = DecisionServices(
            triage=services.triage,
            history=services.history,
            conversation=services.conversation,
            memory=DecisionMemory(),
            drafts=self.session_drafts,
        )
        self._lists = ListServices(
            queue=services.queue, decisions=self._deciding, memory=ListMemory()
        )
        self._shelf = shelf_of(account, settings.files)

    def home(self) -> Screen[None]:
        """Return the queue, or a school's own incidents.

        Raises:
            NotAllowed: A school account without a school.
        """
        if self._account.may(Action.LOG_CALLS):
            services = QueueServices(
                lists=self._lists,
                saved_views=self._services.saved_views,
                outbox=self._services.outbox,
                feedback=self._services.feedback,
            )
            return QueueScreen(
                services=services, account=self._account, screens=self, clock=self._clock
            )
        if self._school is None:
            raise NotAllowed("This account belongs to no school; ask the service centre.")
        return HomeScreen(
            queue=self._services.queue,
            account=self._account,
            school=self._school,
            screens=self,
            clock=self._clock,
        )

    def call(self, school_id: int | None = None, text: str = "") -> CallScreen:
        """Return the form of a call."""
        call = CallServices(schools=self._services.schools, search=self._services.search)
        return CallScreen(services=self._form_services(), call=call, school_id=school_id, text=text)

    def report(self, text: str = "") -> ReportScreen:
        """Return the school's form."""
        return ReportScreen(services=self._form_services(), text=text)

    def _form_services(self) -> FormServices:
        return FormServices(
            report=self._services.report,
            drafts=self.session_drafts,
            shelf=self._shelf,
            account=self._account,
            screens=self,
            clock=self._clock,
            telephone=self._settings.service_centre_telephone,
        )

    def incident(
        self, number: int, comment: str = "", caller: str = "", *, write: bool = False
    ) -> IncidentScreen:
        """Return one incident."""
        services = self._services
        return IncidentScreen(
            services=IncidentServices(
                queue=services.queue,
                attachments=services.attachments,
                replies=services.canned_replies,
                shelf=self._shelf, decisions=self._deciding,
            ),
            account=self._account, screens=self, clock=self._clock, number=number,
            begun=BegunComment(text=comment, caller=caller, write=write),
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

    def search(self, text: str = "", name: str = "") -> Screen[None]:
        """Return the search, or what a saved view finds under its name."""
        services = SearchServices(
            search=self._services.search,
            saved_views=self._services.saved_views,
            lists=self._lists,
        )
        return SearchScreen(
            services=services, account=self._account, screens=self, clock=self._clock, text=text,
            name=name,
        )  # fmt: skip

    def site(self, school_id: int) -> Screen[None]:
        """Return a school's card and incidents."""
        return SiteScreen(
            schools=self._services.schools,
            lists=self._lists,
            account=self._account,
            school_id=school_id,
            screens=self,
            clock=self._clock,
        )

    def information(self) -> Screen[None]:
        """Return what there is to read."""
        settings = self._settings
        texts = topics(settings.service_centre_telephone, settings.service_centre_email)
        return InformationScreen(
            topics=texts, school=self._school, level=self._services.service_levels.current
        )
