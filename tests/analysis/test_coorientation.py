"""Who agrees, who expects to, and that a guess is used for nothing else."""

import json
from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest

from bart_tool.domain.findings import OTHERS, Expectation, Findings
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Sheet
from bart_tool.merge.engine import merge
from bart_tool.report import compose, machine, markdown
from tests.workshop import (
    CHOICE_QUESTION,
    MANDATE_QUESTION,
    ROLES_QUESTION,
    WHO_QUESTION,
    analysed,
    session,
    set_data,
    sheet,
    text,
)

MANDATE, WHO, CHOICE = "mandate/wijkraad/spend", "who", "choice/cluster"
SET = QuestionSet.model_validate(
    {
        **set_data(MANDATE_QUESTION, WHO_QUESTION, CHOICE_QUESTION, ROLES_QUESTION),
        "coorientation": {
            "items": [MANDATE, WHO, CHOICE],
            "text": text("Wat vult {party} in? {question}"),
            "short": text("{question}, {party}"),
        },
    }
)
ONE_EACH = {"wijkraad": 1, "wijkmanager": 1}


def guess(item: str, kind: str = "wijkmanager") -> str:
    return f"guess-{kind}-{item.replace('/', '-')}"


def workshop_of(parties: Mapping[str, int], *about: str) -> Session:
    return session(SET, parties, guess_about=about or ("wijkmanager",))


def found(workshop: Session, pile: list[Sheet], **more: Any) -> Findings:
    return analysed(workshop.effective(SET), workshop, merge(pile), **more)


def the_one(item: str, own: Any, expected: Any, theirs: Any) -> Expectation:
    """The wijkraad about the wijkmanager."""
    workshop = workshop_of(ONE_EACH)
    findings = found(
        workshop,
        [
            sheet(workshop, "WR-01", {item: own, guess(item): expected}),
            sheet(workshop, "WM-01", {item: theirs}),
        ],
    )
    assert findings.expectations is not None
    (one,) = findings.expectations
    assert (one.item, one.party, one.about) == (item, "wijkraad", "wijkmanager")
    return one


ELSE = {"value": "other", "words": "de buurt"}


@pytest.mark.parametrize(
    ("item", "own", "expected", "theirs", "code", "accurate"),
    [
        # The line lies between advises (2) and co-decides (3); a gap is 2 steps.
        (MANDATE, "advises", "advises", "co-decides", "apparent-agreement", False),
        (MANDATE, "advises", "none", "none", "known-difference", True),
        (MANDATE, "advises", "advises", "informed", "shared-picture", True),
        (MANDATE, "advises", "none", "informed", "apparent-difference", True),
        (MANDATE, "decides", "co-decides", "enforces", "shared-picture", False),
        (WHO, "college", "college", "wijkmanager", "apparent-agreement", False),
        (WHO, "college", "wijkmanager", "college", "apparent-difference", False),
        (WHO, "wijkraad", "wijkmanager", "wijkmanager", "known-difference", True),
        (WHO, "nobody", "nobody", "nobody", "shared-picture", True),
        (WHO, ELSE, "nobody", ELSE, "known-difference", False),
        (CHOICE, "plan", "plan", "voice", "apparent-agreement", False),
        (CHOICE, "plan", "voice", "check", "known-difference", False),
    ],
)
def test_what_is_beside_what_is_expected(
    item: str, own: Any, expected: Any, theirs: Any, code: str, accurate: bool
) -> None:
    one = the_one(item, own, expected, theirs)
    assert (one.code, one.accurate) == (code, accurate)


def test_of_a_divided_party_nothing_is_expected() -> None:
    workshop = workshop_of({"wijkraad": 2, "wijkmanager": 1})
    findings = found(
        workshop,
        [
            sheet(workshop, "WR-01", {WHO: "college", guess(WHO): "wijkraad"}),
            sheet(workshop, "WR-02", {WHO: "wijkraad", guess(WHO): "wijkraad"}),
            sheet(workshop, "WM-01", {WHO: "college"}),
        ],
    )
    assert findings.expectations == ()


@pytest.mark.parametrize("missing", [(WHO, "WR-01"), (guess(WHO), "WR-01"), (WHO, "WM-01")])
def test_without_one_of_the_three_there_is_nothing_to_lay_beside_it(
    missing: tuple[str, str],
) -> None:
    workshop = workshop_of(ONE_EACH)
    said = {
        "WR-01": {WHO: "college", guess(WHO): "college"},
        "WM-01": {WHO: "college"},
    }
    for nothing in (None, "dont-know", "prefer-not"):
        left = {code: dict(answers) for code, answers in said.items()}
        if nothing is None:
            del left[missing[1]][missing[0]]
        else:
            left[missing[1]][missing[0]] = nothing
        pile = [sheet(workshop, code, answers) for code, answers in left.items()]
        assert found(workshop, pile).expectations == ()


def test_every_party_of_a_kind_is_laid_beside_the_guess_about_that_kind() -> None:
    workshop = workshop_of({"wijkraad": 1, "cluster-a": 1, "cluster-b": 1}, "cluster", "wijkraad")
    findings = found(
        workshop,
        [
            sheet(workshop, "WR-01", {WHO: "college", guess(WHO, "cluster"): "cluster"}),
            sheet(workshop, "CL-01", {WHO: "cluster", guess(WHO, "wijkraad"): "college"}),
            sheet(workshop, "CL-02", {WHO: "college"}),
        ],
    )
    assert [(e.party, e.about, e.code) for e in findings.expectations or ()] == [
        ("cluster-a", "wijkraad", "known-difference"),
        ("wijkraad", "cluster-a", "known-difference"),
        ("wijkraad", "cluster-b", "apparent-difference"),
    ]


# A guess is used for nothing else


def test_guesses_change_nothing_else_in_the_report() -> None:
    plain = session(SET, ONE_EACH)
    guessed = workshop_of(ONE_EACH)
    own = {
        "WR-01": {WHO: "wijkraad", MANDATE: "decides", CHOICE: "plan"},
        "WM-01": {WHO: "wijkmanager", MANDATE: "none", CHOICE: "plan"},
    }
    about = {guess(WHO): "wijkraad", guess(MANDATE): "none", guess(CHOICE): "voice"}
    without = [sheet(plain, code, answers) for code, answers in own.items()]
    with_them = [
        sheet(guessed, code, {**answers, **(about if code == "WR-01" else {})})
        for code, answers in own.items()
    ]
    before, after = found(plain, without), found(guessed, with_them)
    assert before.expectations is None
    assert len(after.expectations or ()) == 3
    for field in ("items", "coverage", "patterns", "agenda", "shared", "parties"):
        assert getattr(after, field) == getattr(before, field)
    assert after.agenda != ()


def reported(workshop: Session, pile: list[Sheet]) -> tuple[str, dict[str, Any]]:
    asked = workshop.effective(SET)
    findings = found(workshop, pile)
    document = compose.appendix(findings, asked, workshop, "nl")
    return markdown.render(document), json.loads(machine.to_json(findings, asked, workshop, "nl"))


def test_the_report_has_the_part_only_where_people_guessed() -> None:
    plain, guessed = session(SET, ONE_EACH), workshop_of(ONE_EACH)
    text_of, values = reported(plain, [sheet(plain, "WR-01", {WHO: "college"})])
    assert "van elkaar verwachten" not in text_of
    assert "coorientation" not in values
    empty, values = reported(guessed, [])
    assert "Er zijn te weinig antwoorden om dit te vergelijken." in empty
    assert values["coorientation"] == []
    said = [
        sheet(guessed, "WR-01", {WHO: "college", guess(WHO): "college"}),
        sheet(guessed, "WM-01", {WHO: "wijkmanager"}),
    ]
    text_of, values = reported(guessed, said)
    assert "**Schijnovereenstemming.**" in text_of
    assert "guess-" not in text_of
    (one,) = values["coorientation"]
    assert {key: one[key] for key in ("item", "party", "about", "code", "accurate")} == {
        "item": WHO,
        "party": "wijkraad",
        "about": "wijkmanager",
        "code": "apparent-agreement",
        "accurate": False,
    }
    assert one["guess"]["top"] == ["college"]
    assert one["theirs"]["counts"] == {"wijkmanager": 1}


def test_words_with_a_guess_are_printed_once_and_only_where_their_writer_lets_them() -> None:
    parties = {"wijkraad": 2, "cluster-a": 1, "cluster-b": 1}
    workshop = workshop_of(parties, "cluster")
    about = guess(WHO, "cluster")
    pile = [
        sheet(
            workshop,
            "WR-01",
            {WHO: "college", about: {"value": "college", "note": "Mag erin.", "quote": True}},
        ),
        sheet(workshop, "WR-02", {WHO: "college", about: {"value": "college", "note": "Geheim."}}),
        sheet(workshop, "CL-01", {WHO: "college"}),
        sheet(workshop, "CL-02", {WHO: "cluster"}),
    ]
    told = [(e.about, e.quotes, e.remarks) for e in found(workshop, pile).expectations or ()]
    assert told == [("cluster-a", ("Mag erin.",), 1), ("cluster-b", (), 0)]
    report, values = reported(workshop, pile)
    assert report.count("Mag erin") == 1
    assert "Geheim" not in report + json.dumps(values)
    assert "1 opmerking die niet letterlijk in het verslag mag" in " ".join(report.split())


# Privacy


@pytest.mark.parametrize("hidden", ["WR-01", "WM-01"])
def test_a_withheld_party_is_neither_guessing_nor_guessed_about(hidden: str) -> None:
    workshop = workshop_of(ONE_EACH)
    pile = [
        sheet(workshop, "WR-01", {WHO: "college", guess(WHO): "college"}),
        sheet(workshop, "WM-01", {WHO: "college"}),
    ]
    pile = [
        each.model_copy(update={"consent": "group"}) if each.participant == hidden else each
        for each in pile
    ]
    assert found(workshop, pile).expectations == ()


def test_the_others_together_are_no_party_that_guesses() -> None:
    parties = {"wijkraad": 2, "wijkmanager": 1, "cluster-a": 1}
    workshop = workshop_of(parties, "wijkmanager")
    pile = [
        sheet(workshop, "WR-01", {WHO: "college", guess(WHO): "college"}, consent="group"),
        sheet(workshop, "WR-02", {WHO: "college", guess(WHO): "college"}, consent="group"),
        sheet(workshop, "WM-01", {WHO: "college"}),
        sheet(workshop, "CL-01", {WHO: "college", guess(WHO): "college"}, consent="group"),
    ]
    findings = found(workshop, pile)
    assert OTHERS in [party.party for party in findings.parties]
    assert findings.expectations == ()


def test_a_group_of_which_few_guessed_is_left_out_of_that_guess() -> None:
    workshop = workshop_of({"wijkraad": 4, "wijkmanager": 1})
    answers = {WHO: "college", MANDATE: "none", guess(MANDATE): "none"}
    pile = [
        sheet(workshop, f"WR-0{n}", {**answers, **extra}, consent="group")
        for n, extra in enumerate(({guess(WHO): "college"},) * 2 + ({},) * 2, 1)
    ]
    pile.append(sheet(workshop, "WM-01", {WHO: "college", MANDATE: "none"}))
    assert [each.item for each in found(workshop, pile).expectations or ()] == [MANDATE]


SAID = ("wijkraad", "college")


@pytest.mark.parametrize("consents", list(product(("position", "group"), repeat=2)))
@pytest.mark.parametrize("people", [1, 2, 3, 4])
def test_no_figure_tells_what_fewer_than_k_people_of_a_group_said(
    people: int, consents: tuple[str, str]
) -> None:
    """Brute force over every world of answers of a wijkraad that guesses about a party of one.

    The first of the wijkraad chose `consents[0]`, the wijkmanager `consents[1]`. A side that may
    not be shown, or has not one position, gives no expectation, and a group gives no counts.
    """
    workshop = workshop_of({"wijkraad": people, "wijkmanager": 1})
    council, manager = consents
    is_hidden = manager == "group" or (council == "group" and people < workshop.k)
    for own, guessed in product(product(SAID, repeat=people), repeat=2):
        for theirs in SAID:
            pile = [
                sheet(
                    workshop,
                    f"WR-0{n}",
                    {WHO: mine, guess(WHO): other},
                    consent=council if n == 1 else "position",
                )
                for n, (mine, other) in enumerate(zip(own, guessed, strict=True), 1)
            ]
            pile.append(sheet(workshop, "WM-01", {WHO: theirs}, consent=manager))
            shown = found(workshop, pile).expectations or ()
            assert len(shown) <= (0 if is_hidden else 1)
            if len({*own}) == len({*guessed}) == 1 and not is_hidden:
                assert len(shown) == 1
            groups = [p for each in shown for p in (each.own, each.guess) if council == "group"]
            assert all(position.counts is position.n is None for position in groups)
