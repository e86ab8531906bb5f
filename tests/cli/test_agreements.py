"""`bart agreements`: made, listed, looked at again and taken out without the screens."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
from click.shell_completion import ShellComplete

from bart_tool.cli import agreement_actions
from bart_tool.cli.agreements import command
from bart_tool.cli.main import Verbs
from bart_tool.domain.base import LANGUAGES
from bart_tool.errors import Problem
from bart_tool.wording.messages import problem_text
from bart_tool.wording.translation import words
from tests.cli.run import Done, bart
from tests.cli.some_session import answered, closed, listing, made

TODAY = date(2026, 3, 18)
SENTENCE = "De wijkmanager geeft tot 500 euro uit."
SPEND = "decision/small-urgent-spend"
VERBS = ["list", "due", "topics", "add", "change", "kept", "park", "withdraw", "remove", "page"]
WHOLE = (
    *("--party", "wijkraad", "--party", "cluster-groen=zolang er geld is"),
    *("--mandate", "submitted", "--mandate-words", "de clusterdirecteur"),
    *("--written-in", "het wijkakkoord", "--done-by", "cluster-groen", "--owner", "wijkmanager"),
    *("--unagreed", "wijkmanager=vraagt het eerst na", "--check-on", "2026-06-30"),
    *("--specified", "ja", "--agreed", "partly"),
)

TEXT = {"type": "string"}
TESTED = {"enum": ["no", "partly", "yes", None]}
DAY = {"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
AGREEMENT: dict[str, Any] = {
    "id": {"type": "string", "pattern": "^a-[1-9][0-9]*$"},
    "topic": TEXT,
    "sentence": TEXT,
    "parties": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"party": TEXT, "condition": TEXT},
            "required": ["party", "condition"],
            "additionalProperties": False,
        },
    },
    "mandate": {"enum": ["within", "submitted", "fixed", "parked", None]},
    "mandate_words": TEXT,
    "written_in": TEXT,
    "done_by": {"type": "array", "items": TEXT},
    "owner": {"type": ["string", "null"]},
    "unagreed": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"party": TEXT, "said": TEXT},
            "required": ["party", "said"],
            "additionalProperties": False,
        },
    },
    "check_on": DAY,
    "tests": {
        "type": "object",
        "properties": {"specified": TESTED, "agreed": TESTED, "kept": TESTED},
        "required": ["specified", "agreed", "kept"],
        "additionalProperties": False,
    },
    "checks": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"on": DAY, "kept": TESTED, "note": TEXT},
            "required": ["on", "kept", "note"],
            "additionalProperties": False,
        },
    },
    "withdrawn": {
        "type": ["object", "null"],
        "properties": {"on": DAY, "why": TEXT},
        "required": ["on", "why"],
        "additionalProperties": False,
    },
    "round": {"type": "integer"},
    "changed_on": DAY,
}


def shaped(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


LIST = shaped(
    session=TEXT,
    agreements={
        "type": "array",
        "items": shaped(**AGREEMENT, days_late={"type": ["integer", "null"]}),
    },
)
SAVED = shaped(
    session=TEXT,
    agreement=shaped(**AGREEMENT),
    questions={"type": "array", "items": shaped(code=TEXT, text=TEXT)},
)


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Any:
    def set_to(value: date) -> None:
        monkeypatch.setattr(agreement_actions, "today", lambda: value)

    set_to(TODAY)
    return set_to


def agreements(root: Path, verb: str = "list", *args: str, **more: Any) -> Done:
    return bart(root, "agreements", verb, "wijk", *args, **more)


def add(root: Path, *args: str, sentence: str = SENTENCE, **more: Any) -> Done:
    return agreements(root, "add", SPEND, "--sentence", sentence, *args, **more)


def read(done: Done, schema: dict[str, Any]) -> Any:
    assert done.code == 0, done.err
    value = json.loads(done.out)
    jsonschema.validate(value, schema)
    return value


def test_a_whole_agreement_is_made_and_listed_with_all_that_was_given(
    tmp_path: Path, day: Any
) -> None:
    closed(tmp_path)
    saved = read(add(tmp_path, *WHOLE, "--json"), SAVED)
    assert saved["questions"] == []
    (listed,) = read(agreements(tmp_path, "list", "--json"), LIST)["agreements"]
    assert listed == {**saved["agreement"], "days_late": None}
    assert listed == {
        "id": "a-1",
        "topic": SPEND,
        "sentence": SENTENCE,
        "parties": [
            {"party": "wijkraad", "condition": ""},
            {"party": "cluster-groen", "condition": "zolang er geld is"},
        ],
        "mandate": "submitted",
        "mandate_words": "de clusterdirecteur",
        "written_in": "het wijkakkoord",
        "done_by": ["cluster-groen"],
        "owner": "wijkmanager",
        "unagreed": [{"party": "wijkmanager", "said": "vraagt het eerst na"}],
        "check_on": "2026-06-30",
        "tests": {"specified": "yes", "agreed": "partly", "kept": None},
        "checks": [],
        "withdrawn": None,
        "round": 1,
        "changed_on": "2026-03-18",
        "days_late": None,
    }
    assert json.loads(bart(tmp_path, "status", "wijk", "--json").out)["phase"] == "agreed"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "nl",
            "Kleine, dringende uitgave\n"
            "  a-1  De wijkmanager geeft tot 500 euro uit.\n"
            "       Wie het ermee eens is: de wijkraad; cluster Groen "
            "(voorwaarde: zolang er geld is)\n"
            "       Wie het uitvoert: cluster Groen\n"
            "       Moet iets doen, maar stemde niet in: de wijkmanager "
            "(daarover gezegd: vraagt het eerst na)\n"
            "       Wie mag dit beslissen: voorgelegd aan de clusterdirecteur\n"
            "       Waar het komt te staan: het wijkakkoord\n"
            "       Wie het bewaakt: de wijkmanager\n"
            "       Nakijken op: 30-6-2026 (12 dagen te laat)\n"
            "       Duidelijk: ja\n"
            "       Samen afgesproken: deels\n"
            "       Nog open: Nagekomen\n"
            "\n"
            "Als pagina die openbaar mag zijn: bart agreements page wijk\n"
            "Jullie moeten 1 afspraak nakijken: bart agreements due wijk\n",
        ),
        (
            "en",
            "Small, urgent expense\n"
            "  a-1  De wijkmanager geeft tot 500 euro uit.\n"
            "       Who agrees: the wijkraad; cluster Groen (condition: zolang er geld is)\n"
            "       Carried out by: cluster Groen\n"
            "       Must act, did not agree: the wijkmanager (said of this: vraagt het eerst na)\n"
            "       Mandate: put to de clusterdirecteur\n"
            "       Where it will be written: het wijkakkoord\n"
            "       Sees to it: the wijkmanager\n"
            "       Look again on: 2026-06-30 (12 days late)\n"
            "       Specified: yes\n"
            "       Agreed upon: partly\n"
            "       Still open: Kept\n"
            "\n"
            "As a page that may be public: bart agreements page wijk\n"
            "1 agreement must be looked at again: bart agreements due wijk\n",
        ),
    ],
)
def test_the_list_says_in_words_what_stands_and_what_is_open(
    tmp_path: Path, day: Any, language: str, said: str
) -> None:
    closed(tmp_path)
    add(tmp_path, *WHOLE)
    day(date(2026, 7, 12))
    done = agreements(tmp_path, language=language)
    assert (done.code, done.out, done.err) == (0, said, "")


def test_what_is_due_stands_first_by_how_late_it_is_and_is_ticked_off(
    tmp_path: Path, day: Any
) -> None:
    closed(tmp_path)
    for on in ("2026-06-30", "1-4-2026", "2026-05-01"):
        assert add(tmp_path, "--check-on", on).code == 0
    assert agreements(tmp_path, "due", language="en").out == (
        "Nothing must be looked at again today.\nThe next is a-2, on 2026-04-01.\n"
    )
    day(date(2026, 5, 1))
    due = read(agreements(tmp_path, "due", "--json"), LIST)["agreements"]
    assert [(each["id"], each["days_late"]) for each in due] == [("a-2", 30), ("a-3", 0)]
    shown = agreements(tmp_path, "due")
    assert shown.out.startswith("a-2  30 dagen te laat (1-4-2026)\n     De wijkmanager")
    assert "a-3  vandaag (1-5-2026)\n" in shown.out
    assert "bart agreements kept wijk a-2 nee" in shown.err
    saved = read(
        agreements(tmp_path, "kept", "a-2", "deels", "--note", "te laat gemeld", "--json"), SAVED
    )
    assert saved["agreement"]["checks"] == [
        {"on": "2026-05-01", "kept": "partly", "note": "te laat gemeld"}
    ]
    again = agreements(tmp_path, "kept", "a-3", "yes", "--check-on", "2026-08-01")
    assert "Nakijken op: 1-8-2026" in again.out
    assert read(agreements(tmp_path, "due", "--json"), LIST)["agreements"] == []
    day(date(2026, 8, 1))
    due = read(agreements(tmp_path, "due", "--json"), LIST)["agreements"]
    assert [(each["id"], each["days_late"]) for each in due] == [("a-1", 32), ("a-3", 0)]


def test_a_change_touches_only_what_is_given_and_an_empty_text_takes_out(
    tmp_path: Path, day: Any
) -> None:
    closed(tmp_path)
    before = read(add(tmp_path, *WHOLE, "--json"), SAVED)["agreement"]
    args = ("change", "a-1", "--owner", "", "--sentence", "Tot 250 euro.", "--check-on", "")
    after = read(agreements(tmp_path, *args, "--json"), SAVED)["agreement"]
    # Whoever need not act any more is nothing said of.
    gone = {"owner": None, "unagreed": [], "check_on": None}
    assert after == {**before, **gone, "sentence": "Tot 250 euro."}


def test_what_is_taken_out_is_shown_and_needs_a_yes(tmp_path: Path, day: Any) -> None:
    closed(tmp_path)
    add(tmp_path, *WHOLE)
    refused = agreements(tmp_path, "remove", "a-1")
    assert (refused.code, refused.out) == (2, "")
    assert "--yes" in refused.err
    assert agreements(tmp_path, "remove", "a-1", typed="\n").err.endswith("niets weggehaald.\n")
    assert len(read(agreements(tmp_path, "list", "--json"), LIST)["agreements"]) == 1
    gone = agreements(tmp_path, "remove", "a-1", typed="ja\n")
    assert gone.code == 0
    assert SENTENCE in gone.out
    assert agreements(tmp_path).out == "Er is nog niets afgesproken.\n"
    add(tmp_path)
    removed = agreements(tmp_path, "remove", "a-2", "--yes", "--json")
    assert json.loads(removed.out)["removed"]["id"] == "a-2"


def test_what_is_lacking_or_beyond_the_mandate_is_asked_when_it_is_saved(
    tmp_path: Path, day: Any
) -> None:
    folder = answered(tmp_path)
    rows = [
        f"{code},{party},mandate/{kind}/small-urgent-spend,{level},,,,position"
        for code, party, seen in (
            ("WR-01", "wijkraad", ("advises", "advises")),
            ("WM-01", "wijkmanager", ("advises", "decides")),
        )
        for kind, level in zip(("wijkraad", "wijkmanager"), seen, strict=True)
    ]
    path = tmp_path / "more.csv"
    path.write_text(
        "\n".join(("participant,party,item,value,certainty,note,quote,consent", *rows, "")), "utf-8"
    )
    assert bart(tmp_path, "gather", "wijk", str(path)).code == 0
    assert bart(tmp_path, "close", "wijk").code == 0
    args = ("--party", "wijkraad", "--owner", "wijkraad", "--mandate", "within")
    saved = read(add(tmp_path, *args, "--json", sentence="De wijkraad heeft regie."), SAVED)
    assert [each["code"] for each in saved["questions"]] == [
        "agreement-vague",
        "agreement-without-date",
        "agreement-claimed-elsewhere",
        "agreement-owner-below-line",
    ]
    for language in LANGUAGES:
        told = add(tmp_path, *args, language=language)
        assert told.code == 0
        assert "parkeer" in told.err or "park it" in told.err
        assert "a-" in told.out
    assert (folder / "agreements.yaml").is_file()


def test_the_topics_can_be_listed(tmp_path: Path, day: Any) -> None:
    closed(tmp_path)
    listed = json.loads(agreements(tmp_path, "topics", "--json").out)["topics"]
    assert listed[0]["topic"].startswith("decision/")
    assert {"topic": SPEND, "title": "Kleine, dringende uitgave"} in listed
    assert "ties-broken-by" in agreements(tmp_path, "topics").out
    for each in listed:
        done = agreements(tmp_path, "add", each["topic"], "--sentence", "Zo is het.")
        assert done.code == 0, (each, done.err)


def test_what_is_asked_step_by_step_is_the_same_as_what_is_given(tmp_path: Path, day: Any) -> None:
    closed(tmp_path)
    typed = [
        "999",  # no such topic
        SPEND,
        "",  # no sentence
        "x" * 301,  # too long
        SENTENCE,
        "1 9",  # no such number
        "ja",  # who agrees is said with numbers, never by a word
        "1",
        "1 2",  # no condition
        "",
        "<",  # back: who agrees is asked once more
        "1 3",
        "",
        "zolang er geld is",
        "cluster-groen",
        "wijkmanager",
        "vraagt het eerst na",
        "7",  # no such number
        "2",
        "de clusterdirecteur",
        "het wijkakkoord",
        "morgen",  # no day
        "30 juni 2026",
        "",  # yes
    ]
    done = agreements(tmp_path, "add", typed="\n".join([*typed, ""]), language="nl")
    assert done.code == 0, done.err
    for said in (
        "Dat is geen onderwerp van deze sessie.",
        "Een afspraak heeft een zin nodig.",
        "langer dan 300 tekens",
        "Typ alleen nummers uit de lijst",
        "Schrijf een voorwaarde in woorden.",
        "De wijkmanager moet dit bewaken, maar stemde niet in.",
        "een datum",
    ):
        assert said in done.err
    (asked,) = read(agreements(tmp_path, "list", "--json"), LIST)["agreements"]
    options = [each for each in WHOLE if each not in ("--specified", "ja", "--agreed", "partly")]
    given = read(add(tmp_path, *options, "--json"), SAVED)["agreement"]
    assert {**given, "id": "a-1", "days_late": None} == asked


def test_what_is_given_is_not_asked_and_no_at_the_end_keeps_nothing(
    tmp_path: Path, day: Any
) -> None:
    folder = closed(tmp_path)
    args = ("add", SPEND, *WHOLE)
    done = agreements(tmp_path, *args, typed=f"{SENTENCE}\nnee\n")
    assert done.code == 130
    assert not (folder / "agreements.yaml").exists()
    done = agreements(tmp_path, *args, typed=f"{SENTENCE}\nja\n")
    assert done.code == 0
    assert "Waar schrijven jullie" not in done.err


def test_what_cannot_be_is_told_before_it_is_kept_and_asked_again(tmp_path: Path, day: Any) -> None:
    closed(tmp_path)
    args = ("add", SPEND, "--party", "wijkraad", "--mandate", "parked", "--owner", "wijkmanager")
    typed = ["WR-01 doet het.", "", "daar", "1-1-2020"]
    typed += ["<", "<", "<", SENTENCE, "", "", "30-6-2026", "ja"]
    done = agreements(tmp_path, *args, typed="\n".join([*typed, ""]))
    # The last step sends back to the day; from there one goes back to the sentence.
    assert done.code == 0, done.err
    assert "code van een deelnemer" in done.err
    assert "al voorbij" in done.err
    (kept,) = read(agreements(tmp_path, "list", "--json"), LIST)["agreements"]
    assert (kept["sentence"], kept["check_on"]) == (SENTENCE, "2026-06-30")


WRONG = {
    "two deeds": (("due", "page"), 2),
    "no topic, nobody to ask": (("add",), 2),
    "no sentence, nobody to ask": (("add", SPEND), 2),
    "an unknown topic": (("add", "decision/moon", "--sentence", "Zo."), 2),
    "an unknown party": (("add", SPEND, "--sentence", "Zo.", "--party", "college"), 2),
    "a party that cannot be": (("add", SPEND, "--sentence", "Zo.", "--party", "De Raad"), 2),
    "a party without a name": (("add", SPEND, "--sentence", "Zo.", "--party", "=als"), 2),
    "an unknown owner": (("add", SPEND, "--sentence", "Zo.", "--owner", "koning"), 2),
    "an owner that cannot be": (("add", SPEND, "--sentence", "Zo.", "--owner", "Jan J."), 2),
    "a day in words": (("add", SPEND, "--sentence", "Zo.", "--check-on", "morgen"), 2),
    "a day that is past": (("add", SPEND, "--sentence", "Zo.", "--check-on", "2026-03-17"), 2),
    "a sentence too long": (("add", SPEND, "--sentence", "x" * 301), 2),
    "a sentence of spaces": (("add", SPEND, "--sentence", "   "), 2),
    "a code of somebody": (("add", SPEND, "--sentence", "WR-01 beslist."), 2),
    "an unknown status": (("add", SPEND, "--sentence", "Zo.", "--mandate", "promised"), 2),
    "an option that says nothing": (("due", "--owner", "wijkmanager"), 2),
    "a note without a check": (("list", "--note", "x"), 2),
    "a yes to nothing": (("list", "--yes"), 2),
    "nothing to change": (("change", "a-1"), 2),
    "changed what is not there": (("change", "a-9", "--owner", "wijkmanager"), 66),
    "kept what is not there": (("kept", "a-9", "yes"), 66),
    "kept without an outcome": (("kept", "a-1"), 2),
    "kept a bit": (("kept", "a-1", "een beetje"), 2),
    "looked at again in the past": (("kept", "a-1", "no", "--check-on", "2026-01-01"), 2),
    "a note too long": (("kept", "a-1", "no", "--note", "x" * 1001), 2),
    "took out what is not there": (("remove", "a-9", "--yes"), 66),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_said_in_both_languages_and_changes_nothing(
    tmp_path: Path, day: Any, wrong: str
) -> None:
    folder = closed(tmp_path)
    add(tmp_path, *WHOLE)
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    names = listing(tmp_path)
    args, code = WRONG[wrong]
    said = set()
    for language in LANGUAGES:
        done = agreements(tmp_path, *args, "--no-input", language=language)
        assert (done.code, done.out) == (code, ""), done.err
        assert done.err.strip()
        assert "None" not in done.err
        said.add(done.err)
    assert len(said) == 2
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before
    assert listing(tmp_path) == names


@pytest.mark.parametrize(
    ("args", "option"),
    [
        (("add", "decision/moon", "--sentence", "Zo."), "ONDERWERP"),
        (("add", SPEND, "--sentence", "WR-01 beslist."), "--sentence"),
        (("add", SPEND, "--sentence", "Zo.", "--check-on", "morgen"), "--check-on"),
        (("add", SPEND, "--sentence", "Zo.", "--check-on", "2020-01-01"), "--check-on"),
        (("add", SPEND, "--sentence", "Zo.", "--party", "De Raad"), "--party"),
        (("add", SPEND, "--sentence", "Zo.", "--party", "college"), "--party"),
        (("add", SPEND, "--sentence", "Zo.", "--written-in", "x" * 1001), "--written-in"),
        (("due", "--mandate-words", "x"), "--mandate-words"),
    ],
)
def test_what_is_wrong_is_named_by_its_option(
    tmp_path: Path, day: Any, args: tuple[str, ...], option: str
) -> None:
    closed(tmp_path)
    done = agreements(tmp_path, *args)
    assert done.code == 2
    told = done.err.splitlines()[-1]
    assert option in told
    assert "_" not in told


@pytest.mark.parametrize(
    "args",
    [("list",), ("due",), ("page",), ("add", SPEND, "--sentence", "Zo."), ("remove", "a-1")],
)
def test_before_the_round_is_closed_it_is_77(
    tmp_path: Path, day: Any, args: tuple[str, ...]
) -> None:
    folder = answered(tmp_path)
    done = agreements(tmp_path, *args)
    assert (done.code, done.out) == (77, "")
    assert "bart close wijk" in done.err
    assert not (folder / "agreements.yaml").exists()
    assert not (folder / "report").exists()


def test_a_file_that_cannot_be_read_is_65_with_its_line_and_stays_as_it_is(
    tmp_path: Path, day: Any
) -> None:
    folder = closed(tmp_path)
    add(tmp_path, *WHOLE)
    path = folder / "agreements.yaml"
    text = path.read_text("utf-8").replace('"submitted"', '"promised"')
    path.write_text(text, "utf-8")
    line = text[: text.index("promised")].count("\n") + 1
    for args in (("list",), ("due",), ("page",), ("add", SPEND, "--sentence", "Zo.")):
        done = agreements(tmp_path, *args, language="en")
        assert (done.code, done.out) == (65, "")
        assert f"agreements.yaml, line {line}: " in done.err
        assert path.read_text("utf-8") == text
    assert bart(tmp_path, "agreements", "nergens").code == 66


def test_checking_a_session_checks_its_agreements_with_their_lines(
    tmp_path: Path, day: Any
) -> None:
    folder = closed(tmp_path)
    add(tmp_path, *WHOLE)
    good = bart(tmp_path, "check", "wijk", language="en")
    assert (good.code, good.out.splitlines()[-1]) == (0, "agreements.yaml: nothing wrong.")
    path = folder / "agreements.yaml"
    text = path.read_text("utf-8").replace(f'topic: "{SPEND}"', 'topic: "decision/moon"')
    text = text.replace('owner: "wijkmanager"', 'owner: "koning"')
    path.write_text(text, "utf-8")
    done = bart(tmp_path, "check", "wijk", language="en")
    lines = [text[: text.index(bad)].count("\n") + 1 for bad in ("decision/moon", "koning")]
    assert done.code == 65
    told = [each for each in done.out.splitlines() if each.startswith("agreements.yaml")]
    assert [each.partition(": ")[0] for each in told] == [
        f"agreements.yaml, line {line}, a-1" for line in lines
    ]
    # It is listed all the same, and what does not fit is named.
    listed = agreements(tmp_path, language="en")
    assert listed.code == 65
    assert "koning" in listed.out
    assert "decision/moon" in listed.err
    (said,) = json.loads(bart(tmp_path, "check", str(path), "--json").out)
    assert (said["kind"], len(said["problems"])) == ("agreements", 2)


def test_json_says_the_same_in_both_languages(tmp_path: Path, day: Any) -> None:
    closed(tmp_path)
    add(tmp_path, *WHOLE)
    for args in (("list",), ("due",)):
        nl, en = (agreements(tmp_path, *args, "--json", language=each) for each in LANGUAGES)
        assert nl.out == en.out


def test_the_clock_is_that_of_the_computer() -> None:
    assert abs(agreement_actions.today() - date.today()) <= timedelta(days=1)


def test_a_whole_walk_of_three_agreements_on_the_demo(tmp_path: Path, day: Any) -> None:
    assert bart(tmp_path, "demo", "--no-tui").code == 0

    def on_demo(verb: str = "list", *args: str, **more: Any) -> Done:
        return bart(tmp_path, "agreements", verb, "demo", *args, **more)

    three = (
        (
            *("add", SPEND, "--sentence", SENTENCE, "--party", "wijkraad"),
            *("--mandate", "within", "--owner", "wijkmanager"),
        ),
        (
            *("add", "ties-broken-by", "--sentence", "De rayondirecteur hakt de knoop door."),
            *("--party", "wijkraad", "--party", "wijkmanager", "--party", "cluster-stadsbeheer"),
            *("--mandate", "submitted", "--mandate-words", "de rayondirecteur"),
            *("--owner", "wijkmanager", "--check-on", "2026-04-30"),
        ),
        (
            *("add", "decision/extra-programme", "--sentence", "Dit bespreken we in mei."),
            *("--mandate", "parked", "--owner", "wijk-mt", "--check-on", "2026-05-15"),
        ),
    )
    questions = [read(on_demo(*args, "--json"), SAVED)["questions"] for args in three]
    # The first is made without those who decide it by the answers, and has no day.
    assert [each["code"] for each in questions[0]] == [
        "agreement-without-date",
        "agreement-unagreed-must-see-to",
        "agreement-claimed-elsewhere",
    ]
    assert "de wijkmanager" in questions[0][2]["text"]
    assert questions[1:] == [[], []]
    changed = read(
        on_demo("change", "a-1", "--check-on", "30-4-2026", "--party", "wijkraad", "--json"),
        SAVED,
    )
    assert changed["agreement"]["check_on"] == "2026-04-30"
    assert bart(tmp_path, "report", "demo").code == 0
    report = tmp_path / "demo" / "report"
    kept = json.loads((report / "report.json").read_text("utf-8"))["agreements"]
    assert kept == [
        {key: value for key, value in each.items() if key != "days_late"}
        for each in read(on_demo("list", "--json"), LIST)["agreements"]
    ]
    assert SENTENCE in (report / "appendix.md").read_text("utf-8")
    pages = on_demo("page").out.split()
    assert [Path(each).name for each in pages] == ["agreements.md", "agreements.html"]
    assert all(SENTENCE in Path(each).read_text("utf-8") for each in pages)

    day(date(2026, 5, 12))
    due = read(on_demo("due", "--json"), LIST)["agreements"]
    assert [(each["id"], each["days_late"]) for each in due] == [("a-1", 12), ("a-2", 12)]
    assert on_demo("kept", "a-1", "nee", "--note", "niet gemeld").code == 0
    assert on_demo("kept", "a-2", "ja").code == 0
    assert on_demo("due").out == (
        "Jullie hoeven vandaag niets na te kijken.\nDe eerstvolgende is a-3, op 15-5-2026.\n"
    )
    page = Path(on_demo("page").out.split()[0]).read_text("utf-8")
    assert "**Nagekomen:** nee, op 12-5-2026\n" in page
    # What stood in the way is for the parties; the page may be public.
    assert "niet gemeld" not in page
    assert "Erbij opgeschreven: nee, op 12-5-2026: niet gemeld" in on_demo().out
    # Whoever is erased takes no agreement along.
    assert bart(tmp_path, "erase", "demo", "WR-01", "--yes").code == 0
    assert len(read(on_demo("list", "--json"), LIST)["agreements"]) == 3
    assert (report / "agreements.md").read_text("utf-8") == page


@pytest.mark.parametrize(
    ("verb", "parameter", "begun", "found"),
    [
        ("add", "topic", "decision/small", [SPEND]),
        ("add", "owner", "wijkm", ["wijkmanager"]),
        ("change", "parties", "cl", ["cluster-groen"]),
        ("remove", "name", "a", ["a-1"]),
        ("kept", "outcome", "d", ["deels"]),
        ("change", "name", "b", []),
    ],
)
def test_the_shell_completes_what_a_verb_takes(
    tmp_path: Path, day: Any, verb: str, parameter: str, begun: str, found: list[str]
) -> None:
    closed(tmp_path)
    add(tmp_path)
    group = command(words("nl"))
    assert isinstance(group, click.Group)
    taking = group.commands[verb]
    (taken,) = (each for each in taking.params if each.name == parameter)
    context = click.Context(taking)
    context.params = {"session": "wijk", "sessions": tmp_path}
    assert [each.value for each in taken.shell_complete(context, begun)] == found
    context.params = {"session": "nergens", "sessions": tmp_path}
    offered = taken.shell_complete(context, begun)
    assert [each.value for each in offered] == (found if parameter == "outcome" else [])


def test_the_shell_completes_verbs_and_sessions_and_then_the_session(tmp_path: Path) -> None:
    made(tmp_path)
    complete = ShellComplete(Verbs(words("nl")), {"obj": {"sessions": tmp_path}}, "bart", "")

    def offered(*typed: str, begun: str = "") -> list[str]:
        return [each.value for each in complete.get_completions(["agreements", *typed], begun)]

    assert offered() == [*VERBS, "wijk"]
    assert offered(begun="wij") == ["wijk"]
    assert offered("due") == ["wijk"]
    assert offered("wijk", begun="--j") == ["--json"]


def test_without_a_verb_all_is_listed_and_other_words_are_answered(tmp_path: Path) -> None:
    closed(tmp_path)
    add(tmp_path)
    for args in (("wijk",), ("wijk", "--json"), ("--json", "wijk"), ("--", "wijk")):
        listed = agreements(tmp_path, "list", *(["--json"] if "--json" in args else []))
        said = bart(tmp_path, "agreements", *args)
        assert said == listed
        assert (said.code, SENTENCE in said.out) == (0, True)
    for args, says in (
        (("wijk", "add"), "bart agreements add wijk"),
        (("ad", "wijk"), "Bedoelde je ‘add’?"),
        (("zomaar", "wijk"), "Er is geen opdracht ‘zomaar’."),
        (("wijk", "--due"), "--due"),
        ((), "SESSIE"),
    ):
        done = bart(tmp_path, "agreements", *args)
        assert (done.code, done.out) == (2, "")
        assert says in done.err


def test_the_help_lists_what_can_be_done_and_each_begins_with_an_example(tmp_path: Path) -> None:
    whole = bart(tmp_path, "agreements", "-h", language="nl").out
    assert [line.split()[0] for line in whole.splitlines() if line[:2] == "  "][3:13] == VERBS
    for verb in VERBS:
        told = bart(tmp_path, "agreements", verb, "--help", language="nl")
        assert (told.code, told.err) == (0, "")
        assert told.out.strip().startswith(f"Voorbeeld: bart agreements {verb} demo")
        assert "--debug" in told.out


@pytest.mark.parametrize(
    ("said", "next_command"),
    [
        (("add", "wijk", "nope", "--sentence", "Zo doen we het."), "bart agreements topics wijk"),
        (("kept", "wijk", "a-9", "ja"), "bart agreements add wijk"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_that_helps_is_named_for_this_session(
    tmp_path: Path, language: str, said: tuple[str, ...], next_command: str
) -> None:
    closed(tmp_path)
    refused = bart(tmp_path, "agreements", *said, language=language)
    assert refused.code != 0
    assert next_command in refused.err


def test_without_a_session_the_command_holds_its_place(tmp_path: Path) -> None:
    shown = problem_text(Problem("file-is-word"), "nl")
    assert shown.endswith("bart gather SESSIE -")
    assert problem_text(Problem("file-is-word"), "nl", "wijk").endswith("bart gather wijk -")
