"""Makes the screens of a session, each with just the services that it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.drafts import CALL, CORRECTION, kind_of, number_of
from eds_tui.domain.errors import NotAllowed
from eds_tui.domain.same_fault import SameFault
from eds_tui.domain.school import School
from eds_tui.domain.service_centre import ServiceCentre
from eds_tui.domain.triage import Assignee
from eds_tui.domain.views import Draft
from eds_tui.services.container import Services
from eds_tui.services.files import shelf_of
from eds_tui.settings import Settings
from eds_tui.ui.features.appearance import AppearanceChoice
from eds_tui.ui.features.bell import Bell
from eds_tui.ui.features.comment_box import BegunComment
from eds_tui.ui.features.decisions import DecisionMemory, DecisionServices
from eds_tui.ui.features.host import Host
from eds_tui.ui.features.incident_services import IncidentServices
from eds_tui.ui.features.session_drafts import SessionDrafts
from eds_tui.ui.features.sorting import ListMemory
from eds_tui.ui.features.working_list import ListServices
from eds_tui.ui.widgets.incident_list import IncidentList

if TYPE_CHECKING:
    from eds_tui.ui.features.form_features import FormServices
    from eds_tui.ui.screens.call import CallScreen
    from eds_tui.ui.screens.correction import CorrectionScreen
    from eds_tui.ui.screens.incident import IncidentScreen
    from eds_tui.ui.screens.report import ReportScreen


class SessionScreens:
    """The screens of one session; those that few come to are loaded when they are wanted.

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
        self.bell = Bell(accounts=services.accounts, account=account)
        self._shelf = shelf_of(account, settings.files)
        self._deciding = DecisionServices(
            triage=services.triage,
            history=services.history,
            conversation=services.conversation,
            callers=services.callers,
            memory=DecisionMemory(),
            drafts=self.session_drafts,
            replies=services.canned_replies,
            shelf=self._shelf,
        )
        self._lists = ListServices(
            queue=services.queue, decisions=self._deciding, memory=ListMemory()
        )

    def appearance(self, host: Host) -> AppearanceChoice:
        """Return what a screen offers other colours with."""
        return AppearanceChoice(
            host=host,
            preferences=self._services.preferences,
            account=self._account,
            bell=self.bell,
        )

    def home(self) -> Screen[None]:
        """Return the queue, or a school's own incidents.

        Raises:
            NotAllowed: A school account without a school.
        """
        if self._account.may(Action.LOG_CALLS):
            from eds_tui.ui.screens.queue import QueueScreen, QueueServices

            services = QueueServices(
                lists=self._lists,
                saved_views=self._services.saved_views,
                outbox=self._services.outbox,
                feedback=self._services.feedback,
                hand_overs=self._services.hand_overs,
            )
            return QueueScreen(
                services=services, account=self._account, screens=self, clock=self._clock
            )
        if self._school is None:
            raise NotAllowed("This account belongs to no school; ask the service centre.")
        from eds_tui.ui.screens.home import HomeScreen

        return HomeScreen(
            queue=self._services.queue,
            account=self._account,
            school=self._school,
            screens=self,
            clock=self._clock,
        )

    def call(
        self, school_id: int | None = None, text: str = "", *, same: SameFault | None = None
    ) -> CallScreen:
        """Return the form of a call."""
        from eds_tui.ui.features.call_features import CallServices
        from eds_tui.ui.screens.call import CallScreen

        services = self._services
        call = CallServices(
            schools=services.schools, search=services.search, replies=services.canned_replies
        )
        return CallScreen(
            services=self._form_services(), call=call, school_id=school_id, text=text, same=same
        )

    def report(self, text: str = "") -> ReportScreen:
        """Return the school's form."""
        from eds_tui.ui.screens.report import ReportScreen

        return ReportScreen(services=self._form_services(), text=text)

    def _form_services(self) -> FormServices:
        from eds_tui.ui.features.form_features import FormServices

        return FormServices(
            report=self._services.report,
            drafts=self.session_drafts,
            shelf=self._shelf,
            account=self._account,
            screens=self,
            clock=self._clock,
            memory=self._deciding.memory,
            centre=ServiceCentre(
                telephone=self._settings.service_centre_telephone,
                email=self._settings.service_centre_email,
            ),
        )

    def incident(
        self,
        number: int,
        comment: str = "",
        caller: str = "",
        *,
        write: bool = False,
        among: IncidentList | None = None,
    ) -> IncidentScreen:
        """Return one incident."""
        from eds_tui.ui.screens.incident import IncidentScreen

        services = self._services
        return IncidentScreen(
            services=IncidentServices(
                queue=services.queue,
                attachments=services.attachments,
                shelf=self._shelf, decisions=self._deciding,
            ),
            account=self._account, screens=self, clock=self._clock, number=number,
            begun=BegunComment(text=comment, caller=caller, write=write), among=among,
        )  # fmt: skip

    def correction(self, number: int) -> CorrectionScreen:
        """Return the form that puts an incident right."""
        from eds_tui.ui.features.correction_saving import CorrectionServices
        from eds_tui.ui.screens.correction import CorrectionScreen

        services = self._services
        return CorrectionScreen(
            services=CorrectionServices(
                queue=services.queue, corrections=services.corrections,
                drafts=self.session_drafts, account=self._account, clock=self._clock,
            ),
            schools=services.schools, screens=self, number=number,
        )  # fmt: skip

    def unfinished(self, draft: Draft) -> Screen[Any]:
        """Return the form or the incident with a draft in it."""
        number = number_of(draft.place)
        screen: IncidentScreen | CallScreen | ReportScreen | CorrectionScreen
        if number is not None and kind_of(draft.place) == CORRECTION:
            screen = self.correction(number)
        elif number is not None:
            screen = self.incident(number, write=kind_of(draft.place) == "comment")
        else:
            screen = self.call() if kind_of(draft.place) == CALL else self.report()
        screen.begin_with(draft)
        return screen

    def search(self, text: str = "", name: str = "") -> Screen[None]:
        """Return the search, or what a saved view finds under its name."""
        from eds_tui.ui.screens.search import SearchScreen, SearchServices

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
        from eds_tui.ui.screens.site import SiteScreen

        return SiteScreen(
            schools=self._services.schools,
            callers=self._services.callers,
            lists=self._lists,
            account=self._account,
            school_id=school_id,
            screens=self,
            clock=self._clock,
        )

    def people(self) -> Screen[None]:
        """Return who has what."""
        from eds_tui.ui.screens.people import PeopleScreen

        return PeopleScreen(
            hand_overs=self._services.hand_overs, account=self._account, screens=self
        )

    def pile(self, holder: Assignee) -> Screen[None]:
        """Return what somebody has."""
        from eds_tui.ui.screens.pile import PileScreen, PileServices

        services = PileServices(lists=self._lists, hand_overs=self._services.hand_overs)
        return PileScreen(
            services=services, account=self._account, screens=self, clock=self._clock, holder=holder
        )

    def information(self) -> Screen[None]:
        """Return what there is to read."""
        from eds_tui.services.information import topics
        from eds_tui.ui.screens.information import InformationScreen

        settings = self._settings
        texts = topics(settings.service_centre_telephone, settings.service_centre_email)
        return InformationScreen(
            topics=texts, school=self._school, level=self._services.service_levels.current
        )
