"""Whole reports kept as files: of the demo, and of sessions too small or too odd to be usual."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bart_tool.domain.answer import PREFER_NOT, Answer
from bart_tool.domain.base import Language
from bart_tool.domain.findings import Findings
from bart_tool.domain.question import MultiQuestion, TextQuestion
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Sheet
from bart_tool.merge.engine import merge
from bart_tool.report import compose, machine, markdown
from bart_tool.report.own_picture_page import compose_mind
from bart_tool.store import question_sets
from bart_tool.store.disk import DiskStore
from bart_tool.wording.finding_sentences import summary
from bart_tool.workflow.answering.context import own_sheet
from bart_tool.workflow.demo import make_demo
from tests import workshop
from tests.golden import check_golden
from tests.tui.participant.hostile import ALL as HOSTILE
from tests.workshop import analysed

LANGUAGES: tuple[Language, ...] = ("nl", "en")
QUOTED = "Dit mag in het verslag staan."
PRIVATE = "Dit blijft onder ons."


def shipped(name: str) -> QuestionSet:
    found, problems = question_sets.load(name)
    assert found is not None, problems
    return found


SHORT = shipped("wijk-kort")


@dataclass(frozen=True)
class Case:
    """A session: party -> the consents of those who answered, out of how many were invited."""

    invited: dict[str, int]
    answered: dict[str, list[str]]
    session: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    quote: bool = False

    def made(self) -> tuple[QuestionSet, Session, list[Sheet]]:
        session = workshop.session(SHORT, self.invited, title="Voorbeeldwijk", **self.session)
        the_set = session.effective(SHORT)
        return (
            the_set,
            session,
            [
                workshop.sheet(
                    session, code, self._answers(the_set, party, number), consent=consent
                )
                for party, consents in self.answered.items()
                for number, (code, consent) in enumerate(
                    zip(codes_of(session, party), consents, strict=False)
                )
            ],
        )

    def _answers(self, the_set: QuestionSet, party: str, number: int) -> dict[str, Any]:
        """Answers that differ between parties, and a little within them."""
        kind = party.partition("-")[0]
        shift = list(the_set.parties).index(kind) * 2 + (number % 3 == 2)
        route = the_set.route(kind)
        answers = {item.key: said(the_set, item, at + shift) for at, item in enumerate(route)}
        if self.note:
            first = route[0].key
            answers[first] = Answer(value=answers[first].value, note=self.note, quote=self.quote)
        return answers


def codes_of(session: Session, party: str) -> list[str]:
    return [code for code, of in session.party_of.items() if of == party]


def said(the_set: QuestionSet, item: Item, number: int) -> Answer:
    if isinstance(item.question, TextQuestion):
        return Answer(value=PREFER_NOT)
    ids = [option.id for option in the_set.options(item.question, item.subject)]
    picked = ids[number % len(ids)]
    if isinstance(item.question, MultiQuestion):
        return Answer(value={picked: "formal", ids[0]: "unknown"})
    return Answer(value=picked)


ONE_EACH = {"wijkraad": 1, "wijkmanager": 1, "cluster-stadsbeheer": 1}
OWN_DECISION = {
    "speeltuin": {"label": {"nl": "De speeltuin openen", "en": "Opening the playground"}}
}
CASES: Mapping[str, Case] = {
    "one-person-parties": Case(
        ONE_EACH, {party: ["position"] for party in ONE_EACH}, note=QUOTED, quote=True
    ),
    "two-people-as-a-group": Case(
        {"wijkraad": 5, "wijkmanager": 1, "cluster-stadsbeheer": 2},
        {
            "wijkraad": ["position"] * 4,
            "wijkmanager": ["position"],
            "cluster-stadsbeheer": ["group", "position"],
        },
        note=PRIVATE,
    ),
    "small-groups-together": Case(
        {"wijkraad": 3, "wijkmanager": 1, "cluster-stadsbeheer": 2},
        {
            "wijkraad": ["position"] * 3,
            "wijkmanager": ["group"],
            "cluster-stadsbeheer": ["group", "group"],
        },
    ),
    "all-withheld": Case(ONE_EACH, {"wijkraad": ["group"], "wijkmanager": ["group"]}),
    "nobody-answered": Case(ONE_EACH, {}),
    "nobody-counts": Case(ONE_EACH, {party: ["none"] for party in ONE_EACH}),
    "own-decision": Case(
        {"wijkraad": 4, "wijkmanager": 1, "cluster-stadsbeheer": 1},
        {
            "wijkraad": ["group"] * 4,
            "wijkmanager": ["position"],
            "cluster-stadsbeheer": ["position"],
        },
        {
            "decisions": OWN_DECISION,
            "starred": ["decision/speeltuin"],
            "sources": {"mandate/wijkraad/speeltuin": {"text": "Verordening", "value": "decides"}},
        },
    ),
    "hostile-text": Case(
        {"wijkraad": 3, "wijkmanager": 1},
        {"wijkraad": ["position"] * 3, "wijkmanager": ["position"]},
        {"decisions": {"vals": {"label": {"nl": f"<b>#{HOSTILE}", "en": f"<b>#{HOSTILE}"}}}},
        note=f"# <script>alert(1)</script> ![x](http://example.org/x.png) {HOSTILE}",
        quote=True,
    ),
}


def findings_of(case: Case) -> tuple[QuestionSet, Session, Findings]:
    the_set, session, sheets = case.made()
    return the_set, session, analysed(the_set, session, merge(sheets))


def texts(name: str, language: Language) -> tuple[str, str]:
    """The report of a case, and its appendix."""
    the_set, session, found = findings_of(CASES[name])
    return (
        markdown.render(compose.report(found, the_set, session, language, "appendix")),
        markdown.render(compose.appendix(found, the_set, session, language)),
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_the_report_reads_as_it_was_last_read(name: str, language: Language) -> None:
    report, appendix = texts(name, language)
    check_golden(f"reports/{name}.{language}.md", report)
    check_golden(f"reports/{name}.appendix.{language}.md", appendix)
    text = report + appendix
    assert PRIVATE not in text
    assert QUOTED not in report
    assert (QUOTED in appendix) == CASES[name].note.startswith(QUOTED)
    controls = {
        character for character in text if ord(character) < 32 or 126 < ord(character) < 160
    }
    assert controls <= {"\n"}
    assert "anoniem" not in text.lower()
    assert "anonym" not in text.lower()


def test_what_is_laid_down_is_printed_with_where_and_who_sees_it_otherwise() -> None:
    report, appendix = (" ".join(text.split()) for text in texts("own-decision", "nl"))
    assert "de wijkraad: beslist, volgens Verordening. Anders gezien door: de wijk" in report
    assert "Vastgelegd in Verordening: beslist. Anders gezien door: de wijk" in appendix


def test_shared_ground_is_headed_by_how_many_parties_only_where_all_are_shown() -> None:
    open_ones = {"cluster-groen": ["position"], "cluster-stadsbeheer": ["position"]}
    hidden = {"wijkraad": ["group"]}
    for answered, heading in (
        (open_ones, "Wat beide partijen hetzelfde zien"),
        (open_ones | hidden, "Wat het cluster en het cluster hetzelfde zien"),
    ):
        invited = {party: len(consents) for party, consents in answered.items()}
        the_set, session, found = findings_of(Case(invited, answered))
        assert f"## {heading}\n" in markdown.render(compose.report(found, the_set, session, "nl"))
        assert heading in list(summary(found, the_set, session, "nl"))


@pytest.mark.parametrize("name", CASES)
def test_the_numbers_are_as_they_were_last_checked(name: str) -> None:
    the_set, session, found = findings_of(CASES[name])
    text = machine.to_json(found, the_set, session, "nl")
    check_golden(f"reports/{name}.json", text)
    assert PRIVATE not in text


def test_a_report_without_a_shown_party_holds_no_answer() -> None:
    for name in ("all-withheld", "nobody-answered", "nobody-counts"):
        _, _, found = findings_of(CASES[name])
        assert not found.agenda
        assert not any(p.n for finding in found.items for p in finding.positions), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_reads_as_it_was_last_read(tmp_path_factory: Any, language: Language) -> None:
    made = make_demo(DiskStore(tmp_path_factory.mktemp("demo")), language)
    for path in map(Path, made.files):
        text = path.read_text("utf-8").replace(f'"language": "{language}"', '"language": "nl"')
        # Drawn, and of today.
        text = re.sub(r'"session_id": "[0-9a-f]{16}"', '"session_id": ""', text)
        text = text.replace(f'"year": {date.today().year}', '"year": 2026')
        name = path.stem.replace("report", "demo").replace("appendix", "demo.appendix")
        spoken = "" if path.suffix == ".json" else f".{language}"
        check_golden(f"reports/{name}{spoken}{path.suffix}", text)
    opened = made.opened
    sheet = own_sheet(opened, "WR-01")
    text = markdown.render(compose_mind(sheet, opened.question_set, opened.session, language))
    check_golden(f"reports/mind.{language}.md", text)
