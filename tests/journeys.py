"""One way through each service, so that every kind of row is there and every statement is run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

from eds_tui import bootstrap
from eds_tui.domain.account import Account, NewAccount, Role
from eds_tui.domain.correction import Correction
from eds_tui.domain.hand_over import HandOver
from eds_tui.domain.notification import MessageText, NotificationKind
from eds_tui.domain.presence import Writing
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.saved_view import SavedView
from eds_tui.domain.sorting import Key, Sort
from eds_tui.domain.triage import Assignee
from eds_tui.domain.views import CannedReply, ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.files import FileShelf
from eds_tui.settings import Settings
from tests.factories import PASSWORD, START, People, SetClock, new_form, new_school
from tests.services.triage_steps import RESOLVED

PLAIN, SECRET, ELSEWHERE, BELOW_SECRET, LIKE_SECRET, CLOSED = range(1, 7)
"""A school's own incident, its confidential one, one of another school, one that hangs on the
confidential one, a duplicate of that, and one that is closed and rated."""

SEARCHES = (
    "no internet", "INC0000001", "1", "%", "school:test", "school:00000 internet", "school:&",
    "state:new", "state:open", "state:hold", "state:closed", "category:n", "impact:2", "priority:1",
    "assigned:me", "from:01/01/2026 to:31/12/2026", "is:late", "is:replied", "is:confidential", "",
)  # fmt: skip


@dataclass
class Journey:
    """The services over a database, the people in it, and a folder for files."""

    database: Database
    people: People
    folder: Path
    clock: SetClock

    def __post_init__(self) -> None:
        """Open the services, and fill in a form that is sent more than once."""
        (self.folder / "error.txt").write_text("Error 5")
        (self.folder / "secret.txt").write_text("A file between us")
        shelf = FileShelf(self.folder)
        self._file, self._secret = (shelf.choose((), name) for name in ("error.txt", "secret.txt"))
        values = {"submission": "journey", "description": "No internet", "files": (self._file,)}
        self._form = new_form(**values)
        drafts = self.folder / "drafts"
        self.services: Services = bootstrap.open_services(
            self.database, self.clock, service_centre_email="desk@a.example", drafts=drafts
        )

    def through_each_service(self) -> None:
        """Go once through each service of the container, and what is beside it."""
        ways: dict[str, Callable[[], object]] = {
            "report": self._log,
            "attachments": self._fetch,
            "conversation": self._talk,
            "presence": self._write,
            "triage": self._decide,
            "corrections": self._put_right,
            "housekeeping": self._keep_house,
            "drafts": self._draft,
            "canned_replies": self._save_replies,
            "saved_views": self._save_views,
            "accounts": self._manage_accounts,
            "preferences": self._choose_themes,
            "schools": self._look_up_schools,
            "callers": self._take_calls,
            "service_levels": self._change_targets,
            "sign_in": self._sign_in,
            "outbox": lambda: self.services.outbox.state(self.people.lead),
            "history": self._look_back,
            "feed": lambda: self.reads_of(self.people.handler),
            "queue": lambda: self.reads_of(self.people.lead),
            "search": lambda: self.reads_of(self.people.head),
            "hand_overs": self._hand_over,
            "feedback": lambda: self.services.feedback.latest(self.people.lead, None, 5),
        }
        services = {field.name for field in fields(Services)} - {"clock", "reachability"}
        assert set(ways) == services
        for way in ways.values():
            way()
        self._set_texts()

    def _log(self) -> None:
        log, head = self.services.report.log, self.people.head
        files = (self._file,)
        assert log(head, self._form) == log(head, self._form)
        log(head, new_form(description="Payroll of a colleague", confidential=True, files=files))
        log(self.people.neighbour, new_form(description="Of the neighbours", files=files))
        for words in ("It hangs on another", "It is like another", "The mouse is gone"):
            log(head, new_form(description=words, category=Category.HARDWARE))
        assert self.services.queue.counts(head)[View.OPEN] == 4

    def _fetch(self) -> None:
        fetch = self.services.attachments.fetch
        (file, *_) = self.services.queue.open(self.people.head, PLAIN).attachments
        assert fetch(self.people.head, PLAIN, file.id, b"".join) == b"Error 5"

    def _choose_themes(self) -> None:
        for actor in (self.people.head, self.people.handler):
            self.services.preferences.choose_theme(actor, "eds-light")
        self.services.preferences.set_theme(self.people.head.login, "")

    def _talk(self) -> None:
        said, handler = self.services.conversation, self.people.handler
        said.comment(self.people.head, PLAIN, "Still none", "one")
        said.comment(handler, SECRET, "About the payroll", "two")
        said.comment(self.people.neighbour, ELSEWHERE, "Next door", "three")
        said.work_note(handler, PLAIN, "A note between us", "four", (self._secret,))
        news = self.services.queue.open(handler, PLAIN).news
        assert news is not None
        self.services.queue.read(handler, PLAIN, news)
        said.comment(handler, PLAIN, "", "five", files=(self._file,))
        *_, file = self.services.queue.open(handler, PLAIN).attachments
        self.services.attachments.take_back(handler, PLAIN, file.id, "Another's")

    def _write(self) -> None:
        presence, handler, lead = self.services.presence, self.people.handler, self.people.lead
        presence.say(handler, "session-1", Writing(PLAIN))
        presence.say(lead, "session-2", Writing(SECRET))
        presence.say(lead, "session-3", Writing(PLAIN, internal=True))
        assert [each.name for each in presence.others(self.people.head, "own", PLAIN)] == [
            handler.name
        ]

    def _decide(self) -> None:
        triage, handler = self.services.triage, self.people.handler
        triage.set_priority(handler, PLAIN, None, Priority.LOW)
        triage.undo(handler, PLAIN)
        triage.set_priority(handler, PLAIN, None, Priority.HIGH)
        triage.assign(handler, PLAIN, None, Assignee(handler.id, handler.name))
        triage.link(handler, BELOW_SECRET, None, SECRET)
        triage.link(handler, CLOSED, None, PLAIN)
        triage.close_as_duplicate(handler, LIKE_SECRET, None, SECRET)
        triage.set_state(handler, CLOSED, None, RESOLVED)
        assert triage.assignees(handler)
        assert [row.number for row in triage.below(handler, PLAIN)] == [CLOSED]

    def _put_right(self) -> None:
        correct, handler = self.services.corrections.correct, self.people.handler
        correct(handler, PLAIN, None, Correction(impact=Impact.ENTERPRISE, telephone="01772 1"))
        other, own = self.people.other_school.id, self.people.school.id
        correct(handler, BELOW_SECRET, None, Correction(school_id=other))
        correct(handler, BELOW_SECRET, None, Correction(school_id=own))

    def _hand_over(self) -> None:
        hand_overs, handler, lead = self.services.hand_overs, self.people.handler, self.people.lead
        mine, hers = (Assignee(each.id, each.name) for each in (handler, lead))
        given = HandOver(submission="j", source=mine, target=hers, note="A hand-over between us")
        assert [pile.open for pile in hand_overs.piles(lead) if pile.holder == mine] == [1]
        for row in hand_overs.pile(handler, mine):
            hand_overs.give(handler, row.number, row.version, given)
        notes = hand_overs.unread(lead)
        hand_overs.mark_read(lead, notes)
        assert [each.note for each in hand_overs.notes(handler)] == [given.note]
        back = HandOver(submission="back", source=hers, target=mine)
        hand_overs.give(lead, PLAIN, None, back)

    def _keep_house(self) -> None:
        self.clock.forward(days=2)
        assert self.services.housekeeping.run()
        self.services.conversation.rate(self.people.head, CLOSED, 4, "Thank you")
        self.services.presence.say(self.people.handler, "session-1", Writing(PLAIN))

    def _draft(self) -> None:
        drafts, people = self.services.drafts, self.people
        for person in (people.head, people.bursar, people.neighbour, people.handler):
            drafts.save(person, "comment:1", {"text": f"Draft of {person.name}"})
        assert drafts.take(people.head, "comment:1") == {"text": "Draft of Test User"}
        assert drafts.under(people.head, "comment")
        drafts.save(people.head, "report", {"text": "thrown away"})
        drafts.drop(people.head, "report")

    def _save_replies(self) -> None:
        replies, lead = self.services.canned_replies, self.people.lead
        replies.save(lead, CannedReply("Engineer", "An engineer comes"))
        assert replies.all(lead)
        replies.save_own(lead, CannedReply("Mine", "A text of my own"))
        replies.save_own(lead, CannedReply("Gone", "Another"))
        replies.drop_own(lead, "Gone")
        assert [each.title for each in replies.own(lead)] == ["Mine"]

    def _save_views(self) -> None:
        views, lead = self.services.saved_views, self.people.lead
        views.save(lead, SavedView(2, "Payroll", "payroll"))
        views.keep(lead, "3 Pay", "pay")
        views.move(lead, 2, 1)
        assert views.of(lead)

    def _manage_accounts(self) -> None:
        accounts = self.services.accounts
        accounts.add(NewAccount(login="new", name="New", role=Role.HANDLER), PASSWORD)
        accounts.set_team("new", "Networks")
        accounts.set_bell("new", on=True)
        accounts.set_password("new", f"another {PASSWORD}")
        accounts.disable("new")
        accounts.enable("new")
        assert len(accounts.all()) == 6

    def _look_up_schools(self) -> None:
        schools, handler = self.services.schools, self.people.handler
        schools.add(new_school(portal_number="09021"))
        assert len(schools.all()) == 3
        assert schools.find(handler, "01995 600001")[1] == 1
        assert schools.card(handler, self.people.school.id).open.rows
        assert schools.own(self.people.head) == self.people.school
        assert schools.find(handler, "garstng")[1] == 1

    def _take_calls(self) -> None:
        callers, handler, school = self.services.callers, self.people.handler, self.people.school
        assert callers.about(handler, PLAIN)
        assert callers.chase(handler, PLAIN, "Somebody new").chases == 1
        assert callers.chased(handler)
        assert callers.of_school(handler, school.id)
        assert callers.forget(self.people.lead, school.id, "Somebody new")

    def _change_targets(self) -> None:
        levels = self.services.service_levels
        levels.change(self.people.lead, levels.current())

    def _sign_in(self) -> None:
        signed_in = self.services.sign_in.sign_in("00000EDU", PASSWORD)
        self.services.sign_in.unlock(signed_in, PASSWORD)
        self.services.sign_in.sign_out(signed_in)

    def _look_back(self) -> None:
        history = self.services.history
        assert history.of_incident(self.people.handler, SECRET)
        assert history.watched(self.people.lead)
        assert history.why_due(self.people.handler, PLAIN)

    def _set_texts(self) -> None:
        texts = bootstrap.open_message_texts(self.database, Settings(database_url=""), self.clock)
        texts.put(self.people.lead, NotificationKind.COMMENT, MessageText("A comment", "Look"))
        assert texts.all()

    def reads_of(self, reader: Account) -> None:
        """Have somebody read all that they may."""
        queue, key = self.services.queue, Key(START, PLAIN)
        for view in View:
            for window in (Window(), Window(key=key), Window(key=key, newer=True)):
                queue.page(reader, ListQuery(view), window)
            for sort in set(view.sorts) - {Sort.SCHOOL}:
                queue.page(reader, ListQuery(view, sort=sort), Window())
        assert queue.counts(reader)
        assert queue.latest_closed(reader).rows
        for number in (PLAIN, BELOW_SECRET, LIKE_SECRET, CLOSED):
            assert queue.glance(reader, number) == queue.open(reader, number)
            assert queue.open(reader, number).comments or number in {BELOW_SECRET, CLOSED}
        found = [
            self.services.search.find(reader, text, window)
            for text in SEARCHES
            for window in (Window(), Window(key=key), Window(key=key, newer=True))
        ]
        assert any(page.rows for page in found)
        bookmark, _ = self.services.feed.since(reader, None)
        self.services.feed.since(reader, bookmark)
        self.services.presence.others(reader, "own", PLAIN)
        self.services.schools.own(reader)
        if reader == self.people.head:
            self.services.report.log(reader, self._form)
            (file, *_) = self.services.queue.open(reader, PLAIN).attachments
            self.services.attachments.fetch(reader, PLAIN, file.id, b"".join)
