"""What is written of a closed round is still so when it is written, or it is not written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bart_tool.disclosure.tally import Tally
from bart_tool.disclosure.view import OpenAnswers
from bart_tool.domain.agreement import AgreementDraft
from bart_tool.errors import Busy, NotAllowed
from bart_tool.store import generated, marks, views
from bart_tool.store.stored_session import StoredSession
from bart_tool.workflow import compare as comparing
from bart_tool.workflow import publish as publishing
from bart_tool.workflow.agree import agree
from bart_tool.workflow.compare import compared, write
from bart_tool.workflow.course import has_report
from bart_tool.workflow.erase import erase
from bart_tool.workflow.findings import published_view
from bart_tool.workflow.follow_up import begin, planned, take_back
from bart_tool.workflow.open_session import OpenSession, open_session, round_named
from bart_tool.workflow.phases import close, reopen
from bart_tool.workflow.publish import publish, render_again
from bart_tool.workflow.settle import choices, settle
from tests.workflow.on_disk import begun_session, said, store_in

Change = Callable[[OpenSession], object]


pytestmark = pytest.mark.usefixtures("each_store")


def desk(root: Path) -> OpenSession:
    return open_session(store_in(root), "test")


def closed(root: Path) -> OpenSession:
    """A closed round in which two answers of WR-01 are still to be settled."""
    opened = begun_session(root)
    for code in ("WR-01", "WR-02", "WR-03", "WR-04"):
        quoted = {"who": {"value": "college", "note": f"zegt {code}", "quote": True}}
        opened.folder.save_sheet(said(opened, code, quoted, consent="position"), None)
    opened.folder.keep_conflict(said(opened, "WR-01", {"who": "bewoners"}, consent="position"))
    return close(opened).opened


def erase_one(opened: OpenSession) -> object:
    return erase(opened, "WR-02")


def settle_one(opened: OpenSession) -> object:
    return settle(opened, "WR-01", {"who": choices(opened)[0].versions[0].mark})


def reopen_and_close(opened: OpenSession) -> object:
    return close(reopen(opened))


CHANGES: dict[str, Change] = {
    "erased": erase_one,
    "settled": settle_one,
    "opened again": reopen,
    "closed again": reopen_and_close,
}


def first(call: Callable[..., Any], change: Callable[[], object]) -> Callable[..., Any]:
    """`call`, but the first time `change` comes before it."""
    changes = [change]

    def changed_first(*args: Any, **more: Any) -> Any:
        if changes:
            changes.pop()()
        return call(*args, **more)

    return changed_first


@pytest.mark.parametrize("how", CHANGES)
def test_a_report_that_began_before_a_change_is_not_written_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    opened = closed(tmp_path)
    made = first(publishing._made, lambda: CHANGES[how](desk(tmp_path)))
    monkeypatch.setattr(publishing, "_made", made)
    with pytest.raises(Busy) as refused:
        publish(opened, formats=["md", "html", "json"])
    assert refused.value.code == "changed-since-read"
    assert not generated.reports(opened.folder)
    assert not has_report(desk(tmp_path))


def test_nor_is_the_page_of_a_text_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = publish(closed(tmp_path), formats=["md", "html"]).opened
    written = first(publishing.title, lambda: erase_one(desk(tmp_path)))
    texts = {name: generated.text(opened.folder, name) for name in generated.TEXTS}
    monkeypatch.setattr(publishing, "title", written)
    monkeypatch.setattr(generated, "text", lambda _, name=generated.TEXT: texts[name])
    with pytest.raises(Busy):
        render_again(opened)
    assert not generated.reports(opened.folder)


def second_round(root: Path) -> OpenSession:
    """A second round, in which nobody answered yet."""
    opened = publish(closed(root)).opened
    draft = AgreementDraft(topic="who", sentence="Wij hakken samen de knoop door.")
    opened = agree(opened, draft, date(2026, 11, 25)).opened
    return begin(opened, planned(opened))


def two_rounds(root: Path) -> OpenSession:
    opened = second_round(root)
    for code in ("WR-02", "WR-03"):
        sheet = said(opened, code, {"who": "bewoners"}, consent="position", round=2)
        opened.folder.save_sheet(sheet, None)
    return close(opened).opened


@pytest.mark.parametrize("change", [erase_one, reopen])
def test_nor_is_a_comparison_of_two_rounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Change
) -> None:
    made = compared(two_rounds(tmp_path), 1, 2)
    rendered = first(comparing.rendered, lambda: change(desk(tmp_path)))
    monkeypatch.setattr(comparing, "rendered", rendered)
    with pytest.raises(Busy):
        write(made, formats=["md", "html", "json"])
    assert not generated.comparisons(made.opened.folder)


def test_what_is_settled_while_the_session_is_saved_makes_the_report_out_of_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report lies there already, and was out of date before: nothing else would tell."""
    opened = publish(closed(tmp_path)).opened
    opened = opened.saved(opened.session.changed(report_out_of_date=True))
    saved = first(OpenSession.saved, lambda: settle_one(desk(tmp_path)))
    monkeypatch.setattr(OpenSession, "saved", saved)
    with pytest.raises(Busy):
        publish(opened)
    now = desk(tmp_path)
    assert now.session.report_out_of_date
    assert not has_report(now)
    assert has_report(publish(now).opened)


def test_a_report_that_was_written_while_the_round_was_opened_again_is_out_of_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = closed(tmp_path)
    saved = first(OpenSession.saved, lambda: publish(desk(tmp_path)))
    monkeypatch.setattr(OpenSession, "saved", saved)
    now = reopen(opened)
    assert generated.reports(now.folder)
    assert now.session.report_out_of_date


def test_no_view_is_made_of_a_round_that_was_just_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = closed(tmp_path)
    view = published_view(opened)[0]
    settle_one(opened)
    held = marks.held

    @contextmanager
    def reopened_first(home: StoredSession) -> Iterator[None]:
        monkeypatch.setattr(marks, "held", held)
        now = reopen(desk(tmp_path))
        there = now.folder.sheet("WR-02")
        assert there is not None
        now.folder.save_sheet(said(now, "WR-02", {"who": "nobody"}), there[1])
        with held(home):
            yield

    monkeypatch.setattr(marks, "held", reopened_first)
    with pytest.raises(NotAllowed):
        published_view(opened)
    known = views.read(opened.folder, 1)
    assert known is not None
    assert known.views == (view,)


def test_no_view_of_a_finished_round_is_made_with_somebody_who_is_being_erased(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = two_rounds(tmp_path)
    finished = round_named(opened, 1)  # somebody who opened it before
    forgotten = views.forget_open

    def seen_between(home: StoredSession, folder: StoredSession, code: str) -> None:
        forgotten(home, folder, code)
        published_view(finished)

    monkeypatch.setattr(views, "forget_open", seen_between)
    erase(opened, "WR-02")
    known = views.read(round_named(desk(tmp_path), 1).folder, 1)
    assert known is not None
    assert known.newest is not None
    assert known.newest.items["who"]["wijkraad"] == OpenAnswers(
        Tally({"college": 2}), ("zegt WR-03", "zegt WR-04"), 0
    )


def test_a_report_that_is_made_while_somebody_is_erased_is_called_out_of_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes with the other reports; whoever made it must not think that it is there (T7)."""
    opened = closed(tmp_path)
    forgotten = views.forget_open

    def reported_between(home: StoredSession, folder: StoredSession, code: str) -> None:
        forgotten(home, folder, code)
        publish(opened.reread())

    monkeypatch.setattr(views, "forget_open", reported_between)
    now = erase(opened, "WR-02").opened
    assert generated.reports(now.folder) == ()
    assert now.session.report_out_of_date
    assert now.session.erasing == ()


def test_opening_a_sheet_while_a_round_is_taken_back_finds_no_report_of_this_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report of the round before lies there for a moment; it is not called out of date (T7)."""
    opened = second_round(tmp_path)
    saved = first(OpenSession.saved, lambda: reopen(desk(tmp_path), ["WR-02"]))
    monkeypatch.setattr(OpenSession, "saved", saved)
    with pytest.raises(Busy):
        take_back(opened)
    now = desk(tmp_path)
    assert (now.session.round, now.session.reopened) == (2, ("WR-02",))
    assert not now.session.report_out_of_date
    assert generated.made(now.folder) == ()
