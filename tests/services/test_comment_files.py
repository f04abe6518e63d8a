"""Files that come with a comment, or later alone (rules 7, 24, 27, 28 and 50)."""

from __future__ import annotations

import pytest

from eds_tui.domain.account import Account
from eds_tui.domain.errors import AlreadySent, InvalidInput, NotAllowed, NotFound, Unavailable
from eds_tui.domain.event import EventKind
from eds_tui.domain.history import in_words
from eds_tui.domain.incident import LARGEST_ATTACHMENT, ChosenFile
from eds_tui.domain.lifecycle import State
from eds_tui.domain.notification import NotificationKind
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.files import FileShelf
from tests.factories import People, SetClock, new_form, set_state
from tests.services.triage_steps import ASKED

pytestmark = pytest.mark.usefixtures("two_incidents")


def made(shelf: FileShelf, *names: str) -> tuple[ChosenFile, ...]:
    """Return files of these names, each with its name in it."""
    for name in names:
        (shelf.root / name).write_text(name)
    return tuple(shelf.choose((), name) for name in names)


def names(services: Services, reader: Account, number: int = 1) -> list[str]:
    """Return the names of the files that somebody sees of an incident."""
    return [file.name for file in services.queue.open(reader, number).attachments]


@pytest.mark.on_both
def test_both_sides_attach_and_each_comment_has_its_files(
    services: Services, people: People, shelf: FileShelf
) -> None:
    files = made(shelf, "a.txt", "b.txt", "c.txt")
    services.report.log(people.head, new_form(files=made(shelf, "first.txt")))
    services.conversation.comment(people.head, 3, "See these.", "one", files=files[:2])
    services.conversation.comment(people.handler, 3, "", "two", "Mrs Testing", files[2:])
    for reader in (people.head, people.handler):
        detail = services.queue.open(reader, 3)
        of_school, of_centre = detail.comments
        found = {file.name: file.comment_id for file in detail.attachments}
        assert found == {
            "first.txt": None, "a.txt": of_school.id, "b.txt": of_school.id, "c.txt": of_centre.id,
        }  # fmt: skip
        assert (of_centre.body, of_centre.author) == ("", "A. Handler for Mrs Testing (phone)")
        assert services.attachments.fetch(reader, 3, "c.txt", b"".join) == b"c.txt"


def test_no_words_and_no_file_is_nothing(services: Services, people: People) -> None:
    with pytest.raises(InvalidInput) as refused:
        services.conversation.comment(people.head, 1, " ", "key", files=())
    assert list(refused.value.problems) == ["comment"]


@pytest.mark.on_both
def test_rule_27_the_files_of_a_work_note_never_reach_the_school(
    services: Services, people: People, shelf: FileShelf
) -> None:
    (secret,) = made(shelf, "secret.txt")
    services.conversation.work_note(people.handler, 1, "Between us.", "note", (secret,))
    (file,) = services.queue.open(people.handler, 1).attachments
    assert names(services, people.head) == []
    for meant in (file.id, "secret.txt"):
        assert services.attachments.fetch(people.lead, 1, meant, b"".join) == b"secret.txt"
        with pytest.raises(NotFound):
            services.attachments.fetch(people.head, 1, meant, b"".join)
    with pytest.raises(NotAllowed):
        services.conversation.work_note(people.head, 1, "Mine.", "other", (secret,))


def test_rule_24_a_confidential_incident_takes_no_file_of_a_school(
    services: Services, people: People, shelf: FileShelf
) -> None:
    services.triage.set_confidential(people.handler, 1, None, True, "A pupil is named.")
    services.conversation.comment(people.handler, 1, "", "key", files=made(shelf, "a.txt"))
    for number in (1, 4711):
        with pytest.raises(NotFound) as refused:
            services.conversation.comment(people.head, number, "", "k", files=made(shelf, "b.txt"))
        assert refused.value.message.startswith("There is no incident INC")
    assert names(services, people.handler) == ["a.txt"]


def test_rule_24_no_name_of_a_file_tells_a_school_a_confidential_number(
    services: Services, people: People, shelf: FileShelf
) -> None:
    services.triage.set_confidential(people.handler, 2, None, True, "A pupil is named.")
    files = made(shelf, "INC0000002.txt")
    with pytest.raises(InvalidInput, match="INC0000002 is confidential"):
        services.conversation.comment(people.handler, 1, "", "key", files=files)
    services.conversation.work_note(people.handler, 1, "Look.", "note", files)


@pytest.mark.on_both
def test_a_file_that_has_gone_keeps_all_of_it_back(
    services: Services, people: People, shelf: FileShelf
) -> None:
    files = made(shelf, "a.txt", "b.txt")
    (shelf.root / "b.txt").unlink()
    with pytest.raises(Unavailable, match=r"b\.txt is not there"):
        services.conversation.comment(people.head, 1, "See these.", "key", files=files)
    detail = services.queue.open(people.head, 1)
    assert (detail.comments, detail.attachments) == ((), ())


@pytest.mark.on_both
def test_what_is_sent_twice_is_kept_once_though_its_file_has_gone(
    services: Services, people: People, shelf: FileShelf
) -> None:
    send, files = services.conversation.comment, made(shelf, "a.txt", "b.txt")
    send(people.head, 1, "See this.", "key", files=files[:1])
    (shelf.root / "a.txt").unlink()
    assert send(people.head, 1, "See this.", "key", files=files[:1]) is State.NEW
    for changed in ((), files[1:]):
        with pytest.raises(AlreadySent) as refused:
            send(people.head, 1, "See this.", "key", files=changed)
        assert refused.value.sent == "See this.\n\nAttached: a.txt"
    assert names(services, people.head) == ["a.txt"]


def test_rule_7_holds_for_later_files(services: Services, people: People, shelf: FileShelf) -> None:
    large = shelf.root / "large.bin"
    with large.open("wb") as file:
        file.truncate(LARGEST_ATTACHMENT + 1)
    (film,) = (shelf.choose((), "large.bin"),)
    for files in ((film,), made(shelf, "a.txt") * 21):
        with pytest.raises(InvalidInput) as refused:
            services.conversation.comment(people.head, 1, "Look.", "key", files=files)
        assert list(refused.value.problems) == ["files"]
    assert services.queue.open(people.head, 1).comments == ()


def test_a_closed_incident_takes_no_file_and_a_work_note_still_does(
    database: Database, services: Services, people: People, clock: SetClock, shelf: FileShelf
) -> None:
    files = made(shelf, "a.txt")
    set_state(database, people, 1, State.RESOLVED, clock())
    assert services.conversation.comment(people.head, 1, "", "a", files=files) is State.RESOLVED
    clock.forward(hours=24)
    for actor in (people.head, people.handler):
        with pytest.raises(InvalidInput, match="closed"):
            services.conversation.comment(actor, 1, "", "b", files=files)
    services.conversation.work_note(people.handler, 1, "For the file.", "c", files)
    assert (names(services, people.head), names(services, people.lead)) == (
        ["a.txt"],
        ["a.txt"] * 2,
    )


def test_rule_17_a_file_alone_answers_what_the_school_was_asked(
    services: Services, people: People, shelf: FileShelf
) -> None:
    services.triage.set_state(people.handler, 1, None, ASKED)
    files = made(shelf, "printer.jpg")
    assert services.conversation.comment(people.head, 1, "", "k", files=files) is State.IN_PROGRESS


def test_the_mail_names_them_and_the_history_does(
    database: Database, services: Services, people: People, clock: SetClock, shelf: FileShelf
) -> None:
    """Rules 28 and 30; a work note's are in no mail, nor what was taken back since."""
    files = made(shelf, "a.txt", "b.txt", "c.txt")
    services.conversation.work_note(people.handler, 1, "Between us.", "note", files[:1])
    services.conversation.comment(people.handler, 1, "", "key", files=files)
    taken = services.queue.open(people.handler, 1).attachments[-1]
    services.attachments.take_back(people.handler, 1, taken.id, "Wrong one.")
    with database.writing() as work:
        notices = iter(lambda: work.notifications.take(clock()), None)
        found = [each.files for each in notices if each.kind is NotificationKind.COMMENT]
        said = work.events.of_kind(EventKind.COMMENT_ADDED)
    assert found == [("a.txt", "b.txt")]
    assert [each.details["files"] for each in said] == ["a.txt, b.txt, c.txt"]
    words = [in_words(each) for each in services.history.of_incident(people.handler, 1)]
    assert any(
        each.endswith("A. Handler wrote a comment (with a.txt, b.txt, c.txt)") for each in words
    )


@pytest.mark.parametrize("name", ["photo (2).jpg", "\u202egpj.exe", "ü" * 120 + ".txt"])
def test_any_name_comes_back(
    services: Services, people: People, shelf: FileShelf, name: str
) -> None:
    services.conversation.comment(people.head, 1, "", "key", files=made(shelf, name))
    assert names(services, people.handler) == [name]


def test_rule_27_that_a_work_notes_file_was_taken_back_is_told_to_no_school(
    services: Services, people: People, shelf: FileShelf
) -> None:
    services.conversation.work_note(people.handler, 1, "Ours.", "note", made(shelf, "a.txt"))
    services.conversation.comment(people.handler, 1, "", "comment", files=made(shelf, "b.txt"))
    for file in services.queue.open(people.handler, 1).attachments:
        services.attachments.take_back(people.handler, 1, file.id, "Wrong")
    kinds = [event.kind for event in services.history.of_incident(people.handler, 1)]
    assert {EventKind.HIDDEN_FILE_TAKEN_BACK, EventKind.ATTACHMENT_TAKEN_BACK} <= set(kinds)
    assert names(services, people.handler) == []
