"""Handing over: who has what, giving it on, and the notes (rule 51)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from eds_tui.domain.account import Account, NewAccount, Role
from eds_tui.domain.errors import Conflict, EdsError, InvalidInput, NotAllowed
from eds_tui.domain.hand_over import HandOver, view_of_pile
from eds_tui.domain.history import in_words
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import Assignee
from eds_tui.domain.version_conflict import VersionConflict
from eds_tui.domain.views import PAGE_SIZE, IncidentRow, ListQuery, PileView, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import PASSWORD, START, People, SetClock, log
from tests.services.triage_steps import RESOLVED, move

pytestmark = [pytest.mark.usefixtures("five_incidents"), pytest.mark.on_both]
NETWORKS = Assignee(team="Networks")
NOBODY = Assignee()


def person(account: Account) -> Assignee:
    """Return an account as one that incidents are given to."""
    return Assignee(account.id, account.name, account.team)


def assigned(services: Services, people: People, numbers: Sequence[int] = (1, 2, 3)) -> None:
    """Give incidents to the handler."""
    for number in numbers:
        services.triage.assign(people.lead, number, None, person(people.handler))


def hand(source: Account, target: Assignee, note: str = "Ring the bursar.") -> HandOver:
    """Return a hand-over under a key that all of a test share."""
    return HandOver(submission="key", source=person(source), target=target, note=note)


def give_all(
    services: Services, actor: Account, rows: Sequence[IncidentRow], given: HandOver
) -> list[int]:
    """Hand rows over as they were seen, and return the numbers of those refused."""
    refused = []
    for row in rows:
        try:
            services.hand_overs.give(actor, row.number, row.version, given)
        except EdsError:
            refused.append(row.number)
    return refused


def networker(services: Services, login: str = "zoe") -> Account:
    """Return a new handler of the team."""
    new = NewAccount(login=login, name=f"{login} Cable", role=Role.HANDLER, team="Networks")
    services.accounts.add(new, PASSWORD)
    return services.accounts.by_login(login)


def test_who_has_what_counts_what_is_to_be_done(
    services: Services, people: People, clock: SetClock
) -> None:
    zoe = networker(services)
    assigned(services, people, (1, 2))
    services.triage.assign(people.lead, 3, None, NETWORKS)
    services.triage.assign(people.lead, 4, None, person(zoe))
    services.triage.set_priority(people.lead, 1, None, Priority.CRITICAL)
    move(RESOLVED)(services, people.lead, 2, None)
    clock.forward(days=3)
    services.accounts.disable("zoe")
    piles = services.hand_overs.piles(people.handler)
    assert [(each.holder.label, each.open, each.late, each.disabled) for each in piles] == [
        ("nobody", 1, 0, False), ("team Networks", 1, 0, False), ("A. Handler", 1, 1, False),
        ("S. Lead", 0, 0, False), ("zoe Cable", 1, 0, True),
    ]  # fmt: skip
    assert {each.oldest for each in piles} == {START, None}
    for pile in piles:
        rows = services.hand_overs.pile(people.lead, pile.holder)
        query = ListQuery(view_of_pile(pile.holder), holder=pile.holder)
        assert services.queue.page(people.lead, query, Window()).rows == rows
        assert len(rows) == pile.open
    with pytest.raises(NotAllowed):
        services.queue.page(people.head, ListQuery(PileView.POOL, holder=NOBODY), Window())


def test_a_pile_of_more_than_a_page_is_read_whole(services: Services, people: People) -> None:
    log(services, people, PAGE_SIZE - 2)
    rows = services.hand_overs.pile(people.lead, NOBODY)
    assert [row.number for row in rows] == list(range(PAGE_SIZE + 3, 0, -1))


def test_a_pile_is_given_on_with_a_note_that_its_receiver_reads_first(
    services: Services, people: People, clock: SetClock
) -> None:
    assigned(services, people)
    rows = services.hand_overs.pile(people.handler, person(people.handler))
    assert [row.number for row in rows] == [3, 2, 1]
    clock.forward(hours=1)
    given = hand(people.handler, person(people.lead), "Ring the bursar.\nBefore nine.")
    assert give_all(services, people.handler, rows, given) == []
    (note,) = services.hand_overs.unread(people.lead)
    assert note.title == "A. Handler handed 3 incidents to S. Lead"
    assert (note.note, note.is_new, note.at) == (given.note, True, clock())
    assert [(each.number, each.now_with) for each in note.incidents] == [
        (1, "S. Lead"), (2, "S. Lead"), (3, "S. Lead"),
    ]  # fmt: skip
    assert services.hand_overs.unread(people.handler) == ()
    services.hand_overs.mark_read(people.lead, [note])
    services.hand_overs.mark_read(people.lead, [note])
    assert services.hand_overs.unread(people.lead) == ()
    for reader in (people.lead, people.handler):
        assert [each.note for each in services.hand_overs.notes(reader)] == [given.note]
    last = in_words(services.history.of_incident(people.handler, 1)[-1])
    assert last.endswith("assigned to: A. Handler → S. Lead (handed over from A. Handler)")


def test_what_is_handed_on_is_in_each_note_once(services: Services, people: People) -> None:
    """Also where it came back meanwhile, and is given once more with the same note."""
    assigned(services, people, (1, 2))
    zoe = networker(services)
    given = hand(people.handler, person(people.lead))
    on = HandOver(submission="on", source=person(people.lead), target=person(zoe), note="Ring.")
    for number in (1, 2):
        services.hand_overs.give(people.handler, number, None, given)
    assigned(services, people, (1,))
    services.hand_overs.give(people.handler, 1, None, given)
    services.hand_overs.give(people.lead, 1, None, on)
    assert {
        note.target: [(each.number, each.now_with) for each in note.incidents]
        for note in services.hand_overs.notes(people.lead)
    } == {"S. Lead": [(1, "zoe Cable"), (2, "S. Lead")], "zoe Cable": [(1, "zoe Cable")]}


def test_a_note_to_a_team_or_to_nobody_is_read_by_each_who_was_there(
    services: Services, people: People, clock: SetClock
) -> None:
    zoe, yan = networker(services), networker(services, "yan")
    assigned(services, people)
    clock.forward(hours=1)
    for target, number, readers in (
        (NETWORKS, 1, {"zoe", "yan"}), (NOBODY, 2, {"zoe", "yan", "lead"}),
    ):  # fmt: skip
        services.hand_overs.give(people.handler, number, None, hand(people.handler, target))
        new = {
            each.login: services.hand_overs.unread(each)
            for each in (zoe, yan, people.lead, people.handler)
        }
        assert {login for login, notes in new.items() if notes} == readers
        services.hand_overs.mark_read(zoe, new["zoe"])
        assert services.hand_overs.unread(zoe) == ()
        assert services.hand_overs.unread(yan)
        services.hand_overs.mark_read(yan, new["yan"])
    clock.forward(hours=1)
    later = networker(services, "xia")
    assert services.hand_overs.unread(later) == ()
    assert len(services.hand_overs.notes(later)) == 2


def test_rule_37_what_somebody_moved_meanwhile_is_refused_and_the_rest_goes(
    services: Services, people: People
) -> None:
    assigned(services, people)
    rows = services.hand_overs.pile(people.handler, person(people.handler))
    services.triage.assign(people.lead, 1, None, NOBODY)
    services.triage.set_priority(people.lead, 2, None, Priority.HIGH)
    given = hand(people.handler, person(people.lead))
    assert give_all(services, people.handler, rows, given) == [1]
    with pytest.raises(VersionConflict) as refused:
        services.hand_overs.give(people.handler, 1, rows[-1].version, given)
    assert refused.value.message == "INC0000001 was changed by S. Lead."
    (note,) = services.hand_overs.unread(people.lead)
    assert [each.number for each in note.incidents] == [2, 3]


def test_what_was_handed_over_is_taken_back_as_any_decision(
    services: Services, people: People
) -> None:
    assigned(services, people)
    given = hand(people.handler, person(people.lead))
    services.hand_overs.give(people.handler, 1, None, given)
    services.triage.undo(people.handler, 1)
    assert len(services.hand_overs.pile(people.handler, person(people.handler))) == 3
    (note,) = services.hand_overs.unread(people.lead)
    assert [each.now_with for each in note.incidents] == ["A. Handler"]
    services.hand_overs.give(people.handler, 2, None, given)
    services.triage.set_priority(people.lead, 2, None, Priority.HIGH)
    with pytest.raises(Conflict, match=r"S\. Lead has touched it since"):
        services.triage.undo(people.handler, 2)


def test_the_pile_of_a_disabled_account_is_given_on_and_none_is_given_to_one(
    database: Database, services: Services, people: People
) -> None:
    assigned(services, people)
    services.accounts.disable("handler")
    (pile,) = [each for each in services.hand_overs.piles(people.lead) if each.disabled]
    rows = services.hand_overs.pile(people.lead, pile.holder)
    given = hand(people.handler, person(people.lead))
    assert give_all(services, people.lead, rows, given) == []
    back = hand(people.lead, person(people.handler))
    with pytest.raises(InvalidInput, match="can't be given incidents"):
        services.hand_overs.give(people.lead, 1, None, back)
    (note,) = services.hand_overs.notes(people.lead)
    assert note.title == "S. Lead handed 3 incidents of A. Handler to S. Lead"
    assert not note.is_new


def test_a_note_that_is_too_long_hands_nothing_over(services: Services, people: People) -> None:
    assigned(services, people)
    given = hand(people.handler, person(people.lead), "x" * 8_001)
    with pytest.raises(InvalidInput, match="8,001 characters"):
        services.hand_overs.give(people.handler, 1, None, given)
    assert len(services.hand_overs.pile(people.handler, person(people.handler))) == 3
    assert services.hand_overs.notes(people.lead) == ()


def test_a_school_knows_of_none_of_it(services: Services, people: People) -> None:
    service = services.hand_overs
    given = hand(people.handler, person(people.lead))
    for ask in (
        lambda: service.piles(people.head),
        lambda: service.pile(people.head, NOBODY),
        lambda: service.give(people.head, 1, None, given),
        lambda: service.unread(people.head),
        lambda: service.notes(people.head),
        lambda: service.mark_read(people.head, ()),
    ):
        with pytest.raises(NotAllowed):
            ask()
