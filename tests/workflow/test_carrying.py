"""A session carried between a folder and a database: merged, and nothing of either side is lost."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bart_tool.domain.agreement import AgreementDraft, Assent
from bart_tool.errors import BadData, NotAllowed
from bart_tool.store import atomic, exchanging
from bart_tool.store.disk import DiskStore
from bart_tool.store.protocol import Store, fingerprint_of
from bart_tool.store.session_files import Person
from bart_tool.workflow.agree import agree
from bart_tool.workflow.carry import Carried, carry
from bart_tool.workflow.erase import erase
from bart_tool.workflow.follow_up import begin, planned
from bart_tool.workflow.gather import gather
from bart_tool.workflow.merging import picture_of
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.phases import close, reopen
from bart_tool.workflow.publish import publish
from tests.cli.run import bart
from tests.store import server as servers
from tests.workflow.on_disk import begun_session, said
from tests.workflow.test_agreeing import TODAY
from tests.workflow.test_two_stores import held


@pytest.fixture
def folder(tmp_path: Path) -> Store:
    begun_session(tmp_path / "sessions")
    return DiskStore(tmp_path / "sessions")


@pytest.fixture
def database() -> Store:
    return servers.database()


def answer(store: Store, code: str, value: str, revision: int = 1) -> None:
    opened = open_session(store, "test")
    given = {"who": {"value": value, "revision": revision}}
    sheet = said(opened, code, given, status="submitted", round=opened.session.round)
    before = opened.folder.sheet(code)
    opened.folder.save_sheet(sheet, before[1] if before else None)


def answers(store: Store) -> dict[str, str]:
    picture = picture_of(open_session(store, "test")).picture
    return {each.participant: str(each.answers["who"].value) for each in picture.sheets}


def files(store: Store) -> dict[str, bytes]:
    there = held(store, "test")
    return {each: there[each] for each in there if not each.endswith("private/carried.yaml")}


def test_all_of_it_goes_to_the_database_and_back(
    folder: Store, database: Store, tmp_path: Path
) -> None:
    answer(folder, "WR-01", "college")
    assert carry(folder, database, "test").is_new
    assert files(folder) == files(database)
    other = DiskStore(tmp_path / "other")
    assert carry(database, other, "test").is_new
    assert files(other) == files(folder)
    for _ in range(2):  # again changes nothing
        done = carry(folder, database, "test")
        assert done == Carried(done.opened)
    assert files(folder) == files(database)


def test_names_stay_where_they_are(folder: Store, database: Store) -> None:
    opened = open_session(folder, "test")
    opened.folder.save_people({"WR-01": Person(name="Zeldzaam")})
    assert carry(folder, database, "test").people_stay
    assert b"Zeldzaam" not in b"".join(files(database).values())
    close(open_session(database, "test"))
    assert carry(database, folder, "test").taken_over
    assert open_session(folder, "test").folder.people() == {"WR-01": Person(name="Zeldzaam")}


def test_answers_of_both_sides_meet_and_the_newest_stands(folder: Store, database: Store) -> None:
    answer(folder, "WR-01", "college")
    carry(folder, database, "test")
    answer(folder, "WR-02", "college")
    answer(database, "WR-03", "wijkraad")
    answer(database, "WR-01", "wijkraad", revision=2)
    assert carry(folder, database, "test").came_in == ("WR-02",)
    assert carry(database, folder, "test").came_in == ("WR-03",)
    expected = {"WR-01": "wijkraad", "WR-02": "college", "WR-03": "wijkraad"}
    assert answers(folder) == answers(database) == expected


def test_what_differs_with_the_same_revision_waits_for_a_person(
    folder: Store, database: Store
) -> None:
    carry(folder, database, "test")
    answer(folder, "WR-01", "college")
    answer(database, "WR-01", "wijkraad")
    carry(folder, database, "test")
    assert len(picture_of(open_session(database, "test")).picture.conflicts) == 1


def test_what_went_on_is_taken_over(folder: Store, database: Store) -> None:
    answer(folder, "WR-01", "college")
    carry(folder, database, "test")
    opened = publish(close(open_session(database, "test")).opened).opened
    draft = AgreementDraft(
        topic="who", sentence="Het college beslist.", parties=(Assent(party="wijkraad"),)
    )
    opened = agree(opened, draft, TODAY).opened
    begin(opened, planned(opened))
    assert carry(database, folder, "test").taken_over
    assert files(folder) == files(database)
    assert open_session(folder, "test").session.round == 2


def test_who_is_behind_carries_answers_only(folder: Store, database: Store) -> None:
    carry(folder, database, "test")
    answer(database, "WR-01", "college")
    opened = open_session(database, "test")
    opened.revised(lambda session: session.changed(title="Elders"))
    answer(folder, "WR-02", "college")
    assert carry(folder, database, "test").is_behind
    assert answers(database) == {"WR-01": "college", "WR-02": "college"}
    assert open_session(database, "test").session.title == "Elders"
    assert carry(database, folder, "test").taken_over
    assert files(folder) == files(database)


def test_answers_that_only_lie_there_are_not_closed_over(folder: Store, database: Store) -> None:
    carry(folder, database, "test")
    answer(database, "WR-01", "college")
    close(open_session(folder, "test"))
    before = files(folder), files(database)
    with pytest.raises(BadData) as refused:
        carry(folder, database, "test")
    assert refused.value.code == "carry-answers-there"
    with pytest.raises(NotAllowed):
        carry(database, folder, "test")
    assert (files(folder), files(database)) == before
    reopen(open_session(folder, "test"), ["WR-01"])
    carry(database, folder, "test")
    assert answers(folder) == {"WR-01": "college"}


def test_what_changed_on_both_sides_is_for_a_person(folder: Store, database: Store) -> None:
    carry(folder, database, "test")
    for store, title in ((folder, "Noord"), (database, "Zuid")):
        opened = open_session(store, "test")
        opened.revised(lambda session, title=title: session.changed(title=title))
    before = files(folder), files(database)
    for source, target in ((folder, database), (database, folder)):
        with pytest.raises(BadData) as refused:
            carry(source, target, "test")
        assert refused.value.code == "carry-both-changed"
    assert (files(folder), files(database)) == before


def test_another_session_of_that_name_is_left_alone(
    folder: Store, database: Store, tmp_path: Path
) -> None:
    carry(folder, database, "test")
    begun_session(tmp_path / "other", id="6f" * 8)
    with pytest.raises(BadData) as refused:
        carry(DiskStore(tmp_path / "other"), database, "test")
    assert refused.value.code == "carry-other-session"


@pytest.mark.parametrize("way", ["there", "back"])
def test_who_was_erased_does_not_come_back(folder: Store, database: Store, way: str) -> None:
    for code in ("WR-01", "WR-02"):
        answer(folder, code, "college")
    carry(folder, database, "test")
    first, then = (folder, database) if way == "there" else (database, folder)
    erase(open_session(first, "test"), "WR-01")
    assert carry(then, first, "test").is_behind
    assert set(answers(first)) == {"WR-02"}
    assert carry(first, then, "test").taken_over
    assert set(answers(then)) == {"WR-02"}
    assert files(folder) == files(database)


def test_what_was_set_aside_on_either_side_stays(
    folder: Store, database: Store, tmp_path: Path
) -> None:
    carry(folder, database, "test")
    for store, content in ((folder, "format: ["), (database, "format: {")):
        (tmp_path / "broken.yaml").write_text(content, "utf-8")
        gather(open_session(store, "test"), [tmp_path / "broken.yaml"])
    close(open_session(folder, "test"))
    carry(folder, database, "test")
    aside = {content for name, content in files(database).items() if name.endswith(".yaml")}
    assert {b"format: [", b"format: {"} <= aside


def test_an_answer_that_lands_meanwhile_is_not_lost(
    folder: Store, database: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is saved past the lock, as by a program that lost it."""
    from bart_tool.workflow import carry as carrying

    carry(folder, database, "test")
    close(open_session(folder, "test"))
    late = said(open_session(database, "test"), "WR-01", {"who": "college"}, status="submitted")

    def meanwhile(*given: OpenSession) -> None:
        must_hold(*given)
        given[1].folder.save_sheet(late, None)

    must_hold = carrying._must_hold
    monkeypatch.setattr(carrying, "_must_hold", meanwhile)
    with pytest.raises(Exception, match="changed-since-read"):
        carry(folder, database, "test")
    assert set(answers(database)) == {"WR-01"}


class Killed(BaseException):
    """The program is gone: nothing after this touches the disk either."""


def test_killed_while_it_is_taken_over_in_a_folder_the_next_start_goes_on(
    folder: Store, database: Store, tmp_path: Path
) -> None:
    """At every call that changes the disk; before all lies beside it nothing changes, then all."""
    carry(folder, database, "test")
    answer(database, "WR-01", "college")
    publish(close(open_session(database, "test")).opened)
    old, new = files(folder), files(database)
    seen, is_done, number = set(), False, 0
    while not is_done:
        number += 1
        root = tmp_path / f"try-{number}"
        shutil.copytree(tmp_path / "sessions", root)
        is_done = not _killed_at(number, root, new)
        open_session(DiskStore(root), "test")
        found = files(DiskStore(root))
        assert found in (old, new), number
        seen.add(found == new)
        assert not [each for each in root.iterdir() if each.name.endswith(".exchanging")]
        shutil.rmtree(root)
    assert seen == {True, False}
    assert number > 20


def _killed_at(number: int, root: Path, new: dict[str, bytes]) -> bool:
    """Take `new` over, and fall at the call with this number; whether it came to that."""
    left = [number]

    def falling(call: Callable[..., object]) -> Callable[..., object]:
        def called(*given: object, **more: object) -> object:
            left[0] -= 1
            if left[0] <= 0:
                raise Killed
            return call(*given, **more)

        return called

    there = root / "test"
    now = {each: fingerprint_of((there / each).read_bytes()) for each in exchanging.held(there)}
    inside = {name.removeprefix("test/"): content for name, content in new.items()}
    names = (
        "_write_new",
        "_replace",
        "_remove_quietly",
        "_remove_by",
        "remove_tree",
        "make_folder",
    )
    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            patch.setattr(atomic, name, falling(getattr(atomic, name)))
        try:
            DiskStore(root).exchange("test", inside, now)
        except Killed:
            return True
    return False


# The commands


def test_the_commands_say_what_they_did_and_never_a_password(
    folder: Store, database: Store, tmp_path: Path
) -> None:
    address, root = servers.needed().address(), tmp_path / "sessions"
    answer(folder, "WR-01", "college")
    done = bart(root, "push", "test", "--to", address, language="nl")
    assert done.code == 0, done.err
    assert "staat nu ook in postgresql://facilitator@" in done.out
    answer(database, "WR-02", "college")
    done = bart(root, "pull", "test", "--from", address, language="nl")
    assert "WR-02" in done.out
    close(open_session(database, "test"))
    done = bart(root, "pull", "test", "--from", address, "--json", language="nl")
    assert done.code == 0
    assert '"taken_over": true' in done.out
    for args in (("push", "test"), ("pull", "test", "--from", "een-map")):
        assert bart(root, *args, language="nl").code == 2
    everything = done.out + done.err
    assert servers.PASSWORD not in everything
