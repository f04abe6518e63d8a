"""What the form of a call can do beside every other form, put together (rules 29 to 34)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eds_tui.domain.same_fault import SameFault
from eds_tui.services.canned_replies import CannedReplies
from eds_tui.services.schools import Schools
from eds_tui.services.search import Search
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.features.call_contents import CallContents, CallWidgets
from eds_tui.ui.features.call_heading import CallHeading
from eds_tui.ui.features.canned_replies import About, CannedReplyPicker, ReplyTarget
from eds_tui.ui.features.form_contents import IncidentContents
from eds_tui.ui.features.form_features import FormServices
from eds_tui.ui.features.form_host import FormHost
from eds_tui.ui.features.host import Host
from eds_tui.ui.features.known_callers import KnownCallers
from eds_tui.ui.features.lookalikes import Lookalikes, LookalikeServices
from eds_tui.ui.features.open_at_school import OpenAtSchool
from eds_tui.ui.features.school_finder import SchoolFinder


@dataclass(frozen=True, kw_only=True)
class CallServices:
    """What the form of a call is given beside what every form is."""

    schools: Schools
    """Where the caller's school is found, with what it has open."""
    search: Search
    """Finds what reads alike at other schools."""
    replies: CannedReplies
    """Has the canned replies."""


class CallFeatures:
    """Finding the school, offering its callers, what it has open, what reads alike elsewhere.

    Args:
        host: The screen.
        services: What every form is given.
        call: What a call is given beside that.
        widgets: What the form is made of.
        began_at: When the call was taken.
        same: The fault that another school has rung about before.
    """

    def __init__(
        self,
        *,
        host: FormHost,
        services: FormServices,
        call: CallServices,
        widgets: CallWidgets,
        began_at: datetime,
        same: SameFault | None = None,
    ) -> None:
        self._same = same
        self.heading = CallHeading(
            host=host, name=services.account.name, clock=services.clock, began_at=began_at
        )
        """The top line."""
        self._widgets = widgets
        self._began_at = began_at
        self.finder = finder = SchoolFinder(
            host=host,
            schools=call.schools,
            account=services.account,
            widgets=widgets.who.school,
            go_on=widgets.who.caller.focus if same else widgets.fields.category.focus,
        )
        """The caller's school."""
        self.callers = self._make_callers()
        """The people known there."""
        self.open_here = OpenAtSchool(
            host=host,
            schools=call.schools,
            account=services.account,
            rows=widgets.open_here,
            school=lambda: finder.school,
            known=self.callers.know,
        )
        """What it has open."""
        self.lookalikes = self._make_lookalikes(host, services, call)
        """What reads alike elsewhere."""
        self.replies = CannedReplyPicker(
            host=host, replies=call.replies, account=services.account, target=self._target(host)
        )
        """Canned replies for the description."""
        finder.notify(
            self.open_here.school_changed, self.lookalikes.look_soon, self.callers.school_changed
        )

    def _make_callers(self) -> KnownCallers:
        """Return what offers the people known at the school."""
        return KnownCallers(school=lambda: self.finder.school, fields=self._widgets.who)

    def _make_lookalikes(
        self, host: Host, services: FormServices, call: CallServices
    ) -> Lookalikes:
        """Return what looks for the same elsewhere, in the description that is typed here."""
        description = self._widgets.fields.description
        return Lookalikes(
            host=host,
            services=LookalikeServices(
                search=call.search,
                account=services.account,
                clock=services.clock,
                screens=services.screens,
            ),
            line=self._widgets.elsewhere,
            text=lambda: description.text,
            school_id=lambda: self.finder.school_id,
        )

    def _target(self, host: Host) -> ReplyTarget:
        """Return where canned replies are put; there is no number yet."""
        widgets = self._widgets
        return ReplyTarget(
            box=lambda: widgets.fields.description,
            about=lambda: About(
                caller=widgets.who.caller.value, school=widgets.who.school.line.value
            ),
            say=host.say,
            tell=host.say,
        )

    def handlers(self) -> Handlers:
        """Return what is done for each command that only a call has."""
        return {
            **self.open_here.handlers(),
            **self.lookalikes.handlers(),
            **self.replies.handlers(),
        }

    def contents(self, incident: IncidentContents) -> CallContents:
        """Return all that stands in the form.

        Args:
            incident: The fields that every form has.
        """
        return CallContents(
            incident=incident,
            widgets=self._widgets,
            finder=self.finder,
            callers=self.callers,
            open_here=self.open_here,
            began_at=self._began_at,
            same=self._same,
            headed=self.heading.hung_on,
        )
