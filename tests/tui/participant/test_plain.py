"""Answering line by line: the same walk and the same sheet as on the screens."""

import io
from pathlib import Path

import pytest

from bart_tool.cli.plain_answer import PlainVisit
from bart_tool.cli.terminal import Lines
from bart_tool.domain.base import Language
from bart_tool.domain.sheet import Sheet, SheetStatus
from bart_tool.errors import CannotWrite
from bart_tool.wording.translation import words
from bart_tool.workflow.answering.context import AnswerContext
from tests.tui import sample


def talk(context: AnswerContext, *typed: str, language: Language = "nl") -> tuple[bool, str]:
    """What is said when these lines are typed, after which the input ends."""
    said = io.StringIO()
    lines = Lines(io.StringIO("".join(f"{line}\n" for line in typed)), said)
    done = PlainVisit(context, lines, words(language)).run()
    return done, said.getvalue()


BEGIN = ("", "1")  # read the welcome, may be recognisable


def test_a_whole_sheet_is_filled_and_handed_in(context: AnswerContext) -> None:
    done, _said = talk(
        context,
        *BEGIN,
        *("1", "3"),  # main task of the council, sure
        *("a", "iets anders", "", "j"),  # of the manager: something else; no certainty; literally
        *("opkomen voor allen", ""),  # mission, not literally
        *("3", "1", "w", "z"),  # three decisions of the council
        *("1", "", "2", "", "3", ""),  # of the manager
        *("n", "2"),  # ties: nobody, fairly sure
        *("2 5", "1", "3"),  # roles of the council with their tags
        *("n",),  # none for the manager
        *("4",),  # clarity
        *("i", "j"),
    )
    assert done
    sheet = sample.saved(context)
    assert sheet.status is SheetStatus.SUBMITTED
    values = {key: answer.value for key, answer in sheet.answers.items()}
    assert values == {
        "primary-task/wijkraad": "voice",
        "primary-task/wijkmanager": "other",
        "mission/wijkraad": "opkomen voor allen",
        "mandate/wijkraad/small-urgent-spend": "advises",
        "mandate/wijkraad/participation-approach": "dont-know",
        "mandate/wijkraad/drop-action": "prefer-not",
        "mandate/wijkmanager/small-urgent-spend": "none",
        "mandate/wijkmanager/participation-approach": "informed",
        "mandate/wijkmanager/drop-action": "advises",
        "ties-broken-by": "nobody",
        "roles/wijkraad": {"networker": "formal", "project-lead": "informal"},
        "roles/wijkmanager": {},
        "clarity": "high",
    }
    other = sheet.answers["primary-task/wijkmanager"]
    assert (other.words, other.quote) == ("iets anders", True)
    assert sheet.answers["primary-task/wijkraad"].certainty == "certain"
    assert sheet.answers["ties-broken-by"].certainty == "fairly"
    assert not sheet.answers["mission/wijkraad"].quote


def test_one_can_go_back_skip_note_wipe_and_stop(context: AnswerContext) -> None:
    talk(context, *BEGIN, "1", "", "<", "2", "", "<", "t", "nou ja", "", "", "q")
    answer = sample.saved(context).answers["primary-task/wijkraad"]
    assert (answer.value, answer.note, answer.quote) == ("plan", "nou ja", False)
    done, _said = talk(context, "2", "-", "q")
    assert not done
    assert not sample.saved(context).answers


def test_certainty_can_be_said_later(context: AnswerContext) -> None:
    talk(context, *BEGIN, "1", "", "<", "s", "1", "q")
    assert sample.saved(context).answers["primary-task/wijkraad"].certainty == "guess"


def test_the_picture_goes_to_a_question_by_number(context: AnswerContext) -> None:
    talk(context, *BEGIN, "m", "1", "3", "", "m", "<", "q")
    assert sample.saved(context).answers["primary-task/wijkraad"].value == "connect"


def test_the_end_of_the_input_is_a_stop_that_keeps_everything(context: AnswerContext) -> None:
    done, _ = talk(context, *BEGIN, "1")
    assert not done
    assert list(sample.saved(context).answers) == ["primary-task/wijkraad"]


def test_what_is_no_choice_changes_nothing(context: AnswerContext) -> None:
    talk(context, *BEGIN, "99", "1 2", "é", "\x1b[2J", "q")
    assert not sample.saved(context).answers


def test_what_was_handed_in_can_be_read_only(context: AnswerContext) -> None:
    talk(context, *BEGIN, "m", "i", "j")
    before = sample.saved(context)
    done, _ = talk(context, "1", "1", "1")
    assert done
    assert sample.saved(context) == before


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_line_can_be_shown_by_a_terminal_with_few_characters(
    context: AnswerContext, language: Language
) -> None:
    raw = io.BytesIO()
    narrow = io.TextIOWrapper(raw, encoding="cp1252", errors="strict")
    typed = io.StringIO("\n1\n" + "?\n\n" * 20 + "q\n")
    PlainVisit(context, Lines(typed, narrow), words(language)).run()
    narrow.flush()
    assert b"?" in raw.getvalue()


def test_a_quotation_opens_as_it_closes() -> None:
    screen = io.StringIO()
    Lines(io.StringIO(), screen).say("‘Adviseert’ is iets anders dan “beslist”.")
    assert screen.getvalue().strip() == "'Adviseert' is iets anders dan \"beslist\"."


def test_no_escape_sequence_from_a_file_is_written(tmp_path: Path) -> None:
    hostile = "\x1b]0;pwned\x07"
    context = sample.context(tmp_path, title=f"wijk{hostile}", functions=(f"lid{hostile}",))
    _, said = talk(context, "", "1", "1", "1", "", f"{hostile}", "m", "q")
    assert "\x1b" not in said
    assert "\x07" not in said


def test_when_saving_fails_it_says_so_and_takes_another_file(
    tmp_path: Path, context: AnswerContext
) -> None:
    def refuse(_sheet: Sheet, _expected: str | None) -> str:
        raise CannotWrite("cannot-write-file", file="WR-01.yaml", reason="vol")

    other = tmp_path / "elders.yaml"
    object.__setattr__(context, "save", refuse)
    _, said = talk(context, "", "1", str(other), "1", "", "q")
    assert "NIET BEWAARD" in said
    assert 'value: "voice"' in other.read_text(encoding="utf-8")
