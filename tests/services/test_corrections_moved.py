"""What a school to which an incident is put gets of it, and what the former one (rule 40)."""

from __future__ import annotations

import pytest

from eds_tui import bootstrap
from eds_tui.domain.correction import Correction
from eds_tui.domain.errors import AnotherSchool, NotFound
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import State
from eds_tui.domain.notification import NotificationKind
from eds_tui.domain.presence import Writing
from eds_tui.domain.priority import Category, Impact
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.files import FileShelf
from tests.factories import People, SetClock, new_form
from tests.services.correcting import OFFICE, Correct, correct, found, number
from tests.services.mailbox import DESK, HEAD, New, queued, services, told
from tests.services.triage_steps import ASKED

__all__ = ["correct", "number", "queued", "services"]

pytestmark = pytest.mark.on_both


def moved(services: Services, people: People, shelf: FileShelf) -> int:
    """Return an incident of the head's with words and a file of both sides, put to the neighbour's.

    It was moved by its number alone, and reads for the new school what the form then held.
    """
    (shelf.root / "plan.txt").write_text("Plan of the first school")
    form = new_form(description="Zebra", files=(shelf.choose((), "plan.txt"),))
    number = services.report.log(people.head, form).number
    say = services.conversation.comment
    say(people.head, number, "Giraffe of the school", f"head {number}")
    say(people.handler, number, "Lion to the school", f"handler {number}")
    correction = Correction(school_id=people.other_school.id)
    services.corrections.correct(people.handler, number, None, correction)
    return number


def test_the_new_school_gets_nothing_that_was_between_the_former_and_the_service_centre(
    services: Services, people: People, shelf: FileShelf
) -> None:
    number = moved(services, people, shelf)
    new = services.queue.open(people.neighbour, number)
    assert (new.description, new.comments, new.attachments) == ("Zebra", (), ())
    assert (new.row.logged_by, new.row.channel) == ("A. Handler", Channel.PHONE)
    assert found(services, people.neighbour, "zebra") == [number]
    for word in ("giraffe", "lion"):
        assert found(services, people.neighbour, word) == []
        assert found(services, people.handler, word) == [number]
        assert found(services, people.handler, f'"{word.capitalize()}"') == [number]
    for file in ("plan.txt", 1):
        with pytest.raises(NotFound):
            services.attachments.fetch(people.neighbour, number, file, b"".join)
    centre = services.queue.open(people.handler, number)
    assert [each.former_school for each in centre.comments] == [people.school.title] * 2
    assert [each.kept_back for each in centre.attachments] == [True]
    kept = services.attachments.fetch(people.handler, number, "plan.txt", b"".join)
    assert kept == b"Plan of the first school"
    services.conversation.comment(people.neighbour, number, "Heron of the new one", "new")
    assert [each.body for each in services.queue.open(people.neighbour, number).comments] == [
        "Heron of the new one"
    ]


def test_the_former_school_knows_of_it_no_more_in_any_way(
    services: Services, people: People, shelf: FileShelf
) -> None:
    services.presence.say(people.head, "head", Writing(1))
    number = moved(services, people, shelf)
    for read in (services.queue.open, services.conversation.comment):
        with pytest.raises(NotFound, match=f"no incident INC000000{number} in your lists"):
            read(people.head, number, *(() if read == services.queue.open else ("x", "y")))
    page = services.queue.page(people.head, ListQuery(View.ALL), Window())
    assert (page.rows, services.queue.counts(people.head)[View.OPEN]) == ((), 0)
    assert found(services, people.head, "zebra") == found(services, people.head, str(number)) == []
    assert services.presence.others(people.neighbour, "own", number) == ()


def test_what_was_typed_at_the_former_school_is_given_back_without_its_place(
    services: Services, people: People, number: int, correct: Correct
) -> None:
    services.drafts.save(people.head, "comment:INC0000001:a", {"text": "Half a sentence"})
    correct(number, school_id=people.other_school.id)
    (draft,) = services.drafts.under(people.head, "")
    assert draft.place.startswith("unplaced:comment:")
    assert draft.body == {"text": "Half a sentence"}


def test_what_was_typed_for_the_former_school_is_held_back_from_the_new_one(
    services: Services, people: People, shelf: FileShelf, number: int, correct: Correct
) -> None:
    """Its files too; what was sent before is not sent again, and a work note goes to no school."""
    (shelf.root / "plan.txt").write_text("Plan of the first school")
    files = (shelf.choose((), "plan.txt"),)
    say, seen = services.conversation.comment, people.school.id
    say(people.handler, number, "Before", "one", school_seen=seen)
    correct(number, school_id=people.other_school.id)
    with pytest.raises(AnotherSchool) as refused:
        say(people.handler, number, "Ask the caretaker", "two", files=files, school_seen=seen)
    assert refused.value.message == (
        f"INC000000{number} belongs to {people.other_school.title} now."
        f" This was meant for {people.school.title}, and is not sent."
    )
    assert refused.value.school_id == people.other_school.id
    new = services.queue.open(people.neighbour, number)
    assert (new.comments, new.attachments) == ((), ())
    say(people.handler, number, "Before", "one", school_seen=seen)
    services.conversation.work_note(people.handler, number, "Between us", "note")
    now = people.other_school.id
    say(people.handler, number, "Ask the caretaker", "two", files=files, school_seen=now)
    new = services.queue.open(people.neighbour, number)
    assert [each.body for each in new.comments] == ["Ask the caretaker"]
    assert [each.name for each in new.attachments] == ["plan.txt"]


def test_moved_back_a_school_has_its_own_words_again_and_not_those_of_the_other(
    services: Services, people: People, shelf: FileShelf, correct: Correct
) -> None:
    number = moved(services, people, shelf)
    services.conversation.comment(people.neighbour, number, "Heron of the new one", "new")
    correct(number, school_id=people.school.id)
    back = services.queue.open(people.head, number)
    assert [each.body for each in back.comments] == ["Giraffe of the school", "Lion to the school"]
    assert [each.name for each in back.attachments] == ["plan.txt"]
    assert found(services, people.head, "heron") == []
    assert found(services, people.head, "giraffe") == [number]


def test_rule_28_the_new_school_is_told_as_of_a_new_one_and_mail_to_the_former_is_dropped(
    services: Services, people: People, database: Database, correct: Correct, queued: New,
    clock: SetClock,
) -> None:  # fmt: skip
    number = services.report.log(people.head, new_form()).number
    services.conversation.comment(people.head, number, "Still none", "head")
    services.conversation.comment(people.handler, number, "We look", "handler")
    correct(number, school_id=people.other_school.id)
    with database.writing() as work:
        notices = []
        while notice := work.notifications.take(clock()):
            notices.append((notice.kind, notice.recipient, notice.school, notice.comment))
    assert notices == [
        (NotificationKind.COMMENT, DESK, people.school.title, "Still none"),
        (NotificationKind.LOGGED, OFFICE, people.other_school.title, ""),
    ]
    services.conversation.comment(people.handler, number, "To the new one", "third")
    assert told(queued)[-1] == (NotificationKind.COMMENT, OFFICE, "To the new one")


def test_rule_25_nobody_is_told_of_a_confidential_one(
    services: Services, people: People, correct: Correct, queued: New
) -> None:
    number = services.report.log(people.head, new_form(confidential=True)).number
    correct(number, category=Category.DATA)
    correct(number, school_id=people.other_school.id)
    assert queued() == []
    for school in (people.head, people.neighbour):
        with pytest.raises(NotFound):
            services.queue.open(school, number)
    assert found(services, people.handler, "internet") == [number]
    assert found(services, people.neighbour, "internet") == []


def test_a_hold_for_the_former_schools_answer_ends(
    services: Services, people: People, number: int, correct: Correct
) -> None:
    services.triage.set_state(people.handler, number, None, ASKED)
    correct(number, school_id=people.other_school.id)
    assert services.queue.open(people.neighbour, number).row.state is State.IN_PROGRESS
    assert services.queue.open(people.neighbour, number).comments == ()


def test_a_form_that_is_sent_again_is_answered_as_at_the_time(
    services: Services, people: People, correct: Correct
) -> None:
    """Rule 8, and no school learns to whom its incident was put."""
    form = new_form()
    receipt = services.report.log(people.head, form)
    correct(
        receipt.number, school_id=people.other_school.id, description="Other words",
        category=Category.DATA,
    )  # fmt: skip
    correct(receipt.number, description="Yet other words")
    assert services.report.log(people.head, form) == receipt
    assert receipt.notified == HEAD
    services.drafts.save(people.head, "report:1", {
        "submission": form.submission, "description": form.description,
    })  # fmt: skip
    assert services.drafts.under(people.head, "report") == ()


def test_the_check_of_the_database_finds_that_all_of_it_agrees(
    services: Services, people: People, database: Database, shelf: FileShelf, correct: Correct
) -> None:
    number = moved(services, people, shelf)
    correct(number, category=Category.DATA, school_id=people.school.id, description="Other words")
    correct(number, impact=Impact.ENTERPRISE)
    services.triage.undo(people.handler, number)
    assert [each.problems for each in database.check() if each.problems] == []
    assert bootstrap.open_services(database).queue.open(people.head, number).row.number == number
