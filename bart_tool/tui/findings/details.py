"""What is shown of the chosen thing: sentences, ladders and words, as rows to read."""

from collections.abc import Iterator

from bart_tool.domain.findings import Expectation, Findings, ItemFinding, PartyFinding
from bart_tool.domain.question import BOUNDARIES
from bart_tool.tui.findings.entries import DECISION, EXPECTED, ITEM, PARTY, PATTERN, TOPIC
from bart_tool.tui.findings.figures import how_far, who_said_what
from bart_tool.tui.text import GAP, Part, Row, plain
from bart_tool.wording.finding_sentences import (
    by_urgency,
    covering,
    describe_expectation,
    describe_pattern,
    expectation_question,
    outcome,
    pattern_question,
    pattern_title,
    question_for,
    sentence_of,
    three_positions,
    unprinted_remarks,
    what_is_seen,
)
from bart_tool.wording.labels import BOUNDARIES as BOUNDARY_WORDS
from bart_tool.wording.labels import CODES, EXPECTATIONS, TENSES, VISIBILITY, label
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.notes import notes
from bart_tool.wording.pictures import Mark, ladder
from bart_tool.wording.translation import Words

OWN, OTHER = "●", "○"  # the position itself, and the others


def details(key: str, findings: Findings, names: Naming, t: Words) -> tuple[Row, ...]:
    """What is shown for the entry `key`. Raises KeyError for one that is not there."""
    if key.startswith(TOPIC):
        return tuple(_topic(key.removeprefix(TOPIC), findings, names, t))
    if key.startswith(ITEM):
        finding = findings.by_key[key.removeprefix(ITEM)]
        title = _title(names.title(names.item(finding.item)))
        return (*title, _text(_outcome(finding, names, t)), *_item(finding, names, t))
    if key.startswith(DECISION):
        return tuple(_decision(key.removeprefix(DECISION), findings, names, t))
    if key.startswith(PATTERN):
        return tuple(_pattern(int(key.removeprefix(PATTERN)), findings, names, t))
    if key.startswith(EXPECTED):
        number = int(key.removeprefix(EXPECTED))
        return tuple(_expectation(by_urgency(findings)[number], names))
    return tuple(_party(key.removeprefix(PARTY), findings, names, t))


def _title(text: str) -> Iterator[Row]:
    yield Row("", plain(text), "strong")
    yield GAP


def _text(text: str, style: str = "") -> Row:
    return Row("", plain(text), style)


def _bullet(text: str) -> Row:
    return Row("", plain(text), lead=(Part("- "),))


def _topic(key: str, findings: Findings, names: Naming, t: Words) -> Iterator[Row]:
    topic = next(each for each in findings.agenda if each.key == key)
    yield from _title(names.topic(topic.key, topic.items))
    code = label(CODES, topic.code, names.language)
    yield _text(f"{code}: {what_is_seen(topic, findings, names)}")
    yield GAP
    yield _text(t("To talk about: {question}", question=question_for(topic, findings, names)))
    for item in topic.items:
        yield GAP
        finding = findings.by_key[item]
        if len(topic.items) > 1:
            yield _text(upper_first(names.about(names.item(item))), "strong")
            yield _text(_outcome(finding, names, t))
        yield from _item(finding, names, t)


def _outcome(finding: ItemFinding, names: Naming, t: Words) -> str:
    """The code with what it means here."""
    if finding.code is None:
        return t("Asked in own words; not compared.")
    return f"{label(CODES, finding.code, names.language)}: {sentence_of(finding, names)}"


def _item(finding: ItemFinding, names: Naming, t: Words) -> Iterator[Row]:
    yield _text(label(TENSES, finding.tense, names.language), "dim")
    if finding.positions:
        yield GAP
        yield from ladder_rows(finding, names, t)
    told = [_bullet(note.about + note.text) for note in notes(finding, names)]
    if told:
        yield GAP
        yield from told
    yield from who_said_what(finding, names, t)


def ladder_rows(finding: ItemFinding, names: Naming, t: Words) -> Iterator[Row]:
    """Where the parties stand, with text marks. `t` are the words of the findings."""
    for rung in ladder(finding, names):
        if rung.line_above:
            yield _text(t("┄┄ above: deciding · below: not ┄┄"), "dim")
        yield Row("", plain(rung.label), "" if rung.marks else "dim", lead=(Part("│ "),))
        for mark in rung.marks:
            lead = (Part("│ "), Part(f"  {OWN if mark.is_own else OTHER} "))
            yield Row("", plain(_mark(mark, t)), "strong", lead=lead)
    if any(mark.is_own for rung in ladder(finding, names) for mark in rung.marks):
        yield _text(t("{own} about itself   {other} about the other", own=OWN, other=OTHER), "dim")


def _mark(mark: Mark, t: Words) -> str:
    text = f"{mark.name} ({mark.of})"
    return (
        t("{party}, halfway to: {level}", party=text, level=mark.between) if mark.between else text
    )


def _decision(key: str, findings: Findings, names: Naming, t: Words) -> Iterator[Row]:
    covered = next(each for each in findings.coverage if each.decision == key)
    about = covering(covered, findings, names)
    yield from _title(upper_first(names.object(names.item(about[0].item))))
    yield _text(outcome(covered, names))
    for finding in about:
        yield GAP
        yield _text(upper_first(names.about(names.item(finding.item)).split(",")[0]), "strong")
        yield from ladder_rows(finding, names, t)


def _pattern(number: int, findings: Findings, names: Naming, t: Words) -> Iterator[Row]:
    found = findings.patterns[number]
    yield from _title(pattern_title(found, names))
    yield _text(upper_first(describe_pattern(found, names)))
    yield GAP
    yield _text(pattern_question(found, names))
    yield GAP
    yield _text(t("It shows in these questions:"), "dim")
    for item in found.items:
        yield _bullet(names.title(names.item(item)))
    yield GAP
    yield _text(t("This is a suspicion, not a conclusion. It is about positions."), "dim")


def _expectation(found: Expectation, names: Naming) -> Iterator[Row]:
    yield from _title(names.title(names.item(found.item)))
    code = label(EXPECTATIONS, found.code, names.language)
    yield _text(f"{code}: {describe_expectation(found, names)}")
    yield GAP
    for position in three_positions(found, names):
        yield _bullet(upper_first(position))
    for quote in found.quotes:
        yield _bullet(f"“{quote}”")
    silent = unprinted_remarks(found, names)
    if silent:
        yield _bullet(silent)
    question = expectation_question(found, names)
    if question:
        yield GAP
        yield _text(question)


def _party(key: str, findings: Findings, names: Naming, t: Words) -> Iterator[Row]:
    party = next(each for each in findings.parties if each.party == key)
    yield from _title(upper_first(names.party(key)))
    yield _text(_how_shown(party, names, t))
    if party.visibility == "withheld":
        return
    yield _text(
        t("Do you recognise yourselves in this? Talk about that with your own party first.")
    )
    for boundary in BOUNDARIES:
        rows = [
            _describe_answer(finding, key, names, t)
            for finding in findings.items
            if finding.boundary == boundary
            and finding.compared != "none"
            and any(p.party == key and p.n for p in finding.positions)
        ]
        if rows:
            yield GAP
            yield _text(label(BOUNDARY_WORDS, boundary, names.language), "strong")
            yield from rows
    yield from how_far(key, findings, names, t)


def _how_shown(party: PartyFinding, names: Naming, t: Words) -> str:
    how = label(VISIBILITY, party.visibility, names.language)
    if party.visibility == "withheld":
        return t("Not shown by itself: too few of its people answered to hide who said what.")
    return t(
        "{answered} of {invited} answered, {how}.",
        answered=party.answered,
        invited=party.invited,
        how=how,
    )


def _describe_answer(finding: ItemFinding, party: str, names: Naming, t: Words) -> Row:
    item = names.item(finding.item)
    position = next(each for each in finding.positions if each.party == party)
    said = f"{names.title(item)}: {names.position(item, position)} ({names.of(position)})"
    if f"divided:{party}" in finding.flags:
        said += " – " + t("divided among themselves")
    return _bullet(said)
