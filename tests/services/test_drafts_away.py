"""Drafts while the database can't be reached: kept on this machine, then put away (rule 36)."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from eds_tui import bootstrap
from eds_tui.domain.drafts import is_unplaced
from eds_tui.domain.errors import Unavailable
from eds_tui.domain.views import Draft
from eds_tui.repository.draft_files import DraftFiles
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests import nasty
from tests.conftest import Away
from tests.factories import START, People, SetClock, new_form

CALL = "call:one"
COMMENT = "comment:INC0000001"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the drafts of this machine are."""
    return tmp_path / "state" / "drafts"


def kept(folder: Path) -> list[Path]:
    """Return the files of this machine's drafts."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def bodies(services: Services, people: People, prefix: str = "") -> list[dict[str, object]]:
    """Return what is offered to the handler, the latest first."""
    return [draft.body for draft in services.drafts.under(people.handler, prefix)]


def test_what_is_kept_here_is_offered_while_the_database_is_away_and_afterwards(
    services: Services, people: People, folder: Path, away: Away
) -> None:
    with away():
        with pytest.raises(Unavailable):
            services.drafts.save(people.handler, CALL, {"description": "one"})
        services.drafts.keep_here(people.handler, CALL, {"description": "one"})
        services.drafts.keep_here(people.handler, CALL, {"description": "one two"})
        assert bodies(services, people) == [{"description": "one two"}]
        with pytest.raises(Unavailable):
            services.drafts.under(people.lead, "")
        assert len(kept(folder)) == 1
    assert bodies(services, people) == [{"description": "one two"}]
    assert kept(folder) == []
    assert services.drafts.take(people.handler, CALL) == {"description": "one two"}
    assert services.drafts.under(people.lead, "") == ()


def test_rule_24_while_it_is_away_a_school_has_what_it_typed_without_its_place(
    services: Services, people: People, away: Away
) -> None:
    """What it may know of is not known just then; the service centre may know of all."""
    draft = {"text": "Still down", "seen": 3}
    with away():
        for actor in (people.head, people.handler):
            services.drafts.keep_here(actor, COMMENT, draft)
            services.drafts.keep_here(actor, CALL, {"description": "one"})
        (call, theirs), (placed, ours) = (
            sorted(services.drafts.under(actor, ""), key=lambda each: "text" in each.body)
            for actor in (people.head, people.handler)
        )
    assert (call.place, placed.place) == (CALL, CALL)
    assert (is_unplaced(theirs.place), theirs.body) == (True, {"text": "Still down"})
    assert (ours.place, ours.body) == (COMMENT, draft)


def test_where_this_machine_keeps_no_drafts_that_is_said(
    database: Database, services: Services, people: People, folder: Path
) -> None:
    """The settings name no folder: what the database has is kept as ever."""
    bare = bootstrap.open_services(database)
    with pytest.raises(Unavailable, match="no draft is kept here"):
        bare.drafts.keep_here(people.handler, CALL, {"description": "one"})
    bare.drafts.save(people.handler, CALL, {"description": "two"})
    bare.drafts.forget_here(people.handler, CALL)
    assert bodies(bare, people) == [{"description": "two"}]
    assert kept(folder) == []


def test_nobody_else_may_read_what_is_kept_here(
    services: Services, people: People, folder: Path
) -> None:
    """A folder that was there before keeps its mode, which doctor tells."""
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    services.drafts.keep_here(people.handler, CALL, {"description": "one"})
    (file,) = kept(folder)
    assert [path.stat().st_mode & 0o777 for path in (folder, file.parent)] == [0o755, 0o700]
    assert file.stat().st_mode & 0o777 == 0o600
    assert not {"handler", "call"} & set(str(file.relative_to(folder)).split("/"))


def test_it_is_nobody_elses_and_no_other_databases(
    services: Services, people: People, folder: Path, tmp_path: Path
) -> None:
    services.drafts.keep_here(people.head, CALL, {"description": "one"})
    other = bootstrap.open_database(f"sqlite:///{tmp_path / 'other.db'}", make=True)
    other_desk = bootstrap.open_services(other, drafts=folder)
    same = People.add_to(other, other_desk).head
    assert (same.id, same.login) == (people.head.id, people.head.login)
    for account in (people.bursar, people.neighbour, people.handler):
        assert services.drafts.under(account, "") == ()
    assert other_desk.drafts.under(same, "") == ()
    other.close()
    assert [draft.place for draft in services.drafts.under(people.head, "")] == [CALL]


def test_what_was_stored_before_gives_way(
    services: Services, people: People, clock: SetClock
) -> None:
    services.drafts.save(people.handler, CALL, {"description": "on"})
    clock.forward(seconds=1)
    services.drafts.keep_here(people.handler, CALL, {"description": "one"})
    clock.forward(seconds=1)
    services.drafts.keep_here(people.handler, CALL, {"description": "one two"})
    assert bodies(services, people) == [{"description": "one two"}]


def test_what_was_not_known_is_not_written_over(services: Services, people: People) -> None:
    """The database was away already when the box was come to: its text has a place of its own."""
    services.drafts.save(people.handler, COMMENT, {"text": "left"})
    services.drafts.keep_here(people.handler, f"{COMMENT}:a", {"text": "new"})
    left = services.drafts.left(people.handler, COMMENT)
    assert sorted(str(draft.body["text"]) for draft in left) == ["left", "new"]


def test_what_the_database_got_last_stays(
    services: Services, people: People, clock: SetClock
) -> None:
    """The program ended between storing it and forgetting what had waited here."""
    services.drafts.keep_here(people.handler, CALL, {"description": "one", "submission": "a"})
    clock.forward(seconds=1)
    longer = {"description": "one two", "submission": "a", "impact": 2}
    services.drafts.save(people.handler, CALL, longer)
    assert bodies(services, people) == [longer]


def test_a_form_that_went_on_elsewhere_is_there_twice(
    services: Services, people: People, clock: SetClock, folder: Path
) -> None:
    """Neither is written over: what another host stored meanwhile, and what waited here."""
    services.drafts.keep_here(people.handler, CALL, {"description": "here"})
    clock.forward(minutes=1)
    services.drafts.save(people.handler, CALL, {"description": "elsewhere"})
    assert bodies(services, people, "call:") == [
        {"description": "elsewhere"},
        {"description": "here"},
    ]
    assert kept(folder) == []
    assert len(bodies(services, people)) == 2


@pytest.mark.parametrize(
    ("there", "here", "offered"),
    [
        ("one", "two", [{"text": "one", "submission": "b"}, {"text": "two"}]),
        ("one two", "one", [{"text": "one two", "submission": "b"}]),
        ("one", "one", [{"text": "one", "submission": "b"}]),
    ],
)
def test_of_a_comment_that_went_on_elsewhere_both_are_offered(
    services: Services,
    people: People,
    clock: SetClock,
    there: str,
    here: str,
    offered: list[dict[str, object]],
) -> None:
    """A submission key belongs to one of them."""
    services.drafts.keep_here(people.handler, COMMENT, {"text": here, "submission": "a"})
    clock.forward(minutes=1)
    services.drafts.save(people.handler, COMMENT, {"text": there, "submission": "b"})
    assert [draft.body for draft in services.drafts.left(people.handler, COMMENT)] == offered
    assert len(bodies(services, people)) == len(offered)


def test_an_incident_that_was_logged_is_not_offered_again(
    services: Services, people: People, clock: SetClock
) -> None:
    """The program ended between the one and the other: here, and in the database."""
    form = new_form(school_id=people.school.id, caller="A", description="one two")
    body = {"description": "one", "submission": form.submission}
    services.drafts.keep_here(people.handler, CALL, body)
    services.drafts.save(people.handler, "call:two", body)
    services.report.log(people.handler, form)
    clock.forward(seconds=1)
    services.drafts.save(people.handler, "call:three", body | {"description": "one two"})
    assert bodies(services, people) == []
    assert services.drafts.take(people.handler, CALL) is None
    services.drafts.save(people.handler, "call:three", body | {"description": "one two three"})
    assert bodies(services, people) == [body | {"description": "one two three"}]


def test_a_comment_that_was_sent_is_not_offered_again(
    services: Services, people: People, clock: SetClock
) -> None:
    services.report.log(people.head, new_form())
    body = {"text": "one", "submission": "a"}
    services.drafts.keep_here(people.handler, COMMENT, body)
    services.conversation.comment(people.handler, 1, "one two", "a")
    assert services.drafts.take(people.handler, COMMENT) is None
    clock.forward(seconds=1)
    services.drafts.save(people.handler, COMMENT, body | {"text": "one two three"})
    assert services.drafts.take(people.handler, COMMENT) == body | {"text": "one two three"}


def test_any_text_at_all_comes_back(services: Services, people: People) -> None:
    texts = [*nasty.ALL, *(text for text, _ in nasty.UNSTORABLE)]
    services.drafts.keep_here(people.handler, CALL, {"texts": texts})
    assert bodies(services, people) == [{"texts": texts}]


@pytest.mark.parametrize("contents", [b"", b"{", b"[]", b'{"place": 1}', b"\xff\xfe", b"null"])
def test_a_file_that_is_no_draft_hinders_nothing_and_is_left_alone(
    services: Services, people: People, folder: Path, contents: bytes
) -> None:
    services.drafts.keep_here(people.handler, CALL, {"description": "one"})
    (file,) = kept(folder)
    spoilt = file.with_name("0" * 32 + ".json")
    spoilt.write_bytes(contents)
    assert bodies(services, people) == [{"description": "one"}]
    assert kept(folder) == [spoilt]


def test_where_it_cannot_be_kept_here_either_that_is_said(
    services: Services, people: People, folder: Path
) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")
    with pytest.raises(Unavailable, match="Nor can what you type be kept on this machine"):
        services.drafts.keep_here(people.handler, CALL, {"description": "one"})


def test_a_draft_that_is_thrown_away_is_thrown_away_here_too(
    services: Services, people: People, folder: Path
) -> None:
    services.drafts.keep_here(people.handler, CALL, {"description": "one"})
    services.drafts.drop(people.handler, CALL)
    assert kept(folder) == []
    assert bodies(services, people) == []


def test_what_was_typed_while_it_was_put_away_stays_here(
    database: Database, people: People, folder: Path
) -> None:
    """Another session of the same person asks for the drafts at that moment."""
    files = DraftFiles(folder, database.name)
    files.save(
        people.handler, Draft(place=CALL, body={"description": "one"}, saved_at=START), START
    )
    (read,) = files.all(people.handler)
    files.save(
        people.handler, Draft(place=CALL, body={"description": "one two"}, saved_at=START), START
    )
    files.drop_unchanged(people.handler, read)
    (left,) = files.all(people.handler)
    assert left.draft.body == {"description": "one two"}
    assert json.loads(kept(folder)[0].read_bytes())["since"] == START.isoformat()


def test_calls_that_keep_one_draft_at_a_time_are_not_in_each_others_way(
    services: Services, people: People
) -> None:
    """One saves while one types, another as the place is left."""
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda n: services.drafts.keep_here(
                    people.head, "report:a", {"description": str(n)}
                ),
                range(200),
            )
        )
    (draft,) = services.drafts.under(people.head, "report:")
    assert draft.body["description"].isdigit()
