"""What is agreed is kept, asked about, looked at again, and never names a person."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from bart_tool.analysis.mandate import DoubtCode
from bart_tool.domain.agreement import Agreement, AgreementDraft, Assent, Check
from bart_tool.domain.base import LANGUAGES
from bart_tool.domain.session import Participant, Phase
from bart_tool.errors import Busy, NotAllowed, NotFound, Severity, WrongUse
from bart_tool.store import sessions, yaml_text
from bart_tool.store.session_files import Person
from bart_tool.wording.messages import problem_sentence
from bart_tool.workflow import agree as agreeing
from bart_tool.workflow.agree import questions
from bart_tool.workflow.erase import erase
from bart_tool.workflow.findings import put_out_of_date
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.phases import begin_discussing, reopen
from tests.catalogues import SENTENCES
from tests.workflow.on_disk import store_in
from tests.workshop import (
    MANDATE_QUESTION,
    WHO_QUESTION,
    path_of,
    session,
    set_data,
    sheet,
    small_set,
)

pytestmark = pytest.mark.usefixtures("each_store")

TODAY = date(2026, 3, 18)
QUESTIONS = (MANDATE_QUESTION, WHO_QUESTION)
SET = small_set(*QUESTIONS)


def desk_in(root: Path, **more: Any) -> OpenSession:
    made = session(SET, {"wijkraad": 3, "wijkmanager": 1, "cluster-groen": 2}, **more)
    sessions.create(store_in(root), made, yaml_text.write(set_data(*QUESTIONS)))
    return open_session(store_in(root), "test")


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return desk_in(tmp_path)


def draft(sentence: str = "De wijkmanager geeft tot 500 euro uit.", **more: Any) -> AgreementDraft:
    usual: dict[str, Any] = {
        "topic": "decision/spend",
        "parties": (Assent(party="wijkraad"), Assent(party="wijkmanager")),
        "mandate": "within",
        "owner": "wijkmanager",
        "check_on": TODAY + timedelta(days=90),
    }
    return AgreementDraft(sentence=sentence, **{**usual, **more})


def codes(opened: OpenSession, agreement: AgreementDraft) -> list[str]:
    return [each.code for each in questions(opened, agreement, TODAY)]


def test_an_agreement_is_kept_under_its_own_id_and_the_session_goes_on(opened: OpenSession) -> None:
    assert agreeing.agreements(opened).agreements == ()
    first = agreeing.agree(opened, draft(), TODAY)
    second = agreeing.agree(first.opened, draft("Een tweede."), TODAY)
    assert [first.agreement.id, second.agreement.id] == ["a-1", "a-2"]
    assert first.questions == ()
    again = open_session(opened.folder.store, "test")
    assert again.session.phase is Phase.AGREED
    assert agreeing.agreements(again).agreements == (first.agreement, second.agreement)


def test_a_desk_that_lay_open_all_evening_still_agrees(opened: OpenSession) -> None:
    begin_discussing(open_session(opened.folder.store, "test"))
    saved = agreeing.agree(opened, draft(), TODAY)
    assert saved.opened.session.phase is Phase.AGREED
    assert agreeing.agree(opened, draft(), TODAY).agreement.id == "a-2"


def test_what_is_agreed_in_a_later_round_says_so_and_the_phase_stays(tmp_path: Path) -> None:
    opened = desk_in(tmp_path, phase="follow-up", round=2)
    saved = agreeing.agree(opened, draft(), TODAY)
    assert (saved.agreement.round, saved.opened.session.phase) == (2, Phase.FOLLOW_UP)


def test_nothing_is_agreed_before_the_round_is_closed(tmp_path: Path) -> None:
    opened = desk_in(tmp_path, phase="answering")
    for tried in (
        lambda: agreeing.agree(opened, draft(), TODAY),
        lambda: agreeing.agreements(opened),
        lambda: agreeing.due(opened, TODAY),
    ):
        with pytest.raises(NotAllowed):
            tried()
    assert not (path_of(opened.folder) / "agreements.yaml").exists()


def test_in_a_round_that_was_opened_again_agreements_are_read_and_checked_not_made(
    opened: OpenSession,
) -> None:
    saved = agreeing.agree(opened, draft(), TODAY)
    opened = reopen(saved.opened)
    assert agreeing.agreements(opened).agreements == (saved.agreement,)
    checked = agreeing.record_check(opened, "a-1", Check(on=TODAY, kept="yes"), TODAY)
    assert checked.agreement.kept == "yes"
    with pytest.raises(NotAllowed):
        agreeing.agree(opened, draft(), TODAY)
    with pytest.raises(NotAllowed):
        agreeing.change(opened, checked.agreement, draft("Anders."), TODAY)


def test_a_number_is_never_given_out_twice(opened: OpenSession) -> None:
    for _ in range(3):
        opened = agreeing.agree(opened, draft(), TODAY).opened
    agreeing.remove(opened, "a-3")
    agreeing.remove(opened, "a-1")
    assert agreeing.agree(opened, draft(), TODAY).agreement.id == "a-4"
    agreeing.remove(opened, "a-4")
    agreeing.remove(opened, "a-2")
    assert agreeing.agree(opened, draft(), TODAY).agreement.id == "a-5"


def test_removing_is_undone_at_the_same_place(opened: OpenSession) -> None:
    for sentence in ("Een.", "Twee.", "Drie."):
        opened = agreeing.agree(opened, draft(sentence), TODAY).opened
    before = agreeing.agreements(opened)
    removed = agreeing.remove(opened, "a-2")
    assert removed.agreement.sentence == "Twee."
    assert [each.id for each in agreeing.agreements(opened).agreements] == ["a-1", "a-3"]
    agreeing.put_back(removed.opened, removed)
    agreeing.put_back(removed.opened, removed)  # twice is once
    assert agreeing.agreements(opened) == before


def test_a_change_keeps_id_and_round_and_does_not_wipe_what_another_changed(
    opened: OpenSession,
) -> None:
    first = agreeing.agree(opened, draft(), TODAY).agreement
    changed = agreeing.change(opened, first, draft("Tot 250 euro."), TODAY).agreement
    assert (changed.id, changed.sentence, changed.round) == ("a-1", "Tot 250 euro.", 1)
    with pytest.raises(Busy):
        agreeing.change(opened, first, draft("Tot 100 euro."), TODAY)
    assert agreeing.agreements(opened).agreements == (changed,)
    agreeing.remove(opened, "a-1")
    with pytest.raises(NotFound):
        agreeing.change(opened, changed, draft("Tot 100 euro."), TODAY)


def test_of_an_old_agreement_the_words_may_change_though_its_day_is_past(
    opened: OpenSession,
) -> None:
    first = agreeing.agree(opened, draft(), TODAY).agreement
    later = TODAY + timedelta(days=200)
    same_day = draft("Beter gezegd.", check_on=first.check_on)
    changed = agreeing.change(opened, first, same_day, later).agreement
    with pytest.raises(WrongUse):
        agreeing.change(opened, changed, draft(check_on=TODAY), later)


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
    opened: OpenSession, wrong: dict[str, Any], code: str, key: str
) -> None:
    with pytest.raises(WrongUse) as caught:
        agreeing.agree(opened, draft(**wrong), TODAY)
    found = [(e.code, e.where.item) for e in caught.value.problems if e.severity is Severity.ERROR]
    assert found == [(code, key)]
    assert not (path_of(opened.folder) / "agreements.yaml").exists()
    assert open_session(opened.folder.store, "test").session.phase is Phase.CLOSED


def test_a_code_without_a_number_is_a_code_in_capitals_only(opened: OpenSession) -> None:
    invited = (*opened.session.participants, Participant(code="KAT", party="wijkraad"))
    opened = opened.saved(opened.session.changed(participants=invited))
    assert codes(opened, draft("KAT geeft geld uit.")) == ["agreement-holds-a-code"]
    assert codes(opened, draft("De kat van de buren mag blijven.")) == []


@pytest.mark.parametrize(
    "sentence",
    ["Route A4-2 blijft open.", "Het plan WRX-01 gaat door.", "In 2026-27 beslissen we."],
)
def test_what_only_looks_a_bit_like_a_code_may_stand(opened: OpenSession, sentence: str) -> None:
    assert codes(opened, draft(sentence)) == []


@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        ({"owner": None}, "agreement-without-owner"),
        ({"check_on": None}, "agreement-without-date"),
        ({"parties": ()}, "agreement-without-parties"),
        ({"mandate": None}, "agreement-without-mandate"),
        (
            {
                "parties": (Assent(party="wijkraad"),),
                "mandate": "submitted",
                "mandate_words": "de baas",
            },
            "agreement-unagreed-must-see-to",
        ),
        ({"done_by": ("cluster",)}, "agreement-unagreed-must-do"),
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
    opened: OpenSession, lacking: dict[str, Any], code: str
) -> None:
    saved = agreeing.agree(opened, draft(**lacking), TODAY)
    assert [each.code for each in saved.questions] == [code]
    assert {each.severity for each in saved.questions} == {Severity.NOTE}
    assert agreeing.agreements(opened).agreements == (saved.agreement,)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("sentence", "vague"),
    [
        ("Residents will be involved.", ["involved"]),
        ("We communicate and coordinate better.", ["coordinate", "communicate", "better"]),
        ("De wijkraad heeft de regie.", ["regie"]),
        ("We stemmen dit met elkaar af.", ["stemmen dit met elkaar af"]),
        ("Waar  mogelijk belt de wijkmanager.", ["waar mogelijk"]),
        ("Het beterschapsplan en de regiekamer blijven.", []),
        ("Met betrekking tot de aandachtswijk beslist de wijkraad.", []),
        ("Betterment levies stay where they are.", []),
        ("De wijkraad stemt op 1 mei. De fiets gaat af.", []),
        ("De regisseur belt binnen een week terug.", []),
    ],
)
def test_vague_words_are_found_as_whole_words_in_both_languages(
    tmp_path: Path, language: str, sentence: str, vague: list[str]
) -> None:
    opened = desk_in(tmp_path, language=language)
    asked = questions(opened, draft(sentence), TODAY)
    assert sorted(each.params["word"] for each in asked) == sorted(vague)


def test_what_another_agreed_meanwhile_is_not_written_over(
    opened: OpenSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = opened.folder.agreements()
    kept = agreeing.agree(opened, draft(), TODAY)
    with monkeypatch.context() as patch:
        patch.setattr(type(opened.folder), "agreements", lambda _: stale)
        with pytest.raises(Busy):
            agreeing.agree(kept.opened, draft("Iets anders."), TODAY)
    assert agreeing.agreements(opened).agreements == (kept.agreement,)


def test_today_is_not_past_and_what_is_parked_needs_no_parties(opened: OpenSession) -> None:
    assert codes(opened, draft(check_on=TODAY, mandate="parked", parties=())) == []


def test_words_of_another_kind_are_not_called_vague(opened: OpenSession) -> None:
    assert codes(opened, draft("De regisseur belt binnen een week terug.")) == []
    assert codes(opened, draft("Verbeteren: elk half jaar, meer dan 500 euro.")) == []


def answered(opened: OpenSession, seen: dict[str, tuple[str, str, str]]) -> None:
    for code, place in (("WR-01", 0), ("WR-02", 0), ("WR-03", 0), ("WM-01", 1), ("CL-01", 2)):
        answers = {f"mandate/{kind}/spend": levels[place] for kind, levels in seen.items()}
        opened.folder.save_sheet(sheet(opened.session, code, answers), None)
    put_out_of_date(opened)


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
    opened: OpenSession,
    seen: tuple[str, str, str],
    agreed: dict[str, Any],
    code: str | None,
    named: tuple[str, ...],
) -> None:
    answered(opened, {"wijkmanager": seen, "wijkraad": ("advises", "none", "none")})
    usual = {"parties": (Assent(party="wijkraad"), Assent(party="wijkmanager"))}
    saved = agreeing.agree(opened, draft(**{**usual, **agreed}), TODAY)
    about = [each for each in saved.questions if each.where.item == "mandate"]
    assert [each.code for each in about] == ([code] if code else [])
    for each in about:
        assert each.severity is Severity.NOTE
        for language in LANGUAGES:
            said = problem_sentence(each, language)
            assert "?" in said
            assert all(position in said for position in named)
    # It was asked, not refused.
    assert agreeing.agreements(opened).agreements == (saved.agreement,)


def test_every_doubt_has_its_question() -> None:
    assert {f"agreement-{code}" for code in get_args(DoubtCode)} <= SENTENCES.keys()


def test_a_name_that_is_kept_beside_the_codes_is_pointed_out(opened: OpenSession) -> None:
    opened.folder.save_people({"WR-01": Person(name="Jan Voorbeeld")})
    found = questions(opened, draft("Voorbeeld belt de wijkmanager."), TODAY)
    assert [(each.code, each.severity) for each in found] == [
        ("agreement-holds-a-name", Severity.WARNING)
    ]
    assert codes(opened, draft("Naar dit voorbeeld doen we het.")) == []


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
    opened: OpenSession, sentence: str, holds: bool
) -> None:
    assert ("agreement-holds-a-name" in codes(opened, draft(sentence))) is holds


def test_what_must_be_looked_at_is_listed_with_how_late_it_is(opened: OpenSession) -> None:
    days = (90, 30, 60, None)
    for number in days:
        on = TODAY + timedelta(days=number) if number else None
        agreeing.agree(opened, draft(check_on=on), TODAY)
    later = TODAY + timedelta(days=60)
    assert agreeing.due(opened, TODAY) == ()
    assert [(each.agreement.id, each.days) for each in agreeing.due(opened, later)] == [
        ("a-2", 30),
        ("a-3", 0),
    ]
    agreeing.record_check(opened, "a-3", Check(on=later, kept="no", note="niet gedaan"), later)
    again = later + timedelta(days=30)
    agreeing.record_check(opened, "a-2", Check(on=later, kept="yes"), later, again_on=again)
    assert agreeing.due(opened, later) == ()
    assert [each.agreement.id for each in agreeing.due(opened, again)] == ["a-1", "a-2"]


def test_a_check_that_cannot_be_is_not_kept(opened: OpenSession) -> None:
    agreeing.agree(opened, draft(), TODAY)
    before = agreeing.agreements(opened)
    tomorrow, yesterday = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
    for check, again_on in (
        (Check(on=tomorrow, kept="yes"), None),
        (Check(on=TODAY, kept="yes"), yesterday),
        (Check(on=TODAY, kept="no", note="WR-02 deed niets"), None),
    ):
        with pytest.raises(WrongUse):
            agreeing.record_check(opened, "a-1", check, TODAY, again_on=again_on)
    with pytest.raises(NotFound):
        agreeing.record_check(opened, "a-9", Check(on=TODAY, kept="yes"), TODAY)
    assert agreeing.agreements(opened) == before


def test_erasing_a_participant_leaves_the_agreements_alone(opened: OpenSession) -> None:
    saved = agreeing.agree(opened, draft(), TODAY)
    path = path_of(opened.folder) / "agreements.yaml"
    before = path.read_bytes()
    after = erase(saved.opened, "WR-01").opened
    assert path.read_bytes() == before
    # An erased code is still a code.
    assert codes(after, draft("WR-01 deed mee.")) == ["agreement-holds-a-code"]


def test_what_does_not_fit_the_session_any_more_is_named(opened: OpenSession) -> None:
    kept = agreeing.agreements(opened)
    stranger = Agreement(id="a-1", topic="gone", sentence="Iets.", owner="wijkraad")
    found = agreeing.misfits(opened, kept.changed(agreements=(stranger,)))
    assert [(each.code, each.where.file, each.where.item) for each in found] == [
        ("agreement-unknown-topic", "agreements.yaml", "a-1, topic")
    ]
