"""T2 and T3 of tests/README.md, the first step: each call to the disk fails in turn.

What was acknowledged is there; what was not is the old or the new, never a third; and doing it
once more ends where it would have ended without the failure.
"""

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bart_tool.domain.agreement import AgreementDraft, Assent
from bart_tool.errors import BartError, Exit
from bart_tool.store import generated, question_sets
from bart_tool.workflow.agree import agree
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.delete import delete
from bart_tool.workflow.erase import erase
from bart_tool.workflow.export import export
from bart_tool.workflow.follow_up import begin, planned, take_back
from bart_tool.workflow.gather import gather
from bart_tool.workflow.merging import picture_of
from bart_tool.workflow.open_session import OpenSession, earlier_rounds, open_session, round_named
from bart_tool.workflow.phases import close, reopen
from bart_tool.workflow.publish import publish
from tests.cli.run import bart
from tests.cli.some_session import answered, closed, csv
from tests.figures import figure, is_long
from tests.store.failpoints import BROKEN, FULL, KILL, KINDS, Failpoint, Killed, failing
from tests.workflow.on_disk import (
    ALL_TYPES,
    begun_session,
    check_kept,
    held,
    in_folder,
    naming,
    said,
    sheet_file,
    snapshot,
    store_in,
)
from tests.workshop import path_of

FEW = {"wijkraad": 3, "wijkmanager": 1}


@dataclass(frozen=True)
class Deed:
    """Something that writes: the session before it, what is done, and what must hold after."""

    ready: Callable[[Path], None]
    do: Callable[[Path], object]
    check: Callable[[Path, Path, Path], None]  # the session as it is, as it was, as it should be


def desk_in(root: Path, inside: str = "sessions") -> OpenSession:
    return open_session(store_in(root / inside), "test")


def with_answers(root: Path) -> None:
    opened = begun_session(root / "sessions", FEW)
    for code in ("WR-01", "WR-02", "WR-03"):
        opened.folder.save_sheet(said(opened, code, {**ALL_TYPES, "choice/wijkraad": "plan"}), None)
    other = {"choice/wijkraad": "voice", "who": {"value": "college", "revision": 4}}
    sheet_file(root, "conflict.yaml", said(opened, "WR-01", other))
    sheet_file(root, "new.yaml", said(opened, "WM-01", {"who": "college"}))
    (root / "broken.yaml").write_text('participant: "WR-02"\nkind: [', encoding="utf-8")


def with_old_report(root: Path) -> None:
    with_answers(root)
    publish(close(desk_in(root)).opened, formats=("md", "json"))
    opened = reopen(desk_in(root))
    opened = gather(opened, [root / "new.yaml"]).opened
    close(opened)


def with_old_tables(root: Path) -> None:
    with_answers(root)
    export(close(desk_in(root)).opened, formats=TABLES)
    opened = reopen(desk_in(root))
    opened = gather(opened, [root / "new.yaml"]).opened
    close(opened)


def with_everything(root: Path) -> None:
    with_answers(root)
    gather(desk_in(root), [root / "conflict.yaml", root / "broken.yaml"])
    publish(close(desk_in(root)).opened, formats=("md", "json"))


def save_first(root: Path) -> None:
    context = session_context(desk_in(root), "WM-01")
    context.save(context.blank.changed(consent="position"), None)


def save_again(root: Path) -> None:
    opened = reopen_quietly(desk_in(root))
    context = session_context(opened, "WR-01")
    found = context.read()
    assert found is not None
    newer = said(opened, "WR-01", {"who": {"value": "nobody", "revision": 2}}).answers
    context.save(found[0].changed(answers={**found[0].answers, **newer}), found[1])


def reopen_quietly(opened: OpenSession) -> OpenSession:
    return opened if "WR-01" in opened.session.reopened else reopen(opened, ["WR-01"])


def take_in(root: Path) -> None:
    gather(desk_in(root), [root / each for each in ("conflict.yaml", "broken.yaml", "new.yaml")])


def make_report(root: Path) -> None:
    made = publish(desk_in(root))
    if made.problems:  # a sheet could not be read: the report names it, and was made without it
        raise Incomplete


def make_tables(root: Path) -> None:
    if export(desk_in(root), formats=TABLES).problems:
        raise Incomplete


class Incomplete(Exception):
    """Done as far as could be, and what is missing was named."""


def each_file_is_old_or_new(now: Path, old: Path, new: Path) -> None:
    old_files, new_files = (snapshot(each / "sessions") for each in (old, new))
    for name, content in snapshot(now / "sessions").items():
        assert content in (old_files.get(name), new_files.get(name)), name
    assert old_files.keys() & new_files.keys() <= snapshot(now / "sessions").keys()


def nothing_is_lost(now: Path, old: Path, _new: Path) -> None:
    check_kept(held(in_folder(desk_in(old))), held(in_folder(desk_in(now))))


def gathered_whole_or_not(now: Path, old: Path, new: Path) -> None:
    nothing_is_lost(now, old, new)
    each_file_is_old_or_new(now, old, new)


def tables_are_old_or_new(now: Path, old: Path, new: Path) -> None:
    """Each table is whole; of which closing it is, the session says until all are the new ones."""
    here, before, after = (
        {n: c for n, c in snapshot(each / "sessions").items() if "/export/" in n}
        for each in (now, old, new)
    )
    assert here.keys() == before.keys() == after.keys()
    assert all(content in (before[name], after[name]) for name, content in here.items())
    assert before != after
    if here != after:
        assert desk_in(now).session.report_out_of_date


def reports_are_old_or_new(now: Path, old: Path, new: Path) -> None:
    each_file_is_old_or_new(now, old, new)
    if not desk_in(now).session.report_out_of_date:
        assert snapshot(now / "sessions") == snapshot(new / "sessions")


def erased_or_not_begun(now: Path, old: Path, _new: Path) -> None:
    """Opening it has gone on with what was killed: there is no half of it."""
    opened = desk_in(now)
    files = snapshot(path_of(opened.folder))
    assert opened.session.erasing == ()
    if "WR-01" in opened.session.party_of:
        assert files == snapshot(path_of(desk_in(old).folder))
        return
    assert "WR-01" in opened.session.erased
    assert naming("WR-01", files) == []
    assert not [name for name in files if "WR-01" in name]
    assert opened.session.report_out_of_date
    others = {name for name in files if name.startswith("sheets/")}
    assert others == {"sheets/WR-02.yaml", "sheets/WR-03.yaml"}


def with_agreements(root: Path) -> None:
    with_everything(root)
    opened = desk_in(root)
    for draft in DRAFTS:
        opened = agree(opened, draft, date(2026, 11, 25)).opened


def agree_once(root: Path) -> None:
    agree(desk_in(root), DRAFTS[0], date(2026, 11, 25))


def agreed_or_not(now: Path, old: Path, new: Path) -> None:
    each_file_is_old_or_new(now, old, new)
    opened = desk_in(now)
    if opened.session.phase == "agreed":  # never said of a session in which nothing was
        assert opened.folder.agreements()[0].agreements


def with_follow_up(root: Path) -> None:
    with_agreements(root)
    opened = follow_up(root)
    for code in ("WR-01", "WR-02", "WR-03"):
        opened.folder.save_sheet(said(opened, code, {"who": "college"}, round=2), None)
    publish(close(opened).opened, formats=("md", "json"))
    generated.write(opened.folder, "compare-1-2.md", b"what moved")


def follow_up(root: Path) -> OpenSession:
    opened = desk_in(root)
    return begin(opened, planned(opened))


def round_one_lies_in_one_place_at_least(now: Path, old: Path, _new: Path) -> None:
    opened = desk_in(now)
    answers = held(in_folder(desk_in(old)))
    if opened.session.round == 1:
        check_kept(answers, held(in_folder(opened)))
        assert opened.session == desk_in(old).session
        return
    assert opened.session.phase == "answering"
    check_kept(answers, held(in_folder(round_named(opened, 1))))
    assert in_folder(opened) == ()  # opening swept what the old round left
    was = {
        name: content
        for name, content in snapshot(old / "sessions/test").items()
        if name.startswith(("session", "question", "view", "sheets/", "conflicts/", "report/"))
    }
    assert snapshot(now / "sessions/test/rounds/1") == was


def with_new_round(root: Path) -> None:
    with_agreements(root)
    follow_up(root)


def take_it_back(root: Path) -> None:
    take_back(desk_in(root))


def back_or_not_yet(now: Path, old: Path, _new: Path) -> None:
    opened = desk_in(now)
    answers = held(in_folder(round_named(desk_in(old), 1)))
    check_kept(answers, held(in_folder(round_named(opened, 1))))
    if opened.session.round == 1:
        assert opened.session.phase == "agreed"


def erased_in_both_rounds_or_not_begun(now: Path, old: Path, _new: Path) -> None:
    opened = desk_in(now)
    files = snapshot(path_of(opened.folder))
    assert opened.session.erasing == ()
    if "WR-01" in opened.session.party_of:
        assert files == snapshot(path_of(desk_in(old).folder))
        return
    for each in (opened, *earlier_rounds(opened)):
        assert "WR-01" in each.session.erased
        assert each.session.erasing == ()
        assert each.session.report_out_of_date
        assert (path_of(each.folder) / "sheets/WR-02.yaml").exists()
    assert naming("WR-01", files) == []
    assert not [name for name in files if "WR-01" in name]
    assert "report/compare-1-2.md" not in files


def with_a_neighbour(root: Path) -> None:
    with_answers(root)
    opened = begun_session(root / "sessions", FEW, session="other")
    opened.folder.save_sheet(said(opened, "WR-01", ALL_TYPES), None)


def delete_neighbour(root: Path) -> None:
    delete(store_in(root / "sessions"), "other")


def deleted_or_as_it_was(now: Path, old: Path, _new: Path) -> None:
    """It is whole, or nothing of it lies anywhere: not under another name either."""
    assert snapshot(now / "sessions/test") == snapshot(old / "sessions/test")
    left = [each.name for each in (now / "sessions").iterdir() if "other" in each.name]
    if "other" in left:
        assert snapshot(now / "sessions/other") == snapshot(old / "sessions/other")
    assert set(left) <= {"other", ".other.lock"}


DRAFTS = (
    AgreementDraft(
        topic="decision/spend",
        sentence="De wijkmanager beslist.",
        parties=(Assent(party="wijkraad"),),
    ),
    AgreementDraft(topic="who", sentence="Wij hakken samen de knoop door.", mandate="parked"),
)
TABLES = ("csv",)
DEEDS = {
    "agree": Deed(with_everything, agree_once, agreed_or_not),
    "follow-up": Deed(with_agreements, follow_up, round_one_lies_in_one_place_at_least),
    "take back the follow-up": Deed(with_new_round, take_it_back, back_or_not_yet),
    "erase from two rounds": Deed(
        with_follow_up,
        lambda root: erase(desk_in(root), "WR-01"),
        erased_in_both_rounds_or_not_begun,
    ),
    "delete": Deed(with_a_neighbour, delete_neighbour, deleted_or_as_it_was),
    "save first": Deed(with_answers, save_first, each_file_is_old_or_new),
    "save again": Deed(with_answers, save_again, nothing_is_lost),
    "gather": Deed(with_answers, take_in, gathered_whole_or_not),
    "report": Deed(with_old_report, make_report, reports_are_old_or_new),
    "export": Deed(with_old_tables, make_tables, tables_are_old_or_new),
    "erase": Deed(with_everything, lambda root: erase(desk_in(root), "WR-01"), erased_or_not_begun),
}


def tried(
    root: Path, deed: Deed, kind: str, before: int, then: int | None = None
) -> tuple[Failpoint, str, Exit | None]:
    """Do it with a failure; how it ended: `done`, `incomplete`, `refused` or `killed`."""
    with failing(kind, before, then) as failpoint:
        try:
            deed.do(root)
        except BartError as error:
            return failpoint, "refused", error.exit_code
        except Incomplete:
            return failpoint, "incomplete", None
        except Killed:
            return failpoint, "killed", None
    return failpoint, "done", None


def temporary(root: Path) -> list[str]:
    return [path.name for path in root.rglob("*") if path.name.endswith(".tmp")]


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The set never changes here, so it need not be read hundreds of times."""
    monkeypatch.setattr(question_sets, "parse", cache(question_sets.parse))


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", DEEDS)
def test_after_any_failure_it_is_the_old_or_the_new(quick_path: Path, name: str, kind: str) -> None:
    deed, old, new = DEEDS[name], quick_path / "old", quick_path / "new"
    old.mkdir()
    deed.ready(old)
    shutil.copytree(old, new)
    deed.do(new)
    whole = picture_of(desk_in(new)).picture
    ended: Counter[str] = Counter()
    for before in range(1_000):
        now = quick_path / "now"
        shutil.copytree(old, now)
        failpoint, end, code = tried(now, deed, kind, before)
        ended[f"{failpoint.hit or 'nothing'} {end}"] += 1
        if kind != KILL:
            assert temporary(now) == []
        if kind == FULL and end == "refused":
            assert code == Exit.CANNOT_WRITE, failpoint.hit
        desk_in(now)  # as the next start does; it sweeps
        assert temporary(now) == []
        if end != "incomplete":
            deed.check(now, old, new)
        if end == "done":
            assert picture_of(desk_in(now)).picture == whole
        again(deed, now, end)
        assert picture_of(desk_in(now)).picture == whole
        shutil.rmtree(now)
        if not failpoint.hit:
            break
    print(name, kind, dict(ended))
    assert before > 5, "too few calls were watched"
    assert ended["nothing done"] == 1
    assert any(each.endswith(("refused", "killed")) for each in ended)


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("kind", [BROKEN, FULL])
@pytest.mark.parametrize("name", DEEDS)
def test_after_any_two_failures_it_is_the_old_or_the_new(
    quick_path: Path, name: str, kind: str
) -> None:
    """Pairs of faults: all that lie near each other in a long run, else one in so many."""
    deed, old, new = DEEDS[name], quick_path / "old", quick_path / "new"
    old.mkdir()
    deed.ready(old)
    shutil.copytree(old, new)
    deed.do(new)
    whole = picture_of(desk_in(new)).picture
    twice = 0
    for then in range(figure(2, 12)):
        for before in range(then, 1_000, 1 if is_long() else 7):
            now = quick_path / "now"
            shutil.copytree(old, now)
            failpoint, end, _ = tried(now, deed, kind, before, then)
            twice += " and " in failpoint.hit
            desk_in(now)  # as the next start does; it sweeps
            assert temporary(now) == [], failpoint.hit
            if end != "incomplete":
                deed.check(now, old, new)
            again(deed, now, end)
            assert picture_of(desk_in(now)).picture == whole, failpoint.hit
            shutil.rmtree(now)
            if not failpoint.hit:
                break
    assert twice > 0 or name == "save first"  # which has few calls, and ends at the first


def again(deed: Deed, root: Path, end: str) -> None:
    """Once more, now that the disk works; what was done already may say so."""
    if end == "done":
        return
    # It may be there already: written, and only then did the failure come.
    already = (
        "already-there",
        "follow-up-round-open",
        "follow-up-not-begun",
        "no-such-session",
    )
    refused = ""
    try:
        deed.do(root)
    except BartError as error:
        refused = error.code
    assert refused in ("", *already)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_full_disk_is_74_with_a_sentence_and_leaves_what_was(
    quick_path: Path, language: str
) -> None:
    said_so = {
        "nl": "Kijk of er ruimte is",
        "en": "Check whether there is room",
    }
    is_full = {"nl": "de schijf is vol", "en": "the disk is full"}
    commands: dict[str, tuple[Callable[[Path], Any], tuple[str, ...]]] = {
        "gather": (answered, ("gather", "wijk", "{root}/more.csv")),
        "close": (answered, ("close", "wijk")),
        "report": (closed, ("report", "wijk")),
        "export": (closed, ("export", "wijk", "--format", "csv")),
        "erase": (closed, ("erase", "wijk", "WR-01", "--yes")),
    }
    for name, (ready, args) in commands.items():
        for before in (0, 1, 2, 4):
            root = quick_path / f"{name}-{before}"
            root.mkdir()
            ready(root)
            csv(root, "more.csv", "CL-01,cluster-groen,ties-broken-by,college,,,,")
            old = snapshot(root / "wijk")
            with failing(FULL, before) as failpoint:
                done = bart(root, *[each.format(root=root) for each in args], language=language)
            if done.code == 0:
                continue  # fewer calls than that, or one that may fail
            assert done.code == Exit.CANNOT_WRITE, (name, failpoint.hit, done)
            assert is_full[language] in done.err
            assert done.out == ""
            assert name == "erase" or said_so[language] in done.err
            assert temporary(root) == []
            if before == 0:
                assert snapshot(root / "wijk") == old
