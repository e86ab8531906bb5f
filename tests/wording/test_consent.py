"""What people read and choose before the first question is the same in every door."""

import csv
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from bart_tool.domain.base import Language
from bart_tool.domain.route import Route
from bart_tool.store import question_sets
from bart_tool.store.disk import DiskStore
from bart_tool.wording import questions, welcome
from bart_tool.wording.letter import Letterhead
from bart_tool.wording.translation import words
from bart_tool.workflow.answering.context import practice_context, session_context
from bart_tool.workflow.forms import make_forms
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.prepare import new_session
from bart_tool.workflow.session_draft import SessionDraft
from bart_tool.workflow.template import template
from tests.cli.run import bart
from tests.workshop import path_of

# Plain lines keep to what every terminal can show.
PLAINLY = str.maketrans("‘’“”", "''\"\"")

PARTIES = [("wijkraad", 4), ("wijkmanager", 1)]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    draft = SessionDraft("wijk", "wijk-kort", PARTIES, title="Voorbeeldwijk")
    return new_session(DiskStore(tmp_path), draft)


def on_one_line(text: str) -> str:
    return " ".join(unescape(text).replace("\\n", " ").translate(PLAINLY).split())


def doors(opened: OpenSession, code: str, language: Language) -> dict[str, str]:
    """What `code` gets to read in each door, as one line without marks."""
    make_forms(opened, [code], language=language)
    make_forms(opened, [code], language=language, paper=True, letters=Letterhead())
    forms = path_of(opened.folder) / "forms"
    typed = "\n1\nq\n"
    plain = bart(
        path_of(opened.folder).parent, "answer", "wijk", code, "--plain", language=language,
        typed=typed,
    )  # fmt: skip
    rows = csv.DictReader(template(opened, language).splitlines(), delimiter=";")
    own = [row for row in rows if row["participant"] == code]
    read = {
        "table": " ".join(f"{row['question']} {row['choices']}" for row in own),
        "form": (forms / f"{code}.html").read_text("utf-8").split("</main>", 2)[2],
        "paper": (forms / f"{code}.paper.html").read_text("utf-8"),
        "letter": (forms / f"{code}.paper.letter.txt").read_text("utf-8"),
        "plain": plain.out,
    }
    return {door: on_one_line(text) for door, text in read.items()}


def sentences(
    opened: OpenSession, code: str, language: Language, *, paper: bool = False
) -> list[str]:
    text = welcome.consent_text(session_context(opened, code), words(language), paper=paper)
    return [on_one_line(line.removeprefix("- ")) for line in text.splitlines() if line]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["WR-01", "WM-01"])
def test_every_door_says_who_will_see_what(
    opened: OpenSession, code: str, language: Language
) -> None:
    on_a_screen, on_paper = (
        sentences(opened, code, language, paper=paper) for paper in (False, True)
    )
    assert len(on_a_screen) == (7 if code == "WR-01" else 6)
    # The two about what the facilitator sees are one, which is what paper can keep.
    assert len(on_paper) == len(on_a_screen) - 1
    read = doors(opened, code, language)
    del read["table"]  # it goes with a letter, or with whoever types answers over
    for door, text in read.items():
        said = on_paper if door in ("paper", "letter") else on_a_screen
        assert [each for each in said if each not in text] == [], door


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_door_asks_it_as_a_question_before_the_first_one(
    opened: OpenSession, language: Language
) -> None:
    t, context = words(language), session_context(opened, "WR-01")
    first = Route(context.question_set, "wijkraad").pages[0]
    asked = questions.asked_at_once(context.question_set, first, language)
    for door, text in doors(opened, "WR-01", language).items():
        if door == "letter":  # there one reads beforehand that one will choose
            assert (
                t("You choose beforehand how you may be shown. No answer is right or wrong.")
                in text
            )
            continue
        places = [text.index(t(welcome.CONSENT_ASKED))]
        places += [text.rindex(t(called)) for called, _ in welcome.CONSENTS.values()]
        says = [on_one_line(t(more, k=3)) for _, more in welcome.CONSENTS.values()]
        assert [each for each in says if each not in text] == [], door
        assert places == sorted(places), door
        # The form's questions stand as data, wherever; its script asks for the choice first.
        assert door == "form" or places[-1] < text.index(asked), door


def test_it_says_that_a_file_at_the_municipality_can_be_asked_for(opened: OpenSession) -> None:
    for code in opened.session.party_of:
        assert "Wet open overheid" in " ".join(sentences(opened, code, "nl"))


def test_a_drawing_comes_before_the_questions_and_is_nowhere_asked_for(tmp_path: Path) -> None:
    draft = SessionDraft("wijk", "wijk-kern", PARTIES, title="Voorbeeldwijk")
    opened = new_session(DiskStore(tmp_path), draft)
    said = "Teken de wijk, het wijk-MT en jezelf. Waar stroomt het, waar stokt het?"
    read = doors(opened, "WR-01", "nl")
    context = session_context(opened, "WR-01")
    first = Route(context.question_set, "wijkraad").pages[0]
    asked = questions.asked_at_once(context.question_set, first, "nl")
    assert read["paper"].index(said) < read["paper"].index(asked)
    assert said in read["letter"]
    assert said not in read["form"]  # there is nothing to fill in
    again = replace(context, blank=context.blank.changed(round=2))
    assert welcome.drawing(again, words("nl")) == ""


@pytest.mark.parametrize("name", ["wijk-kort", "bart-basis"])
def test_a_set_without_a_drawing_tells_nothing_of_it(name: str) -> None:
    question_set, _ = question_sets.load(name)
    assert question_set is not None
    kind = next(iter(question_set.parties))
    assert welcome.drawing(practice_context(name, kind), words("nl")) == ""


def test_nothing_is_chosen_beforehand(opened: OpenSession) -> None:
    read = doors(opened, "WR-01", "nl")
    assert "checked" not in read["paper"]
    assert '"consent":"position"' not in read["form"]
    again = bart(
        path_of(opened.folder).parent, "answer", "wijk", "WR-02", "--plain", typed="\n\n\nq\n"
    )
    assert opened.folder.sheet("WR-02") is None
    assert again.code != 0 or "Gestopt" in again.out


def letters(opened: OpenSession, *, paper: bool = False, **said: object) -> str:
    make_forms(opened, ["WR-01"], paper=paper, letters=Letterhead(**said))  # type: ignore[arg-type]
    name = "WR-01.paper.letter.txt" if paper else "WR-01.letter.txt"
    return (path_of(opened.folder) / "forms" / name).read_text("utf-8")


def test_the_letter_says_from_whom_what_for_until_when_and_whom_to_ask(
    opened: OpenSession,
) -> None:
    text = letters(
        opened,
        sender="Team Wijken",
        contact="de begeleider, 010 000",
        purpose="Om het wijkakkoord voor te bereiden.",
        keep_until=date(2027, 12, 31),
    )
    assert text.endswith("\n\nTeam Wijken\n")
    assert "Je kunt terecht bij: de begeleider, 010 000\n" in text
    assert "Waarvoor is het? Om het wijkakkoord voor te bereiden.\n" in text
    assert "De begeleider wist de antwoorden uiterlijk op 31-12-2027.\n" in text


def test_a_letter_leaves_out_what_nobody_said(opened: OpenSession) -> None:
    text = letters(opened)
    assert text.endswith("\n\nDank je wel.\n")
    assert "terecht bij" not in text
    assert "uiterlijk" not in text
    assert "\n\n\n" not in text
    assert "Waarvoor is het? Om samen af te spreken" in text


def test_what_is_typed_into_a_letter_stays_on_its_line(opened: OpenSession) -> None:
    text = letters(opened, sender="Team\x1b[2J\nWijken")
    assert "\x1b" not in text
    assert text.splitlines()[-1].startswith("Team")


def test_a_letter_with_a_form_warns_of_previews_and_offers_other_ways(opened: OpenSession) -> None:
    text = letters(opened)
    for said in ("alleen een voorbeeld", "Bewaar het bestand", "iPhone", "op papier", "laptop"):
        assert said in text
    on_paper = letters(opened, paper=True)
    assert "voorbeeld:" not in on_paper
    assert "laptop" in on_paper


def test_the_facilitator_hears_what_the_letter_does_not_say(tmp_path: Path) -> None:
    bart(tmp_path, "new", "wijk", "--party", "wijkraad=3")
    told = bart(tmp_path, "form", "wijk", "--letter", "--sender", "Team", language="nl")
    assert "--contact, --keep-until" in told.err
    assert "--sender" not in told.err
    said = bart(tmp_path, "form", "wijk", "--letter", "--contact", "ons", "--json").json
    assert said["letter_lacks"] == ["--sender", "--keep-until"]
    assert bart(tmp_path, "form", "wijk", "--json").json["letter_lacks"] == []


def test_the_day_by_which_answers_are_wiped_is_kept_in_the_session(tmp_path: Path) -> None:
    bart(tmp_path, "new", "wijk", "--party", "wijkraad=3")
    done = bart(
        tmp_path, "form", "wijk", "--letter", "--keep-until", "2031-01-31", "--sender", "a",
        "--contact", "b",
    )  # fmt: skip
    assert "--keep-until" not in done.err
    session = open_session(DiskStore(tmp_path), "wijk").session
    assert session.keep_until == date(2031, 1, 31)
    letter = (tmp_path / "wijk" / "forms" / "WR-01.letter.txt").read_text("utf-8")
    assert "2031" in letter
