"""What is shown of the chosen thing: sentences, ladders and pictures, as rows of text."""

from collections.abc import Iterator

from bart_tool.analysis.perception_gap import views
from bart_tool.domain.answer import DONT_KNOW
from bart_tool.domain.findings import Expectation, Findings, ItemFinding, PartyFinding, Position
from bart_tool.domain.question import BOUNDARIES
from bart_tool.tui.findings.entries import DECISION, EXPECTED, ITEM, PARTY, PATTERN, TOPIC
from bart_tool.tui.text import GAP, Part, Row, bullet, heading, line, plain
from bart_tool.wording import finding_sentences as sentences
from bart_tool.wording.labels import ANSWERS, CODES, EXPECTATIONS, TENSES, VISIBILITY, label
from bart_tool.wording.labels import BOUNDARIES as BOUNDARY_WORDS
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.notes import notes
from bart_tool.wording.pictures import Mark, describe_gap, ladder
from bart_tool.wording.translation import Words

OWN, OTHER = "●", "○"  # the position itself, and the others


def details(key: str, findings: Findings, names: Naming, t: Words) -> tuple[Row, ...]:
    """What is shown for the entry `key`. Raises KeyError for one that is not there."""
    if key.startswith(TOPIC):
        return tuple(_topic(key.removeprefix(TOPIC), findings, names, t))
    if key.startswith(ITEM):
        finding = findings.by_key[key.removeprefix(ITEM)]
        title = _title(names.title(names.item(finding.item)))
        return (*title, line(_outcome(finding, names, t)), *_item(finding, names, t))
    if key.startswith(DECISION):
        return tuple(_decision(key.removeprefix(DECISION), findings, names, t))
    if key.startswith(PATTERN):
        return tuple(_pattern(int(key.removeprefix(PATTERN)), findings, names, t))
    if key.startswith(EXPECTED):
        number = int(key.removeprefix(EXPECTED))
        return tuple(_expectation(sentences.by_urgency(findings)[number], names))
    return tuple(_party(key.removeprefix(PARTY), findings, names, t))


def _title(text: str) -> Iterator[Row]:
    yield Row("", plain(text), "strong")
    yield GAP


def _topic(key: str, findings: Findings, names: Naming, t: Words) -> Iterator[Row]:
    topic = next(each for each in findings.agenda if each.key == key)
    yield from _title(names.topic(topic.key, topic.items))
    code = label(CODES, topic.code, names.language)
    yield line(f"{code}: {sentences.what_is_seen(topic, findings, names)}")
    yield GAP
    yield line(
        t("To talk about: {question}", question=sentences.question_for(topic, findings, names))
    )
    for item in topic.items:
        yield GAP
        finding = findings.by_key[item]
        if len(topic.items) > 1:
            yield line(upper_first(names.about(names.item(item))), "strong")
            yield line(_outcome(finding, names, t))
        yield from _item(finding, names, t)


def _outcome(finding: ItemFinding, names: Naming, t: Words) -> str:
    """The code with what it means here."""
    if finding.code is None:
        return t("Asked in own words; not compared.")
    return f"{label(CODES, finding.code, names.language)}: {sentences.sentence_of(finding, names)}"


def _item(finding: ItemFinding, names: Naming, t: Words) -> Iterator[Row]:
    yield line(label(TENSES, finding.tense, names.language), "dim")
    if finding.positions:
        yield GAP
        yield from ladder_rows(finding, names, t)
    told = [bullet(note.about + note.text) for note in notes(finding, names)]
    if told:
        yield GAP
        yield from told
    yield from who_said_what(finding, names, t)


def ladder_rows(finding: ItemFinding, names: Naming, t: Words) -> Iterator[Row]:
    """Where the parties stand, with text marks. `t` are the words of the findings."""
    for rung in ladder(finding, names):
        if rung.line_above:
            yield line(t("┄┄ above: deciding · below: not ┄┄"), "dim")
        yield Row("", plain(rung.label), "" if rung.marks else "dim", lead=(Part("│ "),))
        for mark in rung.marks:
            lead = (Part("│ "), Part(f"  {OWN if mark.is_own else OTHER} "))
            yield Row("", plain(_mark(mark, t)), "strong", lead=lead)
    if any(mark.is_own for rung in ladder(finding, names) for mark in rung.marks):
        yield line(t("{own} about itself   {other} about the other", own=OWN, other=OTHER), "dim")


def _mark(mark: Mark, t: Words) -> str:
    text = f"{mark.name}: {mark.said}"
    return (
        t("{party}, halfway to: {level}", party=text, level=mark.between) if mark.between else text
    )


def _decision(key: str, findings: Findings, names: Naming, t: Words) -> Iterator[Row]:
    covered = next(each for each in findings.coverage if each.decision == key)
    about = sentences.covering(covered, findings, names)
    yield from _title(upper_first(names.object(names.item(about[0].item))))
    yield line(sentences.outcome(covered, names))
    for finding in about:
        yield GAP
        yield line(upper_first(names.about(names.item(finding.item)).split(",")[0]), "strong")
        yield from ladder_rows(finding, names, t)


def _pattern(number: int, findings: Findings, names: Naming, t: Words) -> Iterator[Row]:
    found = findings.patterns[number]
    yield from _title(sentences.pattern_title(found, names))
    yield line(upper_first(sentences.describe_pattern(found, names)))
    yield GAP
    yield line(sentences.pattern_question(found, names))
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
    yield line(_how_shown(party, names, t))
    if party.visibility == "withheld":
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
    said = f"{names.title(item)}: {names.said(item, position)}"
    if f"divided:{party}" in finding.flags:
        said += " – " + t("divided among themselves")
    return bullet(said)


BLOCK = "■"
MOST_BLOCKS = 12  # in one row; the number behind them says the rest


def who_said_what(finding: ItemFinding, names: Naming, t: Words) -> Iterator[Row]:
    """Per party how many gave each answer, a block a person; where there is more than one."""
    several = [p for p in finding.positions if (p.n or 0) > 1 and p.counts]
    if not several or finding.compared == "none":
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


def how_far(party: str, findings: Findings, names: Naming, t: Words) -> Iterator[Row]:
    """The row of `party` in the perception maps: how far it looks from each own picture."""
    rows = [
        bullet(
            t(
                "{boundary}, at {subject}: {apart}",
                boundary=label(BOUNDARY_WORDS, view.boundary, names.language),
                subject=names.text(names.question_set.named(gap.subject).in_sentence),
                apart=describe_gap(gap, t),
            )
        )
        for view in views(findings)
        for gap in view.gaps
        if gap.party == party
    ]
    if rows:
        yield GAP
        yield heading(t("How far from the others' own picture"))
        yield from rows
