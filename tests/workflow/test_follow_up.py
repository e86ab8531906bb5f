"""The follow-up round: what it asks and of whom, and what becomes of the round before it."""

import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bart_tool.domain.agreement import AgreementDraft, Assent
from bart_tool.domain.answer import Answer
from bart_tool.domain.route import Route
from bart_tool.domain.session import Session
from bart_tool.errors import BadData, BartError, NotAllowed, NotFound
from bart_tool.store import generated, sessions, sheets, yaml_text
from bart_tool.workflow.agree import agree, change
from bart_tool.workflow.answering.context import loose_context, session_context
from bart_tool.workflow.backup import back_up, restore
from bart_tool.workflow.erase import erase
from bart_tool.workflow.findings import found
from bart_tool.workflow.follow_up import begin, planned, take_back
from bart_tool.workflow.forms import make_forms
from bart_tool.workflow.gather import gather
from bart_tool.workflow.merging import picture_of
from bart_tool.workflow.open_session import OpenSession, earlier_rounds, open_session, round_named
from bart_tool.workflow.phases import close, reopen
from bart_tool.workflow.publish import publish
from tests.workflow.on_disk import (
    ALL_TYPES,
    all_in,
    begun_session,
    naming,
    said,
    sheet_file,
    snapshot,
    store_in,
    told_at,
)
from tests.workshop import CHOICE_QUESTION, WHO_QUESTION, path_of, session, set_data, small_set

pytestmark = pytest.mark.usefixtures("each_store")

TODAY = date(2026, 11, 25)
SPEND = AgreementDraft(
    topic="decision/spend",
    sentence="De wijkmanager beslist over {klein} geld.",
    parties=(Assent(party="wijkraad"), Assent(party="wijkmanager")),
)
WHO = AgreementDraft(topic="who", sentence="De rayondirecteur hakt de knoop door.")
PARKED = AgreementDraft(
    topic="choice/wijkraad", sentence="Later verder over de taak.", mandate="parked"
)
REPORT_JSON = "report/report.json"


def closed(
    root: Path, *drafts: AgreementDraft, answers: Any = ALL_TYPES, **more: Any
) -> OpenSession:
    opened = begun_session(root)
    for code in ("WR-01", "WR-02", "WR-03", "WM-01"):
        opened.folder.save_sheet(said(opened, code, answers, **more), None)
    opened = publish(close(opened).opened, formats=("md", "html", "json")).opened
    for draft in drafts:
        opened = agree(opened, draft, TODAY).opened
    return opened


def followed_up(root: Path, *drafts: AgreementDraft, **more: Any) -> OpenSession:
    opened = closed(root, *(drafts or (SPEND, WHO)), **more)
    return begin(opened, planned(opened))


def test_of_each_agreement_is_asked_whether_it_is_kept_and_still_right(tmp_path: Path) -> None:
    opened = followed_up(tmp_path, SPEND, WHO, PARKED)
    keys = [item.key for item in opened.question_set.items]
    assert keys == [
        *(f"mandate/{kind}/spend" for kind in ("wijkraad", "wijkmanager", "cluster")),
        "who",
        "choice/wijkraad",
        "agreement-kept-a-1",
        "agreement-right-a-1",
        "agreement-kept-a-2",
        "agreement-right-a-2",
    ]
    kept = opened.question_set.by_key["agreement-kept-a-1"].question
    assert "nagekomen? ‘De wijkmanager beslist over (klein) geld.’" in kept.text.nl
    assert "kept? “De wijkmanager beslist over (klein) geld.”" in kept.text.en
    assert [o.id for o in opened.question_set.options(kept)] == ["no", "partly", "yes"]


def test_who_agreed_and_whose_topic_it_is_are_asked_and_nobody_else(tmp_path: Path) -> None:
    asked = (
        {**WHO_QUESTION, "asked_of": ["wijkmanager"]},
        {**CHOICE_QUESTION, "asked_of": ["cluster"]},
    )
    made = session(small_set(*asked), {"wijkraad": 1, "wijkmanager": 1, "cluster": 1})
    sessions.create(store_in(tmp_path), made, yaml_text.write(set_data(*asked)))
    opened = open_session(store_in(tmp_path), "test")
    for draft in (
        WHO.changed(parties=(Assent(party="wijkraad"),)),
        WHO,
        WHO.changed(topic="choice/cluster", parties=SPEND.parties),
    ):
        opened = agree(opened, draft, TODAY).opened
    of = {q.id: q.asked_of for q in planned(opened).question_set.questions}
    assert of["agreement-kept-a-1"] == ("wijkraad", "wijkmanager")
    assert of["agreement-right-a-2"] == ("wijkmanager",)
    assert of["agreement-kept-a-3"] == ()


def test_the_sets_questions_come_before_what_was_agreed(tmp_path: Path) -> None:
    context = session_context(followed_up(tmp_path), "WR-01")
    keys = [item.key for item in Route(context.question_set, context.kind).items]
    first = next(place for place, key in enumerate(keys) if key.startswith("agreement-"))
    assert all(key.startswith("agreement-") for key in keys[first:])
    assert context.blank.round == 2


def test_an_open_round_or_one_without_agreements_has_no_follow_up(tmp_path: Path) -> None:
    opened = begun_session(tmp_path)
    with pytest.raises(NotAllowed) as refused:
        planned(opened)
    assert refused.value.code == "follow-up-round-open"
    with pytest.raises(NotAllowed) as refused:
        planned(close(opened).opened)
    assert refused.value.code == "follow-up-no-agreements"


def test_the_finished_round_stays_as_it_was(tmp_path: Path) -> None:
    opened = closed(tmp_path, SPEND)
    was, picture = snapshot(path_of(opened.folder)), picture_of(opened).picture
    now = begin(opened, planned(opened))
    kept = snapshot(path_of(now.folder) / "rounds" / "1")
    agreements = {"agreements.yaml": was.pop("agreements.yaml")}
    private = {name for name in was if name.startswith("private/")}  # of all rounds, so not in one
    assert kept == {name: content for name, content in was.items() if name not in private}
    here = snapshot(path_of(now.folder))
    assert {name for name in here if not name.startswith("rounds/")} == {
        "session.yaml",
        "question_set.yaml",
        *agreements,
        *private,
    }
    past = round_named(now, 1)
    assert picture_of(past).picture == picture
    assert past.session == opened.session
    assert picture_of(now).picture.sheets == ()
    with pytest.raises(NotFound):
        round_named(now, 3)


def test_a_report_that_is_made_while_a_follow_up_begins_is_kept_with_its_own_round(
    tmp_path: Path,
) -> None:
    opened = closed(tmp_path, SPEND)
    plan, made = planned(opened), list[Any]()

    def after_somebody_made_a_report(self: OpenSession, session: Session) -> OpenSession:
        patch.undo()  # the round was copied, and session.yaml does not say the next one yet
        made.append(publish(opened.reread(), language="en").opened.folder.content(REPORT_JSON))
        return self.saved(session)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OpenSession, "saved", after_somebody_made_a_report)
        now = begin(opened, plan)
    assert generated.made(now.folder) == ()
    assert round_named(now, 1).folder.content(REPORT_JSON) == made[0]


@pytest.mark.of_the_disk("rights on files")
def test_only_its_owner_may_read_a_finished_round(tmp_path: Path) -> None:
    now = followed_up(tmp_path)
    for path in (path_of(now.folder) / "rounds").rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_a_copy_that_is_half_made_is_made_again_and_an_older_one_put_aside(tmp_path: Path) -> None:
    opened = closed(tmp_path, SPEND)
    rounds = path_of(opened.folder) / "rounds"
    (rounds / ".1.copying" / "sheets").mkdir(parents=True)
    (rounds / ".1.copying" / "sheets" / "WR-01.yaml").write_text("half", "utf-8")
    (rounds / "1").mkdir()
    (rounds / "1" / "session.yaml").write_text("of another time", "utf-8")
    opened = open_session(store_in(tmp_path), "test")
    assert sorted(each.name for each in rounds.iterdir() if each.is_dir()) == ["1"]
    opened = begin(opened, planned(opened))
    assert (rounds / "1-before-1" / "session.yaml").read_text("utf-8") == "of another time"
    assert [each.session.round for each in earlier_rounds(opened)] == [1]


def test_an_old_session_file_that_is_put_back_removes_no_round(tmp_path: Path) -> None:
    opened = closed(tmp_path, SPEND)
    old = (path_of(opened.folder) / "session.yaml").read_bytes()
    opened = begin(opened, planned(opened))
    opened.folder.save_sheet(said(opened, "WR-01", {"who": "college"}, round=2), None)
    (path_of(opened.folder) / "session.yaml").write_bytes(old)
    before = snapshot(path_of(opened.folder))
    reread = open_session(store_in(tmp_path), "test")
    assert [p.code for p in picture_of(reread).problems] == ["sheet-other-round"]
    assert snapshot(path_of(opened.folder)) == before


def test_a_sheet_of_the_round_before_is_refused_and_one_of_now_comes_in(tmp_path: Path) -> None:
    opened = followed_up(tmp_path)
    answers = {"agreement-kept-a-1": "yes", "who": "college"}
    old = sheet_file(tmp_path, "old.yaml", said(opened, "WR-01", {"who": "college"}))
    new = sheet_file(tmp_path, "new.yaml", said(opened, "WR-02", answers, round=2))
    done = gather(opened, [old, new])
    assert [problem.code for problem in done.refused] == ["sheet-other-round"]
    assert done.came_in == ("WR-02",)
    rows = tmp_path / "rows.csv"
    rows.write_text(
        "participant,party,item,value,certainty,note,quote\n"
        "WR-03,wijkraad,agreement-right-a-2,partly,,,\n"
        "WR-03,wijkraad,choice/cluster,voice,,,\n",
        "utf-8",
    )
    done = gather(done.opened, [rows])
    assert done.came_in == ("WR-03",)
    assert [problem.code for problem in done.problems] == ["unknown-item"]
    picture = picture_of(done.opened).picture
    assert [sorted(sheet.answers) for sheet in picture.sheets] == [
        ["agreement-kept-a-1", "who"],
        ["agreement-right-a-2"],
    ]


def test_a_screen_of_the_round_before_cannot_save_into_the_new_one(tmp_path: Path) -> None:
    opened = begun_session(tmp_path)
    context = session_context(opened, "WR-04")
    opened = agree(close(opened).opened, SPEND, TODAY).opened
    begin(opened, planned(opened))
    with pytest.raises(NotAllowed) as refused:
        context.save(context.blank, None)
    assert refused.value.code == "round-is-over"


def test_a_sheet_of_the_new_round_comes_in_at_a_desk_of_the_round_before(tmp_path: Path) -> None:
    """Two facilitators: the one takes in, the other began the follow-up a moment ago (T7)."""
    desk = begun_session(tmp_path)
    opened = agree(close(desk).opened, WHO, TODAY).opened
    now = begin(opened, planned(opened))
    new = said(now, "WR-02", {"who": "college"}, round=2)
    done = gather(desk, [sheet_file(tmp_path, "new.yaml", new)])
    assert (done.refused, done.came_in) == ((), ("WR-02",))


def test_a_form_asks_what_the_round_asks(tmp_path: Path) -> None:
    (made,) = make_forms(followed_up(tmp_path), ["WR-01"])
    page = told_at(made).read_text("utf-8")
    assert "agreement-kept-a-1" in page
    assert "beslist over (klein) geld" in page
    assert '"round": 2' in page or '"round":2' in page
    assert "choice/wijkraad" not in page


def test_a_loose_sheet_of_a_follow_up_is_opened_at_the_session_only(tmp_path: Path) -> None:
    opened = followed_up(tmp_path)
    file = tmp_path / "mine.yaml"
    context = session_context(opened, "WR-01").moved_to(file)
    context.save(context.blank.with_answer("agreement-kept-a-1", Answer(value="yes")), None)
    again = session_context(opened, "WR-01").moved_to(file).read()
    assert again is not None
    assert again[0].round == 2
    with pytest.raises(BadData) as refused:
        loose_context(file)
    assert refused.value.code == "loose-sheet-of-follow-up"


def test_erasing_reaches_every_round_and_says_which_reports_are_out_of_date(tmp_path: Path) -> None:
    marked = {"who": {"value": "other", "words": "SENTINEL-ZIN", "quote": True}}
    opened = followed_up(tmp_path, answers=marked)
    others = {"agreement-kept-a-1": {"value": "no", "note": "SENTINEL-NOOT"}}
    opened.folder.save_sheet(said(opened, "WR-01", others, round=2), None)
    generated.write(opened.folder, "compare-1-2.md", b"SENTINEL-ZIN")
    gone = erase(opened, "WR-01")
    assert gone.rounds == (1,)
    assert not (path_of(opened.folder) / "report" / "compare-1-2.md").exists()
    for code in ("WR-02", "WR-03", "WM-01"):
        erase(open_session(store_in(tmp_path), "test"), code)
    for word in ("SENTINEL", "WR-01", "WM-01"):
        assert naming(word, all_in(tmp_path)) == []
    past = round_named(open_session(store_in(tmp_path), "test"), 1)
    assert past.session.report_out_of_date
    assert len(past.session.participants) == 4
    again = erase(open_session(store_in(tmp_path), "test"), "WR-01")
    assert again.removed == again.kept == again.unread == ()
    with pytest.raises(NotFound):
        erase(open_session(store_in(tmp_path), "test"), "WR-99")


@pytest.mark.of_the_disk("two sessions of one name")
def test_after_erasing_the_old_rounds_findings_are_as_if_they_never_were(tmp_path: Path) -> None:
    opened = followed_up(tmp_path / "one")
    erase(opened, "WR-03")
    now = found(round_named(open_session(store_in(tmp_path / "one"), "test"), 1)).findings
    other = begun_session(tmp_path / "two")
    people = [p for p in other.session.participants if p.code != "WR-03"]
    other = other.saved(other.session.changed(participants=tuple(people)))
    for code in ("WR-01", "WR-02", "WM-01"):
        other.folder.save_sheet(said(other, code, ALL_TYPES), None)
    assert now.items == found(close(other).opened).findings.items


def test_the_old_agreements_may_still_be_changed_after_the_follow_up(tmp_path: Path) -> None:
    opened = followed_up(tmp_path, WHO)
    opened.folder.save_sheet(said(opened, "WR-01", {"who": "college"}, round=2), None)
    opened = publish(close(opened).opened).opened
    assert opened.session.phase == "follow-up"
    before = opened.folder.agreements()[0].agreements[0]
    about_another = WHO.changed(topic="choice/cluster")  # not asked in this round
    assert change(opened, before, about_another, TODAY).agreement.topic == "choice/cluster"
    with pytest.raises(NotAllowed):
        session_context(opened, "WR-01")


def test_a_follow_up_is_taken_back_while_nobody_has_answered(tmp_path: Path) -> None:
    opened = closed(tmp_path, SPEND)
    was = snapshot(path_of(opened.folder))
    begun = begin(opened, planned(opened))
    back = take_back(begun)
    assert (back.session, back.question_set) == (opened.session, opened.question_set)
    assert snapshot(path_of(back.folder)) == was
    begun = begin(back, planned(back))
    begun.folder.save_sheet(session_context(begun, "WR-01").blank, None)
    with pytest.raises(NotAllowed) as refused:
        take_back(begun)
    assert refused.value.code == "follow-up-answered"
    with pytest.raises(NotAllowed) as refused:
        take_back(close(begun).opened)
    assert refused.value.code == "follow-up-not-begun"


def test_a_sheet_that_nobody_can_read_is_not_lost_by_taking_the_follow_up_back(
    tmp_path: Path,
) -> None:
    begun = followed_up(tmp_path, SPEND)
    begun.folder.save_sheet(session_context(begun, "WR-01").blank, None)
    path = path_of(begun.folder) / "sheets" / "WR-01.yaml"
    path.write_text("kind: [", "utf-8")
    with pytest.raises(NotAllowed) as refused:
        take_back(begun)
    assert (refused.value.code, refused.value.params) == ("follow-up-answered", {"codes": "WR-01"})
    assert path.read_text("utf-8") == "kind: ["


def test_a_sheet_that_came_late_is_kept_beside_what_a_taken_back_follow_up_brings_back(
    tmp_path: Path,
) -> None:
    opened = closed(tmp_path, SPEND)
    begun = begin(opened, planned(opened))
    late = said(opened, "WR-01", {"who": {"value": "bewoners", "revision": 7}})
    begun.folder.save_sheet(late, None)  # as a synced folder brings it
    back = take_back(begun)
    kept = opened.folder.sheet("WR-01")
    assert kept is not None
    assert kept[0].answers["who"].revision == 1
    assert late in back.folder.conflict_sheets()[0]
    merged = {sheet.participant: sheet for sheet in picture_of(back).picture.sheets}
    assert merged["WR-01"].answers["who"].value == "bewoners"


def test_the_report_of_an_earlier_round_made_again_says_what_was_agreed_by_then(
    tmp_path: Path,
) -> None:
    opened = closed(tmp_path, WHO)
    publish(opened)
    before = (path_of(opened.folder) / "report" / "appendix.md").read_text("utf-8")
    assert WHO.sentence in before
    opened = close(begin(opened, planned(opened))).opened
    agree(opened, SPEND, TODAY)
    past = round_named(open_session(store_in(tmp_path), "test"), 1)
    publish(past)
    assert (path_of(past.folder) / "report" / "appendix.md").read_text("utf-8") == before


def test_what_was_compared_before_goes_with_whoever_is_erased(tmp_path: Path) -> None:
    opened = followed_up(tmp_path, WHO)
    opened.folder.save_sheet(said(opened, "WR-01", {"who": "college"}, round=2), None)
    opened = publish(close(opened).opened).opened
    generated.write(opened.folder, "compare-1-2.md", b"SENTINEL")
    opened = begin(opened, planned(opened))
    assert (path_of(opened.folder) / "rounds/2/report/compare-1-2.md").exists()
    gone = erase(opened, "WR-02")
    assert "rounds/2/report/compare-1-2.md" in gone.removed
    assert b"SENTINEL" not in b"".join(all_in(tmp_path).values())


def test_a_report_made_anew_takes_an_old_comparison_away(tmp_path: Path) -> None:
    opened = closed(tmp_path, SPEND)
    generated.write(opened.folder, "compare-1-2.md", b"of before")
    publish(opened)
    assert generated.comparisons(opened.folder) == ("compare-1-2.md",)
    opened = close(reopen(opened)).opened
    publish(opened)
    assert generated.comparisons(opened.folder) == ()


def test_a_third_round_asks_anew_and_keeps_both(tmp_path: Path) -> None:
    opened = followed_up(tmp_path, WHO)
    opened.folder.save_sheet(said(opened, "WR-01", {"who": "college"}, round=2), None)
    opened = agree(close(opened).opened, SPEND, TODAY).opened
    opened = begin(opened, planned(opened))
    assert opened.session.round == 3
    assert [each.session.round for each in earlier_rounds(opened)] == [1, 2]
    assert "agreement-kept-a-2" in opened.question_set.by_key
    assert "mandate/wijkraad/spend" in opened.question_set.by_key
    assert [q.id for q in opened.session.questions].count("agreement-kept-a-1") == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"asked": ("nothing-like-it",)}, "unknown-item"),
        ({"asked": (), "questions": ()}, "no-questions"),
        ({"scales": {}}, "unknown-scale"),
    ],
)
def test_a_session_whose_own_questions_do_not_fit_is_refused_by_name(
    tmp_path: Path, changes: dict[str, Any], code: str
) -> None:
    opened = followed_up(tmp_path)
    opened.folder.save(opened.session.changed(**changes), opened.fingerprint)
    with pytest.raises(BartError) as refused:
        open_session(store_in(tmp_path), "test")
    assert code in {problem.code for problem in refused.value.problems}


def test_what_a_follow_up_session_says_is_read_back_as_it_was(tmp_path: Path) -> None:
    opened = followed_up(tmp_path)
    assert open_session(store_in(tmp_path), "test").session == opened.session
    context = session_context(opened, "WR-01")
    text = sheets.dump(context.blank)
    assert sheets.parse(text, "x.yaml")[0] == context.blank


@pytest.mark.of_the_disk("a backup is of a folder")
def test_a_backup_holds_the_rounds_before_and_they_come_back_under_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "sessions"
    before = followed_up(root)
    monkeypatch.chdir(tmp_path)
    made = back_up(store_in(root), "test", with_people=False)
    assert not made.left_out
    assert not made.unknown
    exactly = restore(store_in(tmp_path / "x"), made.path)
    assert snapshot(path_of(exactly.folder)) == snapshot(path_of(before.folder))
    assert not restore(store_in(root), made.path, "oud").problems
    now = open_session(store_in(root), "oud")
    (earlier,) = earlier_rounds(now)
    (was,) = earlier_rounds(before)
    assert earlier.session == was.session.changed(session="oud", report_out_of_date=True)
    assert not picture_of(earlier).problems
    assert len(picture_of(earlier).picture.sheets) == 4
    assert planned_again(now) == planned_again(before)


def planned_again(opened: OpenSession) -> tuple[str, ...]:
    return tuple(item.key for item in opened.question_set.items)
