"""How long answering takes: the formula, and that every door that names a figure names this one."""

import hashlib
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bart_tool.domain.base import Language
from bart_tool.domain.question_set import QuestionSet
from bart_tool.store import question_sets
from bart_tool.store.disk import DiskStore
from bart_tool.wording.duration import (
    Duration,
    duration,
    durations,
    longest,
    told,
    told_at_most,
    told_by_kind,
    warning,
)
from bart_tool.wording.letter import Letterhead
from bart_tool.wording.translation import words
from bart_tool.workflow.forms import make_forms
from bart_tool.workflow.open_session import open_session
from bart_tool.workflow.session_draft import SessionDraft
from tests.cli.run import bart
from tests.domain import test_guesses as guesses
from tests.workshop import options, question, set_data, text

NL = words("nl")


def asking(*questions: dict[str, Any], **more: Any) -> QuestionSet:
    return QuestionSet.model_validate(set_data(*questions, **more))


def of(*questions: dict[str, Any]) -> Duration:
    return duration(asking(*questions), "wijkraad", "nl")


def many(number: int, kind: str, **more: Any) -> list[dict[str, Any]]:
    """So many questions of one type that are read alike: only the first adds words."""
    return [question(f"q-{n}", kind, **{"text": text("Wie?"), **more}) for n in range(number)]


def words_to_make(number: int) -> dict[str, str]:
    return text(" ".join(f"woord{n}" for n in range(number)))


def test_an_answer_takes_six_seconds_and_certainty_four_more() -> None:
    # A hundred answers: 600 s, with certainty 1,000 s; what is read once stays under half a minute.
    assert of(*many(100, "who")) == Duration(100, 11)
    assert of(*many(100, "who", certainty=True)) == Duration(100, 17)


def test_own_words_take_a_minute_more() -> None:
    assert of(*many(10, "text")) == Duration(10, 12)  # 660 s and a dozen words


def test_a_hundred_and_fifty_words_take_a_minute_and_the_same_words_no_more() -> None:
    bare = of(*many(1, "text"))
    for number in (150, 1500):
        longer = of(*many(1, "text", example=words_to_make(number)))
        assert longer.minutes - bare.minutes == number // 150
    again = of(*many(10, "text", example=words_to_make(1500)))
    assert again.minutes == of(*many(10, "text")).minutes + 10


def test_help_behind_the_question_mark_is_not_counted_and_what_an_option_means_is() -> None:
    plain = of(question("q", "choice", options=options("a")))
    with_help = of(question("q", "choice", options=options("a"), help=words_to_make(1500)))
    assert with_help == plain
    meaning = [{"id": "a", "label": text("a"), "help": words_to_make(1500)}]
    assert of(question("q", "choice", options=meaning)).minutes == plain.minutes + 10


def test_one_second_over_makes_a_minute_more() -> None:
    # 59 answers of 6 s and what is read: each further answer crosses the minute once in ten.
    minutes = [of(*many(number, "who")).minutes for number in range(1, 61)]
    assert [b - a for a, b in pairwise(minutes)].count(1) == 6
    assert set(minutes) == set(range(1, minutes[-1] + 1))


def test_each_kind_has_its_own_figure() -> None:
    only = [question(f"own-{n}", "text", asked_of=["cluster"]) for n in range(10)]
    asked = asking(*many(20, "who"), *only)
    found = durations(asked, "nl")
    assert [each.answers for each in found.values()] == [20, 20, 30]
    assert found["cluster"].minutes - found["wijkraad"].minutes in (11, 12)
    assert longest(asked, "nl") == found["cluster"]
    assert longest(asked, "nl", ["wijkraad"]) == found["wijkraad"]
    assert list(durations(asked, "nl", ["cluster"])) == ["cluster"]


def test_own_decisions_and_guesses_take_time() -> None:
    question_set, _ = question_sets.load("wijk-kern")
    assert question_set is not None
    parties = (("wijkraad", 7), ("wijkmanager", 3), ("cluster", 4))
    draft = SessionDraft(name="proef", parties=parties)
    bare = longest(draft.whole(question_set), "nl")
    own = longest(draft.with_decisions(["een bank", "een boom"]).whole(question_set), "nl")
    assert (
        own.answers == bare.answers + 8
    )  # of each of three subjects, and who decides by the rules
    assert own.minutes > bare.minutes
    guessed = durations(guesses.held("wijkraad").effective(guesses.SET), "nl")
    without = durations(guesses.held().effective(guesses.SET), "nl")
    assert guessed["cluster"].answers > without["cluster"].answers
    assert guessed["wijkraad"] == without["wijkraad"]


def test_it_is_told_with_the_number_of_answers() -> None:
    assert told(Duration(41, 22), NL) == "41 antwoorden, ongeveer 22 minuten"
    assert told(Duration(1, 1), NL) == "1 antwoord, ongeveer 1 minuut"
    assert told(Duration(41, 22), words("en")) == "41 answers, about 22 minutes"
    asked = asking(*many(2, "who"))
    assert told_at_most(asked, NL) == "hoogstens 2 antwoorden, ongeveer 1 minuut"
    assert list(told_by_kind(asked, NL, ["wijkraad"])) == [
        "wijkraad: 2 antwoorden, ongeveer 1 minuut"
    ]


def test_only_longer_than_half_an_hour_is_warned_about() -> None:
    for number, is_long in ((20, False), (40, True)):
        asked = asking(*many(number, "text"))
        assert bool(warning(asked, NL)) is is_long
    assert Duration(1, 30).is_long is False
    assert Duration(1, 31).is_long is True


def test_a_set_that_leaves_its_parties_open_is_told_with_three() -> None:
    question_set, _ = question_sets.load("bart-basis")
    assert question_set is not None
    three = SessionDraft(
        name="proef", set_name="bart-basis", parties=(("a", 1), ("b", 1), ("c", 1))
    ).whole(question_set)
    assert list(durations(question_set, "nl")) == ["party"]
    assert longest(question_set, "nl").answers == longest(three, "nl").answers
    assert told_at_most(question_set, NL).endswith(", bij 3 partijen")


def test_every_door_names_the_same_figure(tmp_path: Path) -> None:
    parties = ("--party", "wijkraad=3", "--party", "wijkmanager=1")
    own = ("--decision", "bank=Een bank plaatsen")
    made = bart(tmp_path, "new", "wijk", *parties, *own, language="nl")
    opened = open_session(DiskStore(tmp_path), "wijk")
    length = duration(opened.question_set, "wijkraad", "nl")
    short = told(length, NL)
    long = f"Je geeft {length.answers} antwoorden. Dat duurt ongeveer {length.minutes} minuten."
    assert f"wijkraad: {short}" in made.err
    assert "cluster" not in made.err
    checked = bart(tmp_path, "check", str(tmp_path / "wijk" / "session.yaml"), language="nl")
    assert f"wijkraad: {short}" in checked.out
    make_forms(opened, ["WR-01"], letters=Letterhead())
    make_forms(opened, ["WR-01"], paper=True)
    forms = tmp_path / "wijk" / "forms"
    for name in ("WR-01.html", "WR-01.paper.html", "WR-01.letter.txt"):
        assert long in (forms / name).read_text("utf-8"), name
    plain = bart(tmp_path, "answer", "wijk", "WR-01", "--plain", language="nl", typed="\nq\n")
    assert long in plain.out


def test_the_sets_are_listed_and_read_with_it(tmp_path: Path) -> None:
    kern, _ = question_sets.load("wijk-kern")
    assert kern is not None
    assert told_at_most(kern, NL) in bart(tmp_path, "sets", language="nl").out
    for args in (("sets", "wijk-kern"), ("check", "wijk-kern")):
        out = bart(tmp_path, *args, language="nl").out
        assert all(line in out for line in told_by_kind(kern, NL)), args
    said = bart(tmp_path, "sets", "wijk-kern", "--json").json
    found = said["parties"]
    assert [(each["party"], each["minutes"]) for each in found] == [
        (kind, each.minutes) for kind, each in durations(kern, "nl").items()
    ]


def test_new_warns_of_more_than_half_an_hour_and_only_then(tmp_path: Path) -> None:
    few = ("--party", "wijkraad=3")
    many_own = [f"--decision=eigen-{n}=Een eigen besluit over zaak {n}" for n in range(60)]
    assert "veel gevraagd" in bart(tmp_path, "new", "lang", *few, *many_own, language="nl").err
    kort = bart(tmp_path, "new", "kort", "--set", "wijk-kort", *few, language="nl")
    assert "veel gevraagd" not in kort.err


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("name", "most"), [("wijk-kort", 10), ("wijk-kern", 25), ("wijkprogramma", 30)]
)
def test_a_shipped_set_keeps_within_its_time_for_each_kind(
    name: str, most: int, language: Language
) -> None:
    """docs/developer/method.md 2.9: what one may ask of a volunteer."""
    the_set, _ = question_sets.load(name)
    assert the_set is not None
    found = {kind: each.minutes for kind, each in durations(the_set, language).items()}
    assert set(found) == {"wijkraad", "wijkmanager", "cluster"}
    assert max(found.values()) <= most, found


@pytest.mark.parametrize("said", ["25", "0", "veel"])
def test_minutes_in_a_set_are_read_past(tmp_path: Path, said: str) -> None:
    kept = Path(str(question_sets.find("wijk-kort")))
    own = tmp_path / "eigen.yaml"
    own.write_text(kept.read_text("utf-8").replace("parties:\n", f"minutes: {said}\nparties:\n", 1))
    shipped, (found, problems) = question_sets.load("wijk-kort")[0], question_sets.load(own)
    assert found is not None
    assert shipped is not None
    assert longest(found, "nl") == longest(shipped, "nl")
    assert [each.code for each in problems] == (["minutes-not-used"] if said == "25" else [])


def test_a_set_of_before_keeps_the_hash_that_was_made_with_its_minutes() -> None:
    data = set_data(*many(2, "who"), minutes=25)
    found, problems = question_sets.parse(json.dumps(data), "voor.yaml")
    assert found is not None
    assert [each.code for each in problems if each.where.item == "minutes"] == ["minutes-not-used"]
    content = {**found.model_dump(mode="json", by_alias=True, exclude_defaults=True), "minutes": 25}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    assert found.hash == f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"
