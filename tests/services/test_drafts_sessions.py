"""Drafts of several sessions, schools and readers (rules 24 and 36)."""

from __future__ import annotations

from pathlib import Path

import pytest

from eds_tui import bootstrap
from eds_tui.domain.drafts import LEASE
from eds_tui.domain.errors import AlreadySent, TakenOver, Unavailable
from eds_tui.domain.views import Draft
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.conftest import Away
from tests.factories import People, SetClock, log, new_form
from tests.ui.deciding import closed

pytestmark = pytest.mark.long_on_postgres

BOX = "comment:INC0000001"


def offered(services: Services, people: People, session: str) -> list[object]:
    """Return the texts that a session of the handler's is offered in the box of incident 1."""
    return [draft.body["text"] for draft in services.drafts.left(people.handler, BOX, session)]


def test_two_sessions_of_one_login_keep_their_texts_apart(
    services: Services, people: People
) -> None:
    one, two = services.drafts.begin_session(), services.drafts.begin_session()
    services.drafts.save(people.handler, f"{BOX}:a", {"text": "one"}, one)
    services.drafts.save(people.handler, f"{BOX}:b", {"text": "two"}, two)
    assert (offered(services, people, one), offered(services, people, two)) == (["one"], ["two"])
    assert services.drafts.take(people.handler, f"{BOX}:a", two) is None
    with pytest.raises(TakenOver):
        services.drafts.save(people.handler, f"{BOX}:a", {"text": "two"}, two)
    services.drafts.drop(people.handler, f"{BOX}:a", two)
    elsewhere = {
        d.body["text"]: d.is_elsewhere for d in services.drafts.under(people.handler, "", two)
    }
    assert elsewhere == {"one": True, "two": False}


@pytest.mark.parametrize("ends", [True, False])
def test_what_sessions_that_are_over_have_left_is_offered_to_one_all_of_it(
    services: Services,
    database: Database,
    people: People,
    tmp_path: Path,
    clock: SetClock,
    ends: bool,
) -> None:
    """Ended, or of a program that was killed: its locks are gone with it."""
    gone = bootstrap.open_services(database, clock, drafts=tmp_path / "state" / "drafts")
    for text in ("one", "two"):
        session = gone.drafts.begin_session()
        gone.drafts.save(people.handler, f"{BOX}:{text}", {"text": text}, session)
        clock.forward(seconds=1)
        if ends:
            gone.drafts.end_session(people.handler, session)
        else:
            gone.drafts._sessions.end(session)
    three, four = services.drafts.begin_session(), services.drafts.begin_session()
    assert offered(services, people, three) == ["two", "one"]
    assert services.drafts.take(people.handler, f"{BOX}:two", three) == {"text": "two"}
    assert offered(services, people, four) == ["one"]


def test_of_what_one_session_typed_while_the_database_was_slow_the_latest_is_offered(
    services: Services, database: Database, people: People, tmp_path: Path, clock: SetClock
) -> None:
    """Its program was killed: the database has some of it, this machine before and after that."""
    gone = bootstrap.open_services(database, clock, drafts=tmp_path / "state" / "drafts")
    session = gone.drafts.begin_session()
    steps = (
        ("one", gone.drafts.keep_here),
        ("one two", gone.drafts.save),
        ("one two three", gone.drafts.keep_here),
    )
    for text, keep in steps:
        keep(people.handler, f"{BOX}:a", {"text": text}, session)
        clock.forward(seconds=1)
    gone.drafts._sessions.end(session)
    assert offered(services, people, services.drafts.begin_session()) == ["one two three"]


def test_what_one_session_typed_over_what_waits_here_is_all_that_is_offered(
    services: Services, database: Database, people: People, tmp_path: Path, clock: SetClock
) -> None:
    """Its program was killed when the database had it, and before it was forgotten here."""
    gone = bootstrap.open_services(database, clock, drafts=tmp_path / "state" / "drafts")
    session = gone.drafts.begin_session()
    gone.drafts.keep_here(people.handler, f"{BOX}:a", {"text": "one", "caller": ""}, session)
    clock.forward(seconds=1)
    gone.drafts.save(people.handler, f"{BOX}:a", {"text": "two", "caller": "B"}, session)
    gone.drafts._sessions.end(session)
    assert offered(services, people, services.drafts.begin_session()) == ["two"]


def test_a_session_of_another_machine_counts_as_living_for_a_minute(
    services: Services, database: Database, people: People, tmp_path: Path, clock: SetClock
) -> None:
    """And as long as it says that it lives."""
    far = bootstrap.open_services(database, clock, drafts=tmp_path / "far")
    session = far.drafts.begin_session()
    far.drafts.save(people.handler, f"{BOX}:a", {"text": "one"}, session)
    here = services.drafts.begin_session()
    clock.now += LEASE / 2
    far.drafts.renew(people.handler, session)
    clock.now += LEASE * 0.9
    assert offered(services, people, here) == []
    clock.now += LEASE * 0.2
    assert offered(services, people, here) == ["one"]


def test_who_was_taken_for_dead_goes_on_beside_the_other(
    services: Services, database: Database, people: People, tmp_path: Path, clock: SetClock
) -> None:
    far = bootstrap.open_services(database, clock, drafts=tmp_path / "far")
    session, here = far.drafts.begin_session(), services.drafts.begin_session()
    far.drafts.save(people.handler, f"{BOX}:a", {"text": "one"}, session)
    clock.now += LEASE
    assert services.drafts.take(people.handler, f"{BOX}:a", here) == {"text": "one"}
    with pytest.raises(TakenOver):
        far.drafts.save(people.handler, f"{BOX}:a", {"text": "one more"}, session)
    far.drafts.drop(people.handler, f"{BOX}:a", session)
    assert offered(services, people, here) == ["one"]


def test_what_a_living_session_keeps_on_this_machine_is_left_to_it(
    services: Services, people: People, away: Away
) -> None:
    one, two = services.drafts.begin_session(), services.drafts.begin_session()
    with away():
        services.drafts.keep_here(people.handler, f"{BOX}:a", {"text": "one"}, one)
        (draft,) = services.drafts.under(people.handler, "", two)
        assert draft.is_elsewhere
    assert offered(services, people, two) == []
    assert offered(services, people, one) == ["one"]


def test_nothing_is_offered_for_another_school(services: Services, people: People) -> None:
    """Rule 36: the account has been moved since; moved back, it has its drafts again."""
    services.drafts.save(people.head, "report:a", {"description": "one"})
    services.drafts.keep_here(people.head, "report:b", {"description": "two"})
    moved = services.accounts.set_school(people.head.login, people.other_school.id)
    assert services.drafts.under(moved, "") == ()
    assert services.drafts.take(moved, "report:a") is None
    back = services.accounts.set_school(people.head.login, people.school.id)
    assert len(services.drafts.under(back, "")) == 2


@pytest.mark.on_both
def test_words_for_an_incident_that_was_hidden_are_given_back_without_a_sign_of_it(
    services: Services, people: People, away: Away
) -> None:
    """Rule 24: at the sign-in, in the box, and while the database is away."""
    log(services, people, 2)
    services.drafts.save(people.head, f"{BOX}:a", {"text": "Still down", "submission": "a"})
    services.drafts.keep_here(people.head, "comment:INC0000002:b", {"text": "Here"})
    with away():
        assert "INC" not in repr(services.drafts.under(people.head, ""))
        with pytest.raises(Unavailable):
            services.drafts.left(people.head, BOX)
    services.triage.set_confidential(people.handler, 1, None, True, "A pupil is named.")
    assert services.drafts.left(people.head, BOX) == ()
    assert services.drafts.take(people.head, f"{BOX}:a") is None
    drafts = services.drafts.under(people.head, "")
    (lost,) = (draft for draft in drafts if draft.body["text"] == "Still down")
    assert lost.body == {"text": "Still down"}
    assert "INC" not in repr(lost)
    assert [draft.place for draft in drafts if draft is not lost] == ["comment:INC0000002:b"]
    services.drafts.drop(people.head, lost.place)
    services.triage.set_confidential(people.handler, 1, None, False, "It is not.")
    assert [draft.body["text"] for draft in services.drafts.under(people.head, "")] == ["Here"]


def test_a_number_that_was_never_given_out_is_answered_as_one_that_is_hidden(
    services: Services, people: People
) -> None:
    services.report.log(people.head, new_form())
    services.triage.set_confidential(people.handler, 1, None, True, "A pupil is named.")
    for number in (1, 9):
        services.drafts.save(people.head, f"comment:INC000000{number}:a", {"text": "Hi"})
    one, other = services.drafts.under(people.head, "")
    assert one.body == other.body
    assert {draft.place.rpartition(":")[0] for draft in (one, other)} == {"unplaced:comment"}
    assert len(one.place) == len(other.place)


def test_sent_is_what_one_sent_oneself(services: Services, people: People) -> None:
    """A key that has served another person, or another incident, says nothing of one's own."""
    log(services, people, 2)
    services.conversation.comment(people.handler, 1, "one", "key")
    services.drafts.save(people.lead, f"{BOX}:a", {"text": "one", "submission": "key"})
    assert len(services.drafts.left(people.lead, BOX)) == 1
    for _ in range(2):
        services.conversation.comment(people.lead, 1, "two", "key")
        services.conversation.comment(people.handler, 2, "three", "key")
    with pytest.raises(AlreadySent) as error:
        services.conversation.comment(people.lead, 1, "two more", "key")
    assert error.value.sent == "two"
    said = [
        [c.body for c in services.queue.open(people.lead, number).comments] for number in (1, 2)
    ]
    assert said == [["one", "two"], ["three"]]


def test_words_of_a_rating_are_offered_until_that_very_rating_is_there(
    services: Services, people: People, clock: SetClock
) -> None:
    """Rule 14: of two people of a school, one rates; the words of the other are kept."""
    closed(services, people, clock)
    for who, words in ((people.head, "Quick"), (people.bursar, "Slow")):
        services.drafts.save(who, "feedback:INC0000001:a", {"text": words, "stars": 3})
    services.conversation.rate(people.head, 1, 5, "Quick")
    assert services.drafts.under(people.head, "") == ()
    (draft,) = services.drafts.under(people.bursar, "")
    assert draft == Draft(
        place="feedback:INC0000001:a", body={"text": "Slow", "stars": 3}, saved_at=clock()
    )
