"""What is shown of the chosen thing: sentences and pictures, as rows of text."""

from collections.abc import Iterator

from bart_tool.domain.answer import DONT_KNOW
from bart_tool.domain.findings import (
    Expectation,
    Findings,
    ItemFinding,
    Position,
    Topic,
)
from bart_tool.domain.question import BOUNDARIES
from bart_tool.tui.findings.entries import DECISION, EXPECTED, ITEM, PARTY, PATTERN, TOPIC
from bart_tool.tui.findings.matrix_rows import matrix_rows
from bart_tool.tui.text import GAP, Part, Row, bullet, heading, line, plain
from bart_tool.wording import coverage_sentences as coverage
from bart_tool.wording import finding_sentences as sentences
from bart_tool.wording import pattern_sentences as patterns
from bart_tool.wording.in_view import reason
from bart_tool.wording.labels import ANSWERS, CODES, EXPECTATIONS, label
from bart_tool.wording.labels import BOUNDARIES as BOUNDARY_WORDS
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.notes import notes
from bart_tool.wording.pictures import matrix, matrix_of, parts_of
from bart_tool.wording.translation import Words


def details(key: str, findings: Findings, names: Naming, t: Words, wide: int) -> tuple[Row, ...]:
    """What is shown for the entry `key`, in so many columns.

    Raises KeyError for one that is not there.
    """
    if key.startswith(TOPIC):
        return tuple(_topic(key.removeprefix(TOPIC), findings, names, t, wide))
    if key.startswith(ITEM):
        finding = findings.by_key[key.removeprefix(ITEM)]
        title = _title(names.title(names.item(finding.item)))
        return (*title, *_item(finding, names, t, wide))
    if key.startswith(DECISION):
        return tuple(_decision(key.removeprefix(DECISION), findings, names, t, wide))
    if key.startswith(PATTERN):
        return tuple(_pattern(int(key.removeprefix(PATTERN)), findings, names, t))
    if key.startswith(EXPECTED):
        number = int(key.removeprefix(EXPECTED))
        return tuple(_expectation(sentences.by_urgency(findings)[number], names))
    return tuple(_party(key.removeprefix(PARTY), findings, names, t))


def _title(text: str) -> Iterator[Row]:
    yield Row("", plain(text), "strong")
    yield GAP


def _topic(key: str, findings: Findings, names: Naming, t: Words, wide: int) -> Iterator[Row]:
    topic = next(each for each in findings.agenda if each.key == key)
    yield from _title(names.topic(topic.key, topic.items))
    code = label(CODES, topic.code, names.language)
    yield line(f"{code}: {sentences.what_is_seen(topic, findings, names)}")
    yield GAP
    yield line(
        t("To talk about: {question}", question=sentences.question_for(topic, findings, names))
    )
    yield from topic_matrices(topic, findings, names, t, wide)
    for item in topic.items:
        yield GAP
        finding = findings.by_key[item]
        if len(topic.items) > 1:
            yield line(names.title(names.item(item)), "strong")
            yield line(_outcome(finding, names, t))
        yield from _beside(finding, names)


def topic_matrices(
    topic: Topic, findings: Findings, names: Naming, t: Words, wide: int
) -> Iterator[Row]:
    """The topic's picture, and then the questions that it joins beside it."""
    others = [matrix_of(part, names) for part in parts_of(topic, findings, names)[1:]]
    for shown in (matrix(topic, findings, names), *others):
        if shown is not None:
            yield GAP
            yield from matrix_rows(shown, wide, t)


def _outcome(finding: ItemFinding, names: Naming, t: Words) -> str:
    """The code with what it means here."""
    if finding.code is None:
        return t("Asked in own words; not compared.")
    return f"{label(CODES, finding.code, names.language)}: {sentences.sentence_of(finding, names)}"


def _item(finding: ItemFinding, names: Naming, t: Words, wide: int) -> Iterator[Row]:
    yield line(_outcome(finding, names, t))
    shown = matrix_of([finding], names)
    if shown is not None:
        yield GAP
        yield from matrix_rows(shown, wide, t)
    yield from _beside(finding, names)
    yield from who_said_what(finding, names, t)


def _beside(finding: ItemFinding, names: Naming) -> Iterator[Row]:
    told = [bullet(note.about + note.text) for note in notes(finding, names)]
    if told:
        yield GAP
        yield from told


def _decision(key: str, findings: Findings, names: Naming, t: Words, wide: int) -> Iterator[Row]:
    covered = next(each for each in findings.coverage if each.decision == key)
    about = coverage.covering(covered, findings, names)
    yield from _title(upper_first(names.object(names.item(about[0].item))))
    yield line(coverage.outcome(covered, findings, names))
    shown = matrix_of(about, names, {f.item for f in about if f.subject in covered.claimed_by})
    if shown is not None:
        yield GAP
        yield from matrix_rows(shown, wide, t)


def _pattern(number: int, findings: Findings, names: Naming, t: Words) -> Iterator[Row]:
    found = findings.patterns[number]
    yield from _title(patterns.pattern_title(found, names))
    yield line(patterns.describe_pattern(found, findings, names))
    yield GAP
    yield line(patterns.pattern_question(found, names))
    yield GAP
    yield line(t("It shows in these questions:"), "dim")
    for item in found.items:
        yield bullet(names.title(names.item(item)))
    yield GAP
    yield line(t("This is a suspicion, not a conclusion. It is about positions."), "dim")


def _expectation(found: Expectation, names: Naming) -> Iterator[Row]:
    yield from _title(names.title(names.item(found.item)))
    code = label(EXPECTATIONS, found.code, names.language)
    yield line(f"{code}: {sentences.describe_expectation(found, names)}")
    yield GAP
    for position in sentences.three_positions(found, names):
        yield bullet(upper_first(position))
    for quote in found.quotes:
        yield bullet(f"“{quote}”")
    silent = sentences.unprinted_remarks(found, names)
    if silent:
        yield bullet(silent)
    question = sentences.expectation_question(found, names)
    if question:
        yield GAP
        yield line(question)


def _party(key: str, findings: Findings, names: Naming, t: Words) -> Iterator[Row]:
    party = next(each for each in findings.parties if each.party == key)
    yield from _title(upper_first(names.party(key)))
    yield line(reason(party, findings.parties, names))
    if party.in_view in ("too-few", "nobody"):
        return
    yield line(t("Do you recognise yourselves in this? Talk about that with your own party first."))
    for boundary in BOUNDARIES:
        rows = [
            _describe_answer(finding, key, names, t)
            for finding in findings.items
            if finding.boundary == boundary
            and finding.compared != "none"
            and any(p.party == key and p.standing != "none" for p in finding.positions)
        ]
        if rows:
            yield GAP
            yield line(label(BOUNDARY_WORDS, boundary, names.language), "strong")
            yield from rows


def _describe_answer(finding: ItemFinding, party: str, names: Naming, t: Words) -> Row:
    item = names.item(finding.item)
    position = next(each for each in finding.positions if each.party == party)
    said = f"{names.title(item)}: {names.said(item, position)}"
    if f"divided:{party}" in finding.flags:
        said += " – " + t("divided among themselves")
    return bullet(said)


BLOCK = "■"
MOST_BLOCKS = 12  # in one row; the number behind them says the rest


def who_said_what(finding: ItemFinding, names: Naming, t: Words) -> Iterator[Row]:
    """On a ladder how many of each party chose which step, a block a person, in words.

    Of who or what is chosen the picture says that itself, and of one person where it stands does.
    """
    several = [p for p in finding.positions if (p.n or 0) > 1 and p.counts]
    if not several or finding.compared != "level":
        return
    yield GAP
    yield heading(t("Who said what"))
    for position in several:
        yield Row("", plain(upper_first(names.party(position.party))))
        for answer, people in _answers(position, finding, names):
            lead = (Part(f"  {BLOCK * min(people, MOST_BLOCKS)} {people} "),)
            yield Row("", plain(answer), lead=lead)


def _answers(position: Position, finding: ItemFinding, names: Naming) -> Iterator[tuple[str, int]]:
    item = names.item(finding.item)
    for option, people in (position.counts or {}).items():
        if people:
            yield names.option(item, option), people
    if position.dont_know:
        yield label(ANSWERS, DONT_KNOW, names.language), position.dont_know
