"""What is agreed is kept, asked about, looked at again, and never names a person."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from bart_tool.analysis.mandate import DoubtCode
from bart_tool.domain.agreement import Agreement, Assent, Check, Draft
from bart_tool.domain.base import LANGUAGES
from bart_tool.domain.session import Participant, Phase
from bart_tool.errors import Busy, NotAllowed, NotFound, Severity, WrongUse
from bart_tool.i18n.messages import SENTENCES, problem_sentence
from bart_tool.store import sessions, yaml_text
from bart_tool.store.session_files import Person
from bart_tool.workflow import agree as agreeing
from bart_tool.workflow.agreement_questions import questions
from bart_tool.workflow.desk import Desk, open_desk
from bart_tool.workflow.erase import erase
from bart_tool.workflow.phases import begin_discussing, reopen
from tests.workshop import MANDATE_QUESTION, WHO_QUESTION, session, set_data, sheet, small_set

TODAY = date(2026, 3, 18)
QUESTIONS = (MANDATE_QUESTION, WHO_QUESTION)
SET = small_set(*QUESTIONS)


def desk_in(root: Path, **more: Any) -> Desk:
    made = session(SET, {"wijkraad": 3, "wijkmanager": 1, "cluster-groen": 2}, **more)
    sessions.create(root, made, yaml_text.write(set_data(*QUESTIONS)))
    return open_desk(root, "test")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path)


def draft(sentence: str = "De wijkmanager geeft tot 500 euro uit.", **more: Any) -> Draft:
    usual: dict[str, Any] = {
        "topic": "decision/spend",
        "parties": (Assent(party="wijkraad"),),
        "owner": "wijkmanager",
        "check_on": TODAY + timedelta(days=90),
    }
    return Draft(sentence=sentence, **{**usual, **more})


def codes(desk: Desk, agreement: Draft) -> list[str]:
    return [each.code for each in questions(desk, agreement, TODAY)]


def test_an_agreement_is_kept_under_its_own_id_and_the_session_goes_on(desk: Desk) -> None:
    assert agreeing.agreements(desk).agreements == ()
    first = agreeing.agree(desk, draft(), TODAY)
    second = agreeing.agree(first.desk, draft("Een tweede."), TODAY)
    assert [first.agreement.id, second.agreement.id] == ["a-1", "a-2"]
    assert first.questions == ()
    again = open_desk(desk.folder.path.parent, "test")
    assert again.session.phase is Phase.AGREED
    assert agreeing.agreements(again).agreements == (first.agreement, second.agreement)


def test_a_desk_that_lay_open_all_evening_still_agrees(desk: Desk) -> None:
    begin_discussing(open_desk(desk.folder.path.parent, "test"))
    saved = agreeing.agree(desk, draft(), TODAY)
    assert saved.desk.session.phase is Phase.AGREED
    assert agreeing.agree(desk, draft(), TODAY).agreement.id == "a-2"


def test_what_is_agreed_in_a_later_round_says_so_and_the_phase_stays(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, phase="follow-up", round=2)
    saved = agreeing.agree(desk, draft(), TODAY)
    assert (saved.agreement.round, saved.desk.session.phase) == (2, Phase.FOLLOW_UP)


def test_nothing_is_agreed_before_the_round_is_closed(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, phase="answering")
    for tried in (
        lambda: agreeing.agree(desk, draft(), TODAY),
        lambda: agreeing.agreements(desk),
        lambda: agreeing.due(desk, TODAY),
    ):
        with pytest.raises(NotAllowed):
            tried()
    assert not (desk.folder.path / "agreements.yaml").exists()


def test_in_a_round_that_was_opened_again_agreements_are_read_and_checked_not_made(
    desk: Desk,
) -> None:
    saved = agreeing.agree(desk, draft(), TODAY)
    desk = reopen(saved.desk)
    assert agreeing.agreements(desk).agreements == (saved.agreement,)
    checked = agreeing.record_check(desk, "a-1", Check(on=TODAY, kept="yes"), TODAY)
    assert checked.agreement.kept == "yes"
    with pytest.raises(NotAllowed):
        agreeing.agree(desk, draft(), TODAY)
    with pytest.raises(NotAllowed):
        agreeing.change(desk, checked.agreement, draft("Anders."), TODAY)


def test_a_number_is_never_given_out_twice(desk: Desk) -> None:
    for _ in range(3):
        desk = agreeing.agree(desk, draft(), TODAY).desk
    agreeing.remove(desk, "a-3")
    agreeing.remove(desk, "a-1")
    assert agreeing.agree(desk, draft(), TODAY).agreement.id == "a-4"
    agreeing.remove(desk, "a-4")
    agreeing.remove(desk, "a-2")
    assert agreeing.agree(desk, draft(), TODAY).agreement.id == "a-5"


def test_removing_is_undone_at_the_same_place(desk: Desk) -> None:
    for sentence in ("Een.", "Twee.", "Drie."):
        desk = agreeing.agree(desk, draft(sentence), TODAY).desk
    before = agreeing.agreements(desk)
    removed = agreeing.remove(desk, "a-2")
    assert removed.agreement.sentence == "Twee."
    assert [each.id for each in agreeing.agreements(desk).agreements] == ["a-1", "a-3"]
    agreeing.put_back(removed.desk, removed)
    agreeing.put_back(removed.desk, removed)  # twice is once
    assert agreeing.agreements(desk) == before


def test_a_change_keeps_id_and_round_and_does_not_wipe_what_another_changed(desk: Desk) -> None:
    first = agreeing.agree(desk, draft(), TODAY).agreement
    changed = agreeing.change(desk, first, draft("Tot 250 euro."), TODAY).agreement
    assert (changed.id, changed.sentence, changed.round) == ("a-1", "Tot 250 euro.", 1)
    with pytest.raises(Busy):
        agreeing.change(desk, first, draft("Tot 100 euro."), TODAY)
    assert agreeing.agreements(desk).agreements == (changed,)
    agreeing.remove(desk, "a-1")
    with pytest.raises(NotFound):
        agreeing.change(desk, changed, draft("Tot 100 euro."), TODAY)


def test_of_an_old_agreement_the_words_may_change_though_its_day_is_past(desk: Desk) -> None:
    first = agreeing.agree(desk, draft(), TODAY).agreement
    later = TODAY + timedelta(days=200)
    same_day = draft("Beter gezegd.", check_on=first.check_on)
    changed = agreeing.change(desk, first, same_day, later).agreement
    with pytest.raises(WrongUse):
        agreeing.change(desk, changed, draft(check_on=TODAY), later)


@pytest.mark.parametrize(
    ("wrong", "code", "key"),
    [
        ({"topic": "decision/moon"}, "agreement-unknown-topic", "topic"),
        ({"topic": ""}, "agreement-unknown-topic", "topic"),
        ({"parties": (Assent(party="college"),)}, "agreement-unknown-party", "parties"),
        ({"parties": (Assent(party="wijkraad"),) * 2}, "duplicate-party", "parties"),
        ({"owner": "koning"}, "agreement-unknown-owner", "owner"),
        ({"check_on": TODAY - timedelta(days=1)}, "agreement-check-in-the-past", "check_on"),
        ({"sentence": "WR-01 geeft geld uit."}, "agreement-holds-a-code", "sentence"),
        ({"sentence": "Zoals wr-1 zei."}, "agreement-holds-a-code", "sentence"),
        ({"written_in": "brief van WM-09"}, "agreement-holds-a-code", "written_in"),
        (
            {"parties": (Assent(party="wijkraad", condition="als CL-02 wil"),)},
            "agreement-holds-a-code",
            "parties",
        ),
    ],
)
def test_what_cannot_be_is_named_with_its_key_and_not_saved(
    desk: Desk, wrong: dict[str, Any], code: str, key: str
) -> None:
    with pytest.raises(WrongUse) as caught:
        agreeing.agree(desk, draft(**wrong), TODAY)
    found = [(e.code, e.where.item) for e in caught.value.problems if e.severity is Severity.ERROR]
    assert found == [(code, key)]
    assert not (desk.folder.path / "agreements.yaml").exists()
    assert open_desk(desk.folder.path.parent, "test").session.phase is Phase.CLOSED


def test_a_code_without_a_number_is_a_code_in_capitals_only(desk: Desk) -> None:
    invited = (*desk.session.participants, Participant(code="KAT", party="wijkraad"))
    desk = desk.saved(desk.session.changed(participants=invited))
    assert codes(desk, draft("KAT geeft geld uit.")) == ["agreement-holds-a-code"]
    assert codes(desk, draft("De kat van de buren mag blijven.")) == []


@pytest.mark.parametrize(
    "sentence",
    ["Route A4-2 blijft open.", "Het plan WRX-01 gaat door.", "In 2026-27 beslissen we."],
)
def test_what_only_looks_a_bit_like_a_code_may_stand(desk: Desk, sentence: str) -> None:
    assert codes(desk, draft(sentence)) == []


@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        ({"owner": None}, "agreement-without-owner"),
        ({"check_on": None}, "agreement-without-date"),
        ({"parties": ()}, "agreement-without-parties"),
        ({"mandate": "submitted"}, "agreement-submitted-to-whom"),
        ({"mandate": "fixed"}, "agreement-fixed-where"),
        ({"sentence": "De wijkraad heeft de regie."}, "agreement-vague"),
        ({"sentence": "Bewoners worden betrokken."}, "agreement-vague"),
        ({"sentence": "De wijkraad beslist binnenkort."}, "agreement-vague"),
        ({"sentence": "We gaan het beter doen."}, "agreement-vague"),
        ({"sentence": "De wijkmanager belt de wijkraad vaker."}, "agreement-vague"),
    ],
)
def test_what_is_lacking_is_asked_and_never_refused(
    desk: Desk, lacking: dict[str, Any], code: str
) -> None:
    saved = agreeing.agree(desk, draft(**lacking), TODAY)
    assert [each.code for each in saved.questions] == [code]
    assert {each.severity for each in saved.questions} == {Severity.NOTE}
    assert agreeing.agreements(desk).agreements == (saved.agreement,)


def test_vague_words_are_those_of_the_language_of_the_session(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, language="en")
    assert codes(desk, draft("Residents will be involved.")) == ["agreement-vague"]
    assert codes(desk, draft("De wijkraad heeft de regie.")) == []


def test_what_another_agreed_meanwhile_is_not_written_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = desk.folder.agreements()
    kept = agreeing.agree(desk, draft(), TODAY)
    with monkeypatch.context() as patch:
        patch.setattr(type(desk.folder), "agreements", lambda _: stale)
        with pytest.raises(Busy):
            agreeing.agree(kept.desk, draft("Iets anders."), TODAY)
    assert agreeing.agreements(desk).agreements == (kept.agreement,)


def test_today_is_not_past_and_what_is_parked_needs_no_parties(desk: Desk) -> None:
    assert codes(desk, draft(check_on=TODAY, mandate="parked", parties=())) == []


def test_words_of_another_kind_are_not_called_vague(desk: Desk) -> None:
    assert codes(desk, draft("De regisseur belt binnen een week terug.")) == []
    assert codes(desk, draft("Verbeteren: elk half jaar, meer dan 500 euro.")) == []


def answered(desk: Desk, seen: dict[str, tuple[str, str, str]]) -> None:
    for code, place in (("WR-01", 0), ("WR-02", 0), ("WR-03", 0), ("WM-01", 1), ("CL-01", 2)):
        answers = {f"mandate/{kind}/spend": levels[place] for kind, levels in seen.items()}
        desk.folder.save_sheet(sheet(desk.session, code, answers), None)


@pytest.mark.parametrize(
    ("seen", "agreed", "code", "named"),
    [
        (("decides", "decides", "decides"), {}, None, ()),
        (("decides", "decides", "decides"), {"mandate": "parked"}, None, ()),
        (
            ("decides", "decides", "decides"),
            {"parties": (Assent(party="wijkraad"),)},
            "agreement-claimed-elsewhere",
            ("wijkmanager",),
        ),
        (
            ("advises", "decides", "advises"),
            {"owner": None},
            "agreement-contested",
            ("wijkmanager", "wijkraad", "cluster"),
        ),
        (("advises", "informed", "none"), {"owner": None}, "agreement-claimed-by-nobody", ()),
        (
            ("decides", "informed", "decides"),
            {"owner": None},
            "agreement-seen-elsewhere",
            ("wijkmanager",),
        ),
        (
            ("decides", "decides", "decides"),
            {"owner": "wijkraad"},
            "agreement-owner-below-line",
            ("wijkraad",),
        ),
    ],
)
def test_beyond_the_mandate_by_the_answers_is_asked_on_the_spot(
    desk: Desk,
    seen: tuple[str, str, str],
    agreed: dict[str, Any],
    code: str | None,
    named: tuple[str, ...],
) -> None:
    answered(desk, {"wijkmanager": seen, "wijkraad": ("advises", "none", "none")})
    usual = {"parties": (Assent(party="wijkraad"), Assent(party="wijkmanager"))}
    saved = agreeing.agree(desk, draft(**{**usual, **agreed}), TODAY)
    about = [each for each in saved.questions if each.where.item == "mandate"]
    assert [each.code for each in about] == ([code] if code else [])
    for each in about:
        assert each.severity is Severity.NOTE
        for language in LANGUAGES:
            said = problem_sentence(each, language)
            assert "?" in said
            assert all(position in said for position in named)
    # It was asked, not refused.
    assert agreeing.agreements(desk).agreements == (saved.agreement,)


def test_every_doubt_has_its_question() -> None:
    assert {f"agreement-{code}" for code in get_args(DoubtCode)} <= SENTENCES.keys()


def test_a_name_that_is_kept_beside_the_codes_is_pointed_out(desk: Desk) -> None:
    desk.folder.save_people({"WR-01": Person(name="Jan Voorbeeld")})
    found = questions(desk, draft("Voorbeeld belt de wijkmanager."), TODAY)
    assert [(each.code, each.severity) for each in found] == [
        ("agreement-holds-a-name", Severity.WARNING)
    ]
    assert codes(desk, draft("Naar dit voorbeeld doen we het.")) == []


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("Mevrouw Voorbeeld belt terug.", True),
        ("We bellen dhr. Éénling.", True),
        ("De heer Voorbeeld beslist, mr Example too.", True),
        ("De mevrouw aan de balie beslist.", False),
        ("De wijkmanager beslist in Mr Visserplein-West.", True),  # better asked once too often
        ("Cluster Groen meldt het aan de Wijkraad Voorbeeldwijk.", False),
        ("De weheer Groen is geen aanhef.", False),
    ],
)
def test_a_name_behind_a_form_of_address_is_pointed_out(
    desk: Desk, sentence: str, holds: bool
) -> None:
    assert ("agreement-holds-a-name" in codes(desk, draft(sentence))) is holds


def test_what_must_be_looked_at_is_listed_with_how_late_it_is(desk: Desk) -> None:
    days = (90, 30, 60, None)
    for number in days:
        on = TODAY + timedelta(days=number) if number else None
        agreeing.agree(desk, draft(check_on=on), TODAY)
    later = TODAY + timedelta(days=60)
    assert agreeing.due(desk, TODAY) == ()
    assert [(each.agreement.id, each.days) for each in agreeing.due(desk, later)] == [
        ("a-2", 30),
        ("a-3", 0),
    ]
    agreeing.record_check(desk, "a-3", Check(on=later, kept="no", note="niet gedaan"), later)
    again = later + timedelta(days=30)
    agreeing.record_check(desk, "a-2", Check(on=later, kept="yes"), later, again_on=again)
    assert agreeing.due(desk, later) == ()
    assert [each.agreement.id for each in agreeing.due(desk, again)] == ["a-1", "a-2"]


def test_a_check_that_cannot_be_is_not_kept(desk: Desk) -> None:
    agreeing.agree(desk, draft(), TODAY)
    before = agreeing.agreements(desk)
    tomorrow, yesterday = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
    for check, again_on in (
        (Check(on=tomorrow, kept="yes"), None),
        (Check(on=TODAY, kept="yes"), yesterday),
        (Check(on=TODAY, kept="no", note="WR-02 deed niets"), None),
    ):
        with pytest.raises(WrongUse):
            agreeing.record_check(desk, "a-1", check, TODAY, again_on=again_on)
    with pytest.raises(NotFound):
        agreeing.record_check(desk, "a-9", Check(on=TODAY, kept="yes"), TODAY)
    assert agreeing.agreements(desk) == before


def test_erasing_a_participant_leaves_the_agreements_alone(desk: Desk) -> None:
    saved = agreeing.agree(desk, draft(), TODAY)
    path = desk.folder.path / "agreements.yaml"
    before = path.read_bytes()
    after = erase(saved.desk, "WR-01").desk
    assert path.read_bytes() == before
    # An erased code is still a code.
    assert codes(after, draft("WR-01 deed mee.")) == ["agreement-holds-a-code"]


def test_what_does_not_fit_the_session_any_more_is_named(desk: Desk) -> None:
    kept = agreeing.agreements(desk)
    stranger = Agreement(id="a-1", topic="gone", sentence="Iets.", owner="wijkraad")
    found = agreeing.misfits(desk, kept.changed(agreements=(stranger,)))
    assert [(each.code, each.where.file, each.where.item) for each in found] == [
        ("agreement-unknown-topic", "agreements.yaml", "a-1, topic")
    ]
