"""What can be chosen in the findings: topics, items, decisions, patterns and parties, filtered."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from bart_tool.domain.findings import Code, Findings, ItemFinding
from bart_tool.domain.question import BOUNDARIES
from bart_tool.wording.coverage_sentences import outcome
from bart_tool.wording.finding_sentences import by_urgency
from bart_tool.wording.labels import BOUNDARIES as BOUNDARY_WORDS
from bart_tool.wording.labels import CODES, EXPECTATIONS, VISIBILITY, label
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.pattern_sentences import pattern_title
from bart_tool.wording.translation import Words

EXPECTED = "expected:"
TOPIC, ITEM, DECISION, PATTERN, PARTY = "topic:", "item:", "decision:", "pattern:", "party:"


class Lens(StrEnum):
    """The ways to look at the findings."""

    TALK = "talk"
    DECISIONS = "decisions"
    PATTERNS = "patterns"
    PARTIES = "parties"


def views(t: Words) -> dict[Lens, str]:
    """What each way to look is called."""
    return {
        Lens.TALK: t.of("view", "the talk"),
        Lens.DECISIONS: t("decisions"),
        Lens.PATTERNS: t("patterns"),
        Lens.PARTIES: t("per party"),
    }


@dataclass(frozen=True, slots=True)
class Filter:
    """What is shown of the talk: one boundary, what is about one party, one code; empty is all."""

    boundary: str = ""
    party: str = ""
    code: str = ""

    def lets(self, finding: ItemFinding) -> bool:
        return (
            self.boundary in ("", finding.boundary)
            and self.party in ("", finding.subject)
            and self.code in ("", finding.code)
        )

    def with_only(self, what: str, which: str) -> "Filter":
        """With `which` asked of `boundary`, `party` or `code`; empty is all of it."""
        return replace(self, **{what: which})

    def hits(self, findings: Findings) -> int:
        """How many questions are shown."""
        return sum(map(self.lets, findings.items))

    def describe(self, names: Naming) -> str:
        """What is asked, as `Authority · wijkraad`; empty when it is all."""
        said = []
        if self.boundary:
            said.append(label(BOUNDARY_WORDS, self.boundary, names.language))
        if self.party:
            said.append(names.party(self.party))
        if self.code:
            said.append(label(CODES, self.code, names.language))
        return " · ".join(said)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line in the list. Without `key` it is a heading; `under` says more below it."""

    key: str
    text: str
    under: str = ""


def entries(
    view: Lens, findings: Findings, names: Naming, wanted: Filter, t: Words
) -> tuple[Entry, ...]:
    """The list of a view. It is empty when nothing fits."""
    if view is Lens.TALK:
        expected = () if wanted != Filter() else _expectations(findings, names, t)
        return (*_agenda(findings, names, wanted, t), *expected, *_items(findings, names, wanted))
    if view is Lens.DECISIONS:
        return tuple(_decisions(findings, names))
    if view is Lens.PATTERNS:
        return tuple(
            Entry(f"{PATTERN}{number}", pattern_title(each, names))
            for number, each in enumerate(findings.patterns)
        )
    return tuple(
        Entry(
            PARTY + each.party,
            upper_first(names.party(each.party)),
            label(VISIBILITY, each.visibility, names.language),
        )
        for each in findings.parties
    )


def _expectations(findings: Findings, names: Naming, t: Words) -> Iterator[Entry]:
    found = by_urgency(findings)
    if found:
        yield Entry("", t("What parties expect of each other"))
    for number, each in enumerate(found):
        pair = f"{upper_first(names.party(each.party))} → {names.party(each.about)}"
        title = f"{pair}: {names.title(names.item(each.item))}"
        yield Entry(f"{EXPECTED}{number}", title, label(EXPECTATIONS, each.code, names.language))


def parts_to_show(
    what: str, findings: Findings, names: Naming, now: Filter
) -> tuple[tuple[str, str], ...]:
    """What may be asked of `boundary`, `party` or `code` beside what is asked already.

    Each as (id, how it is called with how many questions it shows); none that would show nothing.
    """
    called: dict[str, str]
    if what == "boundary":
        called = {each: label(BOUNDARY_WORDS, each, names.language) for each in BOUNDARIES}
    elif what == "party":
        subjects = dict.fromkeys(each.subject for each in findings.items if each.subject)
        called = {each: names.text(names.question_set.named(each).label) for each in subjects}
    else:
        called = {each: label(CODES, each, names.language) for each in Code}
    hits = {each: now.with_only(what, each).hits(findings) for each in called}
    return tuple((each, f"{says} ({hits[each]})") for each, says in called.items() if hits[each])


def _agenda(findings: Findings, names: Naming, wanted: Filter, t: Words) -> Iterator[Entry]:
    topics = [
        topic
        for topic in findings.agenda
        if any(wanted.lets(findings.by_key[key]) for key in topic.items)
    ]
    if topics:
        yield Entry("", t("To talk about"))
    for topic in topics:
        code = label(CODES, topic.code, names.language)
        yield Entry(TOPIC + topic.key, names.topic(topic.key, topic.items), code)


def _items(findings: Findings, names: Naming, wanted: Filter) -> Iterator[Entry]:
    for boundary in BOUNDARIES:
        about = [f for f in findings.items if f.boundary == boundary and wanted.lets(f)]
        if about:
            yield Entry("", label(BOUNDARY_WORDS, boundary, names.language))
        for finding in about:
            code = label(CODES, finding.code, names.language) if finding.code else ""
            yield Entry(ITEM + finding.item, names.title(names.item(finding.item)), code)


def _decisions(findings: Findings, names: Naming) -> Iterator[Entry]:
    for covered in findings.coverage:
        first = next(f for f in findings.items if f.object == covered.decision)
        title = upper_first(names.object(names.item(first.item)))
        yield Entry(DECISION + covered.decision, title, outcome(covered, findings, names))
