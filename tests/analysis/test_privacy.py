"""What is found never shows what a person keeps inside a group (docs/developer/method.md 5)."""

import pytest

from bart_tool.disclosure.counting import counted
from bart_tool.domain.findings import OTHERS, Code, Findings
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Sheet
from bart_tool.merge.engine import merge
from tests.workshop import analysed, session, sheet, small_set

ITEM = "mandate/wijkraad/spend"
SET = small_set()
K = 3


def found(workshop: Session, pile: list[Sheet]) -> Findings:
    return analysed(SET, workshop, merge(pile))


def say(workshop: Session, party: str, consents: list[str], value: str = "none") -> list[Sheet]:
    codes = [code for code, of in workshop.party_of.items() if of == party]
    return [
        sheet(workshop, code, {ITEM: value}, consent=consent)
        for code, consent in zip(codes, consents, strict=False)
    ]


def visibility(findings: Findings) -> dict[str, str]:
    return {party.party: party.visibility for party in findings.parties}


@pytest.mark.parametrize(
    ("consents", "expected"),
    [
        (["position"], "position"),
        (["position", "position"], "position"),
        (["group"], "withheld"),
        (["position", "group"], "withheld"),
        (["position", "position", "group"], "group"),
        (["group", "group", "none"], "withheld"),
        (["none"], "position"),  # nobody counts: nothing to hide
        ([], "position"),
    ],
)
def test_visibility_follows_what_its_members_chose(consents: list[str], expected: str) -> None:
    workshop = session(SET, {"wijkraad": 4, "wijkmanager": 1})
    findings = found(workshop, say(workshop, "wijkraad", consents))
    assert visibility(findings)["wijkraad"] == expected


def test_a_withheld_party_stands_in_the_list_of_parties_and_nowhere_else() -> None:
    workshop = session(SET, {"wijkraad": 1, "wijkmanager": 1, "cluster": 1})
    pile = [
        *say(workshop, "wijkraad", ["position"]),
        *say(workshop, "wijkmanager", ["group"], "enforces"),
        *say(workshop, "cluster", ["position"]),
    ]
    findings = found(workshop, pile)
    assert visibility(findings)["wijkmanager"] == "withheld"
    shown = [p.party for p in findings.by_key[ITEM].positions]
    assert shown == ["wijkraad", "cluster"]
    assert findings.by_key[ITEM].code is Code.SHARED  # of the two in view


def test_withheld_parties_that_reach_k_together_are_shown_as_one() -> None:
    workshop = session(SET, {"wijkraad": 1, "wijkmanager": 1, "cluster-a": 2})
    pile = [
        *say(workshop, "wijkraad", ["position"]),
        *say(workshop, "wijkmanager", ["group"], "enforces"),
        *say(workshop, "cluster-a", ["group", "group"], "enforces"),
    ]
    findings = found(workshop, pile)
    assert visibility(findings)[OTHERS] == "group"
    assert [(p.party, p.n) for p in findings.by_key[ITEM].positions] == [
        ("wijkraad", 1),
        (OTHERS, None),  # how many of a group answered an item is never told
    ]


def test_one_withheld_party_alone_is_never_shown_as_others() -> None:
    workshop = session(SET, {"wijkraad": 4, "wijkmanager": 1}, k=5)
    findings = found(workshop, say(workshop, "wijkraad", ["group"] * 4))
    assert OTHERS not in visibility(findings)


def test_a_group_is_closed_on_an_item_that_fewer_than_k_of_it_answered() -> None:
    workshop = session(SET, {"wijkraad": 4, "wijkmanager": 1})
    pile = say(workshop, "wijkraad", ["group"] * 4)
    quiet = [s.model_copy(update={"answers": {}}) for s in pile[:2]]
    findings = found(workshop, [*quiet, *pile[2:], *say(workshop, "wijkmanager", ["position"])])
    assert visibility(findings)["wijkraad"] == "group"
    positions = findings.by_key[ITEM].positions
    assert [(p.party, p.standing) for p in positions] == [
        ("wijkraad", "closed"),
        ("wijkmanager", "position"),
    ]
    assert not any("wijkraad" in flag for flag in findings.by_key[ITEM].flags)


def test_words_are_printed_only_when_ticked_and_never_of_a_withheld_party() -> None:
    workshop = session(SET, {"wijkraad": 3, "wijkmanager": 1})
    notes = [("ticked", True), ("silent", False), ("also ticked", True)]
    pile = [
        sheet(workshop, f"WR-0{n}", {ITEM: {"value": "none", "note": note, "quote": quote}})
        for n, (note, quote) in enumerate(notes, start=1)
    ]
    hidden = {"value": "none", "note": "hidden", "quote": True}
    pile.append(sheet(workshop, "WM-01", {ITEM: hidden}, consent="group"))
    finding = found(workshop, pile).by_key[ITEM]
    assert [quote.text for quote in finding.quotes] == ["also ticked", "ticked"]
    assert finding.remarks == 1


def test_own_words_to_a_text_question_obey_the_same_tick() -> None:
    workshop = session(SET, {"wijkraad": 2})
    pile = [
        sheet(workshop, "WR-01", {"words/wijkraad": {"value": "mijn zin", "quote": True}}),
        sheet(workshop, "WR-02", {"words/wijkraad": "geheim"}),
    ]
    finding = found(workshop, pile).by_key["words/wijkraad"]
    assert [quote.text for quote in finding.quotes] == ["mijn zin"]
    assert finding.remarks == 1


def test_the_session_says_of_whom_a_sheet_is_and_the_sheet_only_where_it_does_not() -> None:
    workshop = session(SET, {"wijkraad": 3, "wijkmanager": 1})
    own = sheet(workshop, "WR-01", {ITEM: "none"}, party="wijkmanager")
    strange = sheet(workshop, "WR-02", {ITEM: "none"}).changed(participant="WR-09")
    findings = found(workshop, [own, strange])
    answered = {party.party: (party.kind, party.answered) for party in findings.parties}
    assert answered == {"wijkraad": ("wijkraad", 2), "wijkmanager": ("wijkmanager", 0)}
    assert next((p.party, p.n) for p in findings.by_key[ITEM].positions) == ("wijkraad", 2)


def test_others_and_withheld_parties_keep_what_they_are() -> None:
    workshop = session(SET, {"wijkraad": 1, "wijkmanager": 1, "cluster-a": 1})
    pile = [
        each
        for party in ("wijkraad", "wijkmanager", "cluster-a")
        for each in say(workshop, party, ["group"])
    ]
    shown = counted(SET, workshop, pile)
    assert [(view.party, view.kind, view.invited, view.people) for view in shown] == [
        ("wijkraad", "wijkraad", 1, 0),
        ("wijkmanager", "wijkmanager", 1, 0),
        ("cluster-a", "cluster", 1, 0),
        (OTHERS, OTHERS, 3, 3),
    ]
    assert all(not view.said for view in shown[:3])
