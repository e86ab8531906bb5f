"""What was found, in sentences about positions: topics, items, patterns, expectations."""

from collections.abc import Iterator
from typing import assert_never

from bart_tool.domain.base import Language
from bart_tool.domain.findings import (
    Code,
    CoverageFinding,
    Expectation,
    ExpectationCode,
    Findings,
    ItemFinding,
    PatternFinding,
    Topic,
)
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.wording.labels import (
    CODES,
    EXPECTATION_QUESTIONS,
    EXPECTATIONS_SEEN,
    PATTERN_QUESTIONS,
    PATTERNS,
    PATTERNS_SEEN,
    label,
)
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.translation import words


def title(session: Session, language: Language) -> str:
    """What the report of this round is called; the first round needs no number."""
    t, wijk = words(language), session.title or upper_first(session.session)
    if session.round > 1:
        return t("Who does what in {wijk}? Round {round}", wijk=wijk, round=session.round)
    return t("Who does what in {wijk}?", wijk=wijk)


SHARED_SHOWN = 3


def no_differences(findings: Findings, names: Naming) -> str:
    """Why the agenda is empty. It stands on an empty agenda: was anything compared or not?"""
    compared = [f for f in findings.items if f.code not in (None, Code.TOO_FEW)]
    if not compared:
        return names.t("There is nothing to compare yet: fewer than two parties answered.")
    return names.t("The parties see nothing so differently that it must be talked about first.")


def what_is_seen(topic: Topic, findings: Findings, names: Naming) -> str:
    """The topic's code as a sentence about positions.

    It stands on the topic's coverage where that has the code, else on its leading item.
    """
    covered = coverage_of(topic, findings)
    if covered is not None and covered.code is topic.code:
        return _covered(covered, findings, names)
    finding = leading(topic, findings)
    return sentence_of(finding, names)


def _covered(covered: CoverageFinding, findings: Findings, names: Naming) -> str:
    t = names.t
    if covered.code is Code.DOUBLE_CLAIM:
        claiming = names.listed_parties(covered.claimed_by)
        return t("{parties} each say that they decide here.", parties=upper_first(claiming))
    if all_are_shown(findings):
        return t("Nobody says of itself that it decides here.")
    return t("Of the parties shown here nobody says of itself that it decides here.")


def sentence_of(finding: ItemFinding, names: Naming) -> str:
    """What was found on one item, as a sentence about positions. It stands on the item's code."""
    t, item = names.t, names.item(finding.item)
    placed = [position for position in finding.positions if position.has_position]
    claiming = [p.party for p in placed if p.top == (p.kind,)]
    match finding.code:
        case Code.TOO_FEW:
            return t("Fewer than two parties answered this.")
        case Code.NOT_ASSIGNED if item.question.covers:
            the = names.text(names.question_set.named(item.subject).in_sentence)
            return t("Not every party knows what {subject} may do here.", subject=the)
        case Code.NOT_ASSIGNED if item.subject and item.question.compared != "pointing":
            the = names.text(names.question_set.named(item.subject).in_sentence)
            return t("Not every party knows this of {subject}.", subject=the)
        case Code.NOT_ASSIGNED:
            return t("One or more parties say nobody, or do not know.")
        case Code.DOUBLE_CLAIM:
            parties = upper_first(names.listed_parties(claiming))
            return t("{parties} each point at themselves.", parties=parties)
        case Code.PASSED_ON:
            return t("Each points at another, nobody at itself.")
        case Code.ONE_SIDED_CLAIM:
            party = upper_first(names.listed_parties(claiming))
            return t("{party} points at itself, the others do not see it so.", party=party)
        case Code.WIDE_GAP | Code.GAP if item.question.covers:
            the = names.text(names.question_set.named(item.subject).in_sentence)
            return t("The parties see differently what {subject} may do here.", subject=the)
        case Code.WIDE_GAP | Code.GAP:
            return t("The parties see this differently.")
        case Code.NUANCE:
            return t("The parties see this slightly differently.")
        case Code.SHARED:
            return t("The parties see this the same.")
        case Code.UNCLAIMED | Code.CLAIMED | None:
            raise ValueError(f"{finding.item}: nothing is said of one item that is {finding.code}")
    assert_never(finding.code)


def question_for(topic: Topic, findings: Findings, names: Naming) -> str:
    """A question that opens the talk. It stands on the topic's code and its leading item."""
    t = names.t
    finding = leading(topic, findings)
    match topic.code:
        case Code.DOUBLE_CLAIM:
            return t("Who does this from now on, and what does the other do?")
        case Code.PASSED_ON:
            return t("Who takes this up from now on? Who may decide that?")
        case Code.NOT_ASSIGNED if not names.item(finding.item).question.covers:
            return t("Who should this be? And who may decide that?")
        case Code.UNCLAIMED:
            return t("Who may take this decision?")
        case Code.ONE_SIDED_CLAIM:
            return t("What makes it look like this from there, and not from the other places?")
    if finding.subject in names.question_set.parties and names.item(finding.item).object:
        the = names.text(names.question_set.named(finding.subject).in_sentence)
        return t("What may {subject} do here, and who may settle that?", subject=the)
    return t("What makes it look so different from each place?")


def leading(topic: Topic, findings: Findings) -> ItemFinding:
    """The item that shows the topic best: of its code, else the one with the largest distance."""
    about = [findings.by_key[key] for key in topic.items]
    same = [finding for finding in about if finding.code is topic.code]
    return max(same or about, key=lambda finding: finding.distance or 0.0)


def coverage_of(topic: Topic, findings: Findings) -> CoverageFinding | None:
    """Who covers the decision that a topic is about; None where it is about none."""
    return next((each for each in findings.coverage if each.topic == topic.key), None)


def unseen(kind: str, findings: Findings, names: Naming) -> str:
    """Why there is nothing to show of how `kind` sees itself."""
    of_kind = [party for party in findings.parties if names.kind(party.party) == kind]
    if any(party.visibility != "position" for party in of_kind):
        return names.t("not shown by itself")
    return names.t("no answer") if of_kind else names.t("does not take part")


def all_are_shown(findings: Findings) -> bool:
    """Whether every party is in view: what a hidden party sees may not be claimed."""
    return all(party.visibility != "withheld" for party in findings.parties)


def shared_heading(findings: Findings, names: Naming) -> str:
    """The heading above shared ground, which speaks of all only when all are shown."""
    if all_are_shown(findings):
        return names.t("What all see the same")
    return names.t("What the parties shown here see the same")


def common(finding: ItemFinding, names: Naming) -> str:
    """Where all parties stand; it stands on an item with code shared."""
    item = names.item(finding.item)
    placed = [position for position in finding.positions if position.has_position]
    return " / ".join(dict.fromkeys(names.position(item, position) for position in placed))


def three_shared(findings: Findings) -> list[ItemFinding]:
    """The clearest shared items: no flags, most parties, each from another boundary if it can."""
    found = [findings.by_key[key] for key in findings.shared]

    def clearness(finding: ItemFinding) -> tuple[bool, int, float]:
        placed = sum(position.has_position for position in finding.positions)
        return bool(finding.flags), -placed, finding.distance or 0.0

    ordered = sorted(found, key=clearness)
    chosen: list[ItemFinding] = []
    for finding in ordered:
        if finding.boundary not in {each.boundary for each in chosen}:
            chosen.append(finding)
    chosen += [finding for finding in ordered if finding not in chosen]
    return chosen[:SHARED_SHOWN]


def covering(
    covered: CoverageFinding, findings: Findings, names: Naming
) -> tuple[ItemFinding, ...]:
    """The items in which a decision is asked about, one a position."""
    return tuple(
        finding
        for finding in findings.items
        if finding.object == covered.decision and is_coverage(finding, names)
    )


def is_coverage(finding: ItemFinding, names: Naming) -> bool:
    """Whether an item asks who may decide."""
    return names.item(finding.item).question.covers is not None


def outcome(covered: CoverageFinding, names: Naming) -> str:
    """Who covers a decision. It stands on its code, its claimants and who contests them."""
    t = names.t
    match covered.code:
        case Code.DOUBLE_CLAIM:
            return t("Claimed twice: {parties}", parties=names.listed_parties(covered.claimed_by))
        case Code.CLAIMED if covered.contested_by:
            return t(
                "{party}; {others} see that otherwise",
                party=upper_first(names.the(covered.claimed_by[0])),
                others=names.listed_parties(covered.contested_by),
            )
        case Code.CLAIMED:
            return upper_first(names.the(covered.claimed_by[0]))
    return label(CODES, covered.code, names.language)


def pattern_title(found: PatternFinding, names: Naming) -> str:
    """What a pattern is called, as a heading: it names no party."""
    return label(PATTERNS, found.pattern, names.language)


def pattern_question(found: PatternFinding, names: Naming) -> str:
    """The question that a pattern leaves to talk about; never a verdict."""
    return label(PATTERN_QUESTIONS, found.pattern, names.language)


def describe_pattern(found: PatternFinding, names: Naming) -> str:
    """What a pattern sees, with its position, roles or tasks, and where it shows.

    It stands on the pattern having been found: its items, and the options named in them.
    """
    subject = names.the(found.subject) if found.subject in names.question_set.parties else ""
    if not subject and found.subject:
        subject = names.text(names.question_set.named(found.subject).in_sentence)
    return label(
        PATTERNS_SEEN,
        found.pattern,
        names.language,
        subject=subject,
        options=names.t.listed(_options(found, names)),
        where=names.t.listed(_where(found, names)),
    )


def _options(found: PatternFinding, names: Naming) -> list[str]:
    items = [names.item(key) for key in found.items]
    texts = []
    for option in found.options:
        named = (names.option(item, option) for item in items)
        texts.append(next((text for text in named if text != option), option))
    return texts


def _where(found: PatternFinding, names: Naming) -> list[str]:
    items = [names.item(key) for key in found.items]
    return [
        names.object(item)[:1].lower() + names.object(item)[1:] for item in items if item.object
    ]


def by_urgency(findings: Findings) -> list[Expectation]:
    """The expectations as a reader meets them: the most misleading first."""
    order = tuple(ExpectationCode)
    return sorted(findings.expectations or (), key=lambda found: order.index(found.code))


def describe_expectation(found: Expectation, names: Naming) -> str:
    """What is expected, beside what is."""
    party, about = names.the(found.party), names.the(found.about)
    return upper_first(
        label(EXPECTATIONS_SEEN, found.code, names.language, party=party, about=about)
    )


def expectation_question(found: Expectation, names: Naming) -> str:
    """What there is to talk about; empty where the expectation is right."""
    if found.code not in (ExpectationCode.APPARENT_AGREEMENT, ExpectationCode.APPARENT_DIFFERENCE):
        return ""
    return label(EXPECTATION_QUESTIONS, found.code, names.language)


def three_positions(found: Expectation, names: Naming) -> tuple[str, str, str]:
    """What the party says itself, what it expects of the other, and what that one says."""
    t, item = names.t, names.item(found.item)
    party, about = names.the(found.party), names.the(found.about)
    own, guess, theirs = (
        f"{names.position(item, position)} ({names.of(position)})"
        for position in (found.own, found.guess, found.theirs)
    )
    return (
        t("{party} itself: {position}", party=party, position=own),
        t("expects of {about}: {position}", about=about, position=guess),
        t("{party} itself: {position}", party=about, position=theirs),
    )


def unprinted_remarks(found: Expectation, names: Naming) -> str:
    """How much was written with the guess that may not be printed; empty when nothing was."""
    if not found.remarks:
        return ""
    return names.t.plural(
        "{about}: {number} remark that may not be printed.",
        "{about}: {number} remarks that may not be printed.",
        found.remarks,
        about=upper_first(names.party(found.party)),
    )


def summary(
    findings: Findings, question_set: QuestionSet, session: Session, language: Language
) -> Iterator[str]:
    """Who took part, the first differences and what is shared, a line each."""
    names = Naming(question_set, session, language)
    t = names.t
    yield title(session, language)
    shown = [party for party in findings.parties if party.visibility != "withheld"]
    yield ", ".join(
        t(
            "{party}: {answered} of {invited}",
            party=names.party(party.party),
            answered=party.answered,
            invited=party.invited,
        )
        for party in shown
    )
    yield ""
    yield t("The differences to talk about")
    for number, topic in enumerate(findings.agenda[: question_set.thresholds.page_one], start=1):
        seen = what_is_seen(topic, findings, names)
        yield f"  {number}. {names.topic(topic.key, topic.items)}: {seen}"
    if not findings.agenda:
        yield "  -"
    yield ""
    yield shared_heading(findings, names)
    for finding in three_shared(findings):
        yield f"  - {names.title(names.item(finding.item))}"
