"""Typing over what somebody filled in on paper: twice, and nothing is saved before both agree."""

import io
from pathlib import Path

import pytest

from bart_tool.cli.paper_entry import PaperEntry
from bart_tool.cli.terminal import Lines, _wrapped
from bart_tool.domain.answer import Answer
from bart_tool.domain.route import Route
from bart_tool.errors import NotAllowed
from bart_tool.store.disk import DiskStore
from bart_tool.wording.translation import words
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.paper_entry import Misread, lines, read
from bart_tool.workflow.prepare import new_session
from bart_tool.workflow.session_draft import SessionDraft


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    parties = [("wijkraad", 2), ("wijkmanager", 1)]
    return new_session(
        DiskStore(tmp_path), SessionDraft(name="proef", set_name="wijk-kort", parties=parties)
    )


def typed_over(opened: OpenSession, *typed: str, code: str = "WR-01") -> tuple[bool, str]:
    """Type these lines; gives whether a sheet was saved, and what was on the screen."""
    screen = io.StringIO()
    source = io.StringIO("".join(f"{line}\n" for line in typed))
    entry = PaperEntry(
        session_context(opened, code),
        Lines(source, screen),
        words("nl"),
    )
    return entry.run(), screen.getvalue()


def walk_of(opened: OpenSession) -> Route:
    return Route(opened.question_set, "wijkraad")


def one_time(opened: OpenSession, **by_item: str) -> list[str]:
    """What is typed in one time: consent, and a line for each item."""
    keys = {key.replace("__", "/").replace("_", "-"): typed for key, typed in by_item.items()}
    return ["1", *(keys.get(line.item.key, "") for line in lines(walk_of(opened)))]


FILLED = {
    "clarity": "2 ; omdat niemand het weet !",
    "primary_task__wijkraad": "a iets heel anders",
    "mandate__wijkraad__small_urgent_spend": "3 2",
    "upholds_agreement": "n",
    "roles__wijkraad": "1v 3 4g",
    "primary_task__cluster": "w",
}


def test_twice_the_same_is_kept_and_handed_in(opened: OpenSession) -> None:
    once = one_time(opened, **FILLED)
    saved, screen = typed_over(opened, *once, *once, "j")
    assert saved, screen
    assert "Adviseert / redelijk zeker" in screen
    found = opened.folder.sheet("WR-01")
    assert found is not None
    sheet = found[0]
    assert (sheet.status, sheet.consent) == ("submitted", "position")
    said = sheet.answers
    assert said["clarity"] == Answer(
        value="unclear", note="omdat niemand het weet", quote=True, revision=1
    )
    task = said["primary-task/wijkraad"]
    assert (task.value, task.words) == ("other", "iets heel anders")
    spend = said["mandate/wijkraad/small-urgent-spend"]
    assert (spend.value, spend.certainty) == ("advises", "fairly")
    assert said["upholds-agreement"].value == "nobody"
    assert said["primary-task/cluster"].value == "dont-know"
    met = session_context(opened, "WR-01").question_set
    roles = [o.id for o in met.options(met.by_key["roles/wijkraad"].question, "wijkraad")]
    assert said["roles/wijkraad"].value == {
        roles[0]: "formal",
        roles[2]: "unknown",
        roles[3]: "informal",
    }
    assert len(said) == len(FILLED)


@pytest.mark.parametrize(
    ("choice", "standings"), [("1", "unclear"), ("2", "clear"), ("3", "in-between")]
)
def test_what_differs_is_shown_and_settled_first(
    opened: OpenSession, choice: str, standings: str
) -> None:
    first, second = one_time(opened, clarity="2"), one_time(opened, clarity="4")
    more = [choice, *(["3"] if choice == "3" else [])]
    saved, screen = typed_over(opened, *first, *second, *more, "j")
    assert saved
    assert "verschillen" in screen
    found = opened.folder.sheet("WR-01")
    assert found is not None
    assert found[0].answers["clarity"].value == standings


def test_a_mistake_is_named_and_asked_again_and_one_can_go_back(opened: OpenSession) -> None:
    once = one_time(opened, clarity="2")
    clumsy = ["9", *once[:1], "7", "x", "2", "<", "3", *once[2:]]
    saved, screen = typed_over(opened, *clumsy, *one_time(opened, clarity="3"), "j")
    assert saved, screen
    assert "Keuze 7 staat niet op deze regel." in screen
    found = opened.folder.sheet("WR-01")
    assert found is not None
    assert found[0].answers["clarity"].value == "in-between"


@pytest.mark.parametrize("stops_at", [0, 3, 20, 32])
def test_stopping_saves_nothing(opened: OpenSession, stops_at: int) -> None:
    once = one_time(opened, clarity="2")
    typed = [*once, *once, "j"][:stops_at]
    saved, screen = typed_over(opened, *typed, "q")
    assert not saved
    assert "Er is niets bewaard" in screen
    assert opened.folder.sheet("WR-01") is None


def test_what_was_handed_in_is_not_typed_over(opened: OpenSession) -> None:
    once = one_time(opened, clarity="2")
    typed_over(opened, *once, *once, "j")
    with pytest.raises(NotAllowed):
        typed_over(open_session(opened.folder.store, "proef"), *once)


def test_how_sure_goes_with_a_letter_too(opened: OpenSession) -> None:
    by_key = opened.question_set.by_key
    task, who = by_key["primary-task/wijkraad"], by_key["upholds-agreement"]
    assert read(opened.question_set, task, "a2 3 mensen") == Answer(
        value="other", words="3 mensen", certainty="fairly"
    )
    assert read(opened.question_set, task, "a 2 mensen") == Answer(value="other", words="2 mensen")
    assert read(opened.question_set, who, "n 3") == Answer(value="nobody", certainty="certain")


@pytest.mark.parametrize(
    ("item", "typed"),
    [
        ("clarity", "0"),
        ("clarity", "6"),
        ("clarity", "2 1"),  # certainty is not asked there
        ("clarity", "n"),  # nobody is no level
        ("clarity", " ; only a note"),
        ("primary-task/wijkraad", "a"),
        ("upholds-agreement", "1 4"),
        ("primary-task/wijkraad", "a4 de buurt"),
        ("primary-task/wijkraad", "a2"),
        ("primary-task/wijkraad", "w 2"),  # how sure one is of not knowing says nothing
        ("roles/wijkraad", "1 2 3 4 5 6"),
        ("roles/wijkraad", "1x"),
        ("clarity", "²"),
        ("clarity", "2 ; " + "x" * 1001),
    ],
)
def test_what_does_not_fit_the_line_is_refused(opened: OpenSession, item: str, typed: str) -> None:
    with pytest.raises(Misread):
        read(opened.question_set, opened.question_set.by_key[item], typed)


def test_an_open_line_is_no_answer(opened: OpenSession) -> None:
    for line in lines(walk_of(opened)):
        assert read(opened.question_set, line.item, "  ") is None


def test_what_a_typed_line_means_is_said_at_once(opened: OpenSession) -> None:
    _, screen = typed_over(opened, "1", "3", "q")
    (line, *_) = lines(walk_of(opened))
    option = opened.question_set.options(line.item.question, line.item.subject)[2]
    assert option.label.nl in screen


def test_long_lines_break_between_words() -> None:
    text = "  Eigen woorden: a en dan de woorden. " * 5
    wrapped = _wrapped(text, 40)
    assert all(len(line) <= 40 and line.startswith("  ") for line in wrapped.split("\n"))
    assert wrapped.split() == text.split()


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("  a-1  De wijkmanager geeft tot 500 euro uit", 7),
        ("- De wijkmanager geeft tot 500 euro uit aan alles", 2),
        ("  12. De wijkmanager geeft tot 500 euro uit", 6),
        ("De wijkmanager geeft tot 500 euro uit aan alles", 0),
    ],
)
def test_what_follows_on_the_next_line_stands_below_its_words(line: str, below: int) -> None:
    first, second = _wrapped(line, 30).split("\n")
    assert len(first) <= 30
    assert len(second) - len(second.lstrip()) == below
