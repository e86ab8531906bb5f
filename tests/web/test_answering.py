"""Answering on a phone that runs no script: what is kept, what is told, and what is not lost."""

from pathlib import Path
from typing import Any

import pytest

from bart_tool.domain.route import Route
from bart_tool.domain.sheet import Sheet, SheetStatus
from bart_tool.errors import CannotWrite
from bart_tool.store.disk import DiskStore
from bart_tool.store.stored_session import StoredSession
from bart_tool.web.guard import Guard
from bart_tool.web.site import Site
from bart_tool.wording.translation import words
from bart_tool.wording.welcome import consent_text
from bart_tool.workflow.answering import choosing, steps
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.answering.state import Answering
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.phases import close, reopen
from tests.forms.conftest import session
from tests.tui import sample
from tests.web.phone import Phone, begun, link_of, pages

Served = tuple[Site, Guard]


def sheet_of(opened: OpenSession, code: str = "WR-01") -> Sheet:
    found = opened.folder.sheet(code)
    assert found is not None
    return found[0]


def number_of(opened: OpenSession, key: str, kind: str = "wijkraad") -> int:
    keys = [item.key for item in Route(opened.question_set, kind).items]
    return keys.index(key) + 1


def at(phone: Phone, opened: OpenSession, key: str) -> Phone:
    phone.open(f"/q/{number_of(opened, key)}")
    return phone


def test_nothing_is_asked_before_the_choice_who_may_see_what(served: Served) -> None:
    phone = Phone(served[1])
    assert phone.open(link_of(served[0], "WR-01")).title == "Welkom"
    seen = phone.open("/q/1")
    assert (seen.at, seen.title) == ("/seen", "Wie ziet straks wat?")
    said = consent_text(served[0].room.seat("WR-01").context, words("nl"))
    for line in said.split("\n"):
        assert line.removeprefix("- ") in seen.words()
    consent = phone.open(seen.ways()[0])
    assert (consent.at, consent.title) == (
        "/consent",
        "Hoe mogen je antwoorden in het verslag staan?",
    )
    assert phone.tap().status == 422
    assert served[0].room.seat("WR-01").sheet() is None
    assert phone.tap(v="group").at == "/q/1"
    sheet = served[0].room.seat("WR-01").sheet()
    assert sheet is not None
    assert sheet.consent == "group"


def test_every_type_of_question_is_kept_as_it_was_answered(
    served: Served, opened: OpenSession
) -> None:
    phone = begun(*served)
    at(phone, opened, "primary-task/wijkraad").tap(
        v="voice", sure="fairly", note=" let wel ", quote="yes"
    )
    at(phone, opened, "mission/wijkraad").tap(text="Samen\r\nsterk")
    at(phone, opened, "mandate/wijkraad/drop-action").tap(v="advises")
    at(phone, opened, "ties-broken-by").tap(v="other", words="de buurt")
    at(phone, opened, "roles/wijkraad").tap(v=["driver", "bridge"])
    assert phone.here.at.endswith("/how")
    phone.tap(tag__driver="formal")
    at(phone, opened, "clarity").tap(v="dont-know")
    answers = sheet_of(opened).answers
    task = answers["primary-task/wijkraad"]
    assert (task.value, task.certainty, task.note, task.quote) == (
        "voice",
        "fairly",
        "let wel",
        True,
    )
    assert answers["mission/wijkraad"].value == "Samen\nsterk"
    assert answers["mandate/wijkraad/drop-action"].value == "advises"
    assert (answers["ties-broken-by"].value, answers["ties-broken-by"].words) == (
        "other",
        "de buurt",
    )
    assert answers["roles/wijkraad"].value == {"bridge": "unknown", "driver": "formal"}
    assert answers["clarity"].value == "dont-know"


def test_none_of_these_is_an_answer_and_an_empty_list_is_none(
    served: Served, opened: OpenSession
) -> None:
    phone = begun(*served)
    at(phone, opened, "roles/wijkraad").tap(v="(none)")
    assert sheet_of(opened).answers["roles/wijkraad"].value == {}
    at(phone, opened, "roles/wijkraad").tap(v=[])
    assert "roles/wijkraad" not in sheet_of(opened).answers


@pytest.mark.parametrize(
    ("key", "fields", "told"),
    [
        ("roles/wijkraad", {"v": ["driver", "dont-know"]}, "weet ik niet"),
        (
            "roles/wijkraad",
            {"v": ["driver", "bridge", "adviser", "monitor", "fixer", "messenger"]},
            "5",
        ),
        ("mission/wijkraad", {"text": "x" * 1001}, "1001"),
        ("mission/wijkraad", {"text": "samen", "v": "dont-know"}, "weet ik niet"),
        ("ties-broken-by", {"v": "other", "words": " "}, "anders"),
        ("clarity", {"note": "los"}, "Kies eerst"),
        ("clarity", {"v": "enormous"}, "NIET BEWAARD"),
    ],
)
def test_what_does_not_fit_is_told_where_it_stands_and_stays_on_the_page(
    served: Served, opened: OpenSession, key: str, fields: dict[str, str], told: str
) -> None:
    phone = begun(*served)
    answered = at(phone, opened, key).tap(**fields)
    assert answered.status == 422
    assert told in answered.alert()
    assert key not in sheet_of(opened).answers
    for name in ("text", "note", "words"):
        if name in fields:
            assert dict(phone.form.form_values())[name].strip() == fields[name].strip()


def test_a_note_and_certainty_stay_when_another_option_is_chosen(
    served: Served, opened: OpenSession
) -> None:
    phone = begun(*served)
    at(phone, opened, "primary-task/wijkraad").tap(v="voice", sure="certain", note="want")
    at(phone, opened, "primary-task/wijkraad").tap(v="plan")
    said = sheet_of(opened).answers["primary-task/wijkraad"]
    assert (said.value, said.certainty, said.note, said.revision) == ("plan", "certain", "want", 2)


def test_the_same_form_twice_is_one_answer(served: Served, opened: OpenSession) -> None:
    phone = begun(*served)
    at(phone, opened, "clarity")
    form = {name: [value] for name, value in phone.form.form_values()} | {
        "v": ["low"],
        "act": ["next"],
    }
    phone.send(f"/q/{number_of(opened, 'clarity')}", form)
    once = opened.folder.content("sheets/WR-01.yaml")
    phone.send(f"/q/{number_of(opened, 'clarity')}", form)
    assert opened.folder.content("sheets/WR-01.yaml") == once


def test_an_older_page_does_not_overwrite_what_another_device_said(
    served: Served, opened: OpenSession
) -> None:
    phone, tablet = begun(*served), Phone(served[1])
    tablet.open(link_of(served[0], "WR-01"))
    at(phone, opened, "clarity")
    at(tablet, opened, "clarity").tap(v="high")
    told = phone.tap(v="low")
    assert told.status == 409
    assert "Veel" in told.alert()
    assert sheet_of(opened).answers["clarity"].value == "high"
    phone.tap(v="low")
    assert sheet_of(opened).answers["clarity"].value == "low"


def test_another_device_goes_on_where_the_first_one_stopped(
    served: Served, opened: OpenSession
) -> None:
    phone, tablet = begun(*served), Phone(served[1])
    at(phone, opened, "mission/wijkraad").tap(text="samen")
    welcome = tablet.open(link_of(served[0], "WR-01"))
    assert welcome.title == "Welkom terug"
    assert welcome.ways()[0] == f"/q/{number_of(opened, 'mission/wijkraad') + 1}"


def test_the_terminal_beside_it_and_the_phone_keep_each_others_answers(
    served: Served, opened: OpenSession
) -> None:
    phone = begun(*served)
    at(phone, opened, "clarity").tap(v="low")
    context = session_context(opened, "WR-01")
    found = context.read()
    assert found is not None
    state = Answering.at_work(Route(context.question_set, context.kind), found[0])
    after, _ = steps.answer(state, "ties-broken-by", choosing.chosen(None, "nobody"))
    context.save(after.sheet, found[1])
    at(phone, opened, "mission/wijkraad").tap(text="samen")
    assert {*sheet_of(opened).answers} == {"clarity", "ties-broken-by", "mission/wijkraad"}


def test_wiping_leaves_the_question_open(served: Served, opened: OpenSession) -> None:
    phone = begun(*served)
    at(phone, opened, "clarity").tap(v="low")
    at(phone, opened, "clarity").tap("wipe")
    assert phone.here.at == f"/q/{number_of(opened, 'clarity')}"
    assert "clarity" not in sheet_of(opened).answers
    assert sheet_of(opened).wiped == {"clarity": 1}


def test_back_keeps_the_answer_too(served: Served, opened: OpenSession) -> None:
    phone = begun(*served)
    number = number_of(opened, "clarity")
    at(phone, opened, "clarity").tap("back", v="low")
    assert phone.here.at == f"/q/{number - 1}"
    assert sheet_of(opened).answers["clarity"].value == "low"


def test_progress_counts_answers(served: Served, opened: OpenSession) -> None:
    phone = begun(*served)
    total = len(Route(opened.question_set, "wijkraad").items)
    at(phone, opened, "clarity").tap(v="low")
    said = at(phone, opened, "mission/wijkraad").here.text
    assert f"1 van {total} antwoorden bewaard" in said


def test_after_the_last_question_one_hands_in_and_then_only_reads(
    served: Served, opened: OpenSession
) -> None:
    phone = begun(*served)
    total = len(Route(opened.question_set, "wijkraad").items)
    phone.open(f"/q/{total}")
    phone.tap(v="low")
    assert phone.here.at == "/end"
    assert f"{total - 1} antwoorden staan open." in phone.here.words()
    assert phone.tap().title == "Ingeleverd"
    assert sheet_of(opened).status is SheetStatus.SUBMITTED
    assert phone.open("/q/1").title == "Ingeleverd"
    assert "Weinig" in phone.open("/mine").words()
    assert phone.here.ways() == []


def test_a_page_that_lay_open_while_one_handed_in_elsewhere_changes_nothing(
    served: Served, opened: OpenSession
) -> None:
    phone, tablet = begun(*served), Phone(served[1])
    tablet.open(link_of(served[0], "WR-01"))
    at(phone, opened, "clarity")
    tablet.open("/end")
    tablet.tap()
    assert phone.tap(v="low").status == 409
    assert sheet_of(opened).answers == {}


def test_a_sheet_that_is_opened_again_can_be_changed_and_goes_on_counting(
    served: Served, opened: OpenSession
) -> None:
    phone = begun(*served)
    phone.open("/end")
    phone.tap()
    reopen(opened, ["WR-01"])
    at(phone, opened, "clarity").tap(v="low")
    assert sheet_of(opened).answers["clarity"].value == "low"
    assert sheet_of(opened).status is SheetStatus.SUBMITTED


def test_closing_ends_every_link_and_opening_again_brings_none_back(
    served: Served, opened: OpenSession
) -> None:
    site, app = served
    phone, link = begun(site, app), link_of(site, "WR-01")
    at(phone, opened, "clarity")
    closed = close(opened).opened
    assert phone.tap(v="low").title == "De ronde is gesloten"
    assert phone.open("/mine").status == 403
    assert Phone(app).open(link).status == 403
    reopen(closed)
    assert phone.open("/mine").status == 403
    assert Phone(app).open(link).status == 404
    assert begun(site, app).here.status == 200
    assert sheet_of(opened).answers == {}


def test_a_disk_that_refuses_is_told_and_the_answer_stays_on_the_page(
    served: Served, opened: OpenSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = begun(*served)
    at(phone, opened, "mission/wijkraad")

    def full(*_: object, **__: object) -> str:
        raise CannotWrite("cannot-write-file", file="WR-01.yaml", reason="ENOSPC")

    with monkeypatch.context() as broken:
        broken.setattr(StoredSession, "save_sheet", full)
        told = phone.tap(text="samen")
    assert told.status == 503
    assert "NIET BEWAARD" in told.text
    assert dict(phone.form.form_values())["text"].strip() == "samen"
    assert phone.tap().status == 200
    assert sheet_of(opened).answers["mission/wijkraad"].value == "samen"


def test_what_was_only_not_sure_to_be_on_the_disk_is_written_again(
    served: Served, opened: OpenSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, kept, calls = begun(*served), StoredSession.save_sheet, []
    at(phone, opened, "clarity")

    def unsure(folder: StoredSession, sheet: Sheet, *more: Any, **named: Any) -> str:
        fingerprint = kept(folder, sheet, *more, **named)
        calls.append(sheet)
        if len(calls) == 1:
            error = CannotWrite("cannot-write-file", file="WR-01.yaml", reason="EIO")
            error.stands = fingerprint
            raise error
        return fingerprint

    monkeypatch.setattr(StoredSession, "save_sheet", unsure)
    assert phone.tap(v="low").status == 503
    assert phone.tap(v="low").status == 200
    assert len(calls) == 2


def test_functions_are_asked_where_the_session_has_them(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path, functions=("Voorzitter", "Lid"))
    site, app = pages(opened)
    phone = Phone(app)
    phone.open(link_of(site, "WR-01"))
    phone.open("/consent")
    assert phone.tap(v="position").at == "/function"
    assert phone.tap(v="Lid").at == "/q/1"
    found = DiskStore(tmp_path).read("proef/sheets/WR-01.yaml")
    assert found is not None
    assert b'function: "Lid"' in found.content


def test_an_earlier_answer_leaves_a_question_out_and_no_number_moves(tmp_path: Path) -> None:
    opened = session(tmp_path)
    site, app = pages(opened)
    item, (before, value) = next(iter(opened.question_set.depending.items()))
    phone, tablet = begun(site, app), Phone(app)
    tablet.open(link_of(site, "WR-01"))
    later = Route(opened.question_set, "wijkraad").items[-1].key
    at(tablet, opened, later)
    total = len(Route(opened.question_set, "wijkraad").items)
    at(phone, opened, before).tap(v=value)
    assert f"van {total - 1}" in at(phone, opened, later).here.text
    level = opened.question_set.options(opened.question_set.by_key[later].question, "")[0].id
    tablet.tap(v=level)
    assert {*sheet_of(opened).answers} == {before, later}
    assert phone.open(f"/q/{number_of(opened, item)}").at != f"/q/{number_of(opened, item)}"


def test_a_page_of_a_question_that_was_left_out_meanwhile_says_so(tmp_path: Path) -> None:
    opened = session(tmp_path)
    site, app = pages(opened)
    item, (before, value) = next(iter(opened.question_set.depending.items()))
    phone, tablet = begun(site, app), Phone(app)
    tablet.open(link_of(site, "WR-01"))
    at(tablet, opened, item)
    at(phone, opened, before).tap(v=value)
    told = tablet.tap(v=value)
    assert (told.status, told.title) == (409, "Dit wordt niet meer gevraagd")
    assert {*sheet_of(opened).answers} == {before}
