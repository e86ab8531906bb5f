"""Page one: who took part, at most seven differences in plain words, and what all see the same."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from bart_tool.domain.findings import (
    Code,
    CoverageFinding,
    Findings,
    ItemFinding,
    PartyFinding,
    Position,
    Topic,
)
from bart_tool.report.document import (
    Block,
    Bullets,
    Heading,
    Line,
    Paragraph,
    line,
    paragraph,
    strong,
)
from bart_tool.wording.naming import Naming, upper_first

SHARED_SHOWN = 3


def who_took_part(findings: Findings, names: Naming) -> Iterator[Block]:
    """Per party how many answered; parties that are not shown only as a number."""
    t = names.t
    yield Heading(2, t("Who took part"))
    shown = [party for party in findings.parties if party.visibility != "withheld"]
    yield Bullets(tuple(line(_turnout(party, names)) for party in shown))
    withheld = len(findings.parties) - len(shown)
    if withheld:
        yield paragraph(
            t.plural(
                "{number} party is not shown by itself: somebody in it wants to be shown only as "
                "a group, and of fewer than {k} people answers count.",
                "{number} parties are not shown by themselves: somebody in them wants to be shown "
                "only as a group, and of fewer than {k} people answers count.",
                withheld,
                k=names.session.k,
            )
        )
    thin = [p for p in shown if 0 < p.answered < p.invited / 2]
    if thin:
        yield paragraph(
            t(
                "Of {parties} less than half answered. Read their picture as that of these people.",
                parties=names.listed_parties([party.party for party in thin]),
            )
        )


def _turnout(party: PartyFinding, names: Naming) -> str:
    return names.t(
        "{party}: {answered} of {invited}",
        party=names.party(party.party),
        answered=party.answered,
        invited=party.invited,
    )


def in_short(findings: Findings, names: Naming) -> Iterator[Block]:
    """The first topics of the agenda, a sentence each: all that must fit on the first sheet."""
    t = names.t
    first = findings.agenda[: names.question_set.thresholds.page_one]
    yield Heading(2, t("What to talk about, in short"))
    if not first:
        yield paragraph(_no_differences(findings, names))
        return
    yield Bullets(
        tuple(
            line(
                strong(f"{names.topic(topic.key, topic.items)}. "),
                what_is_seen(topic, findings, names),
            )
            for topic in first
        ),
        numbered=True,
    )


def differences(findings: Findings, names: Naming) -> Iterator[Block]:
    """The first topics of the agenda, each with who sees what and a question to talk about."""
    t = names.t
    most = names.question_set.thresholds.page_one
    first = findings.agenda[:most]
    if not first:
        return  # said on the first sheet
    yield Heading(2, t("The differences to talk about"))
    for number, topic in enumerate(first, start=1):
        yield Heading(3, f"{number}. {names.topic(topic.key, topic.items)}")
        yield Paragraph(line(strong(what_is_seen(topic, findings, names))))
        yield Bullets(tuple(_who_sees_what(topic, findings, names)))
        yield Paragraph(line(t("To talk about: "), question_for(topic, findings, names)))
    more = len(findings.agenda) - len(first)
    if more:
        yield paragraph(
            t.plural(
                "{number} more topic differs; it stands further on.",
                "{number} more topics differ; they stand further on.",
                more,
            )
        )


def _no_differences(findings: Findings, names: Naming) -> str:
    compared = [f for f in findings.items if f.code not in (None, Code.TOO_FEW)]
    if not compared:
        return names.t("There is nothing to compare yet: fewer than two parties answered.")
    return names.t("The parties see nothing so differently that it must be talked about first.")


def what_is_seen(topic: Topic, findings: Findings, names: Naming) -> str:
    """The topic's code as a sentence about positions."""
    covered = _coverage(topic, findings)
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
    """What was found on one item, as a sentence about positions."""
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
    """A question that opens the talk, fitting the topic's code."""
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


def _coverage(topic: Topic, findings: Findings) -> CoverageFinding | None:
    return next((each for each in findings.coverage if each.topic == topic.key), None)


def _who_sees_what(topic: Topic, findings: Findings, names: Naming) -> Iterator[Line]:
    covered = _coverage(topic, findings)
    if covered is not None and covered.code is topic.code:
        for key in topic.items:
            finding = findings.by_key[key]
            if covered.claimed_by and finding.subject not in covered.claimed_by:
                continue
            if finding.positions:
                yield _about_subject(finding, findings, names)
        return
    finding = leading(topic, findings)
    yield from one_by_one(finding.positions, finding, names)


def _about_subject(finding: ItemFinding, findings: Findings, names: Naming) -> Line:
    """One line: how a subject sees itself, and how the others see it."""
    t, item = names.t, names.item(finding.item)
    own = finding.own
    itself = names.position(item, own) if own else _unseen(finding.subject, findings, names)
    number = f" ({names.of(own)})" if own else ""
    others = [
        f"{names.party(p.party)}: {names.position(item, p)} ({names.of(p)})"
        for p in finding.positions
        if p.kind != finding.subject and p.n
    ]
    subject = upper_first(names.text(names.question_set.named(item.subject).in_sentence))
    seen = t(" The others: {others}.", others="; ".join(others)) if others else ""
    return line(
        t("{subject} about itself: {level}{number}.", subject=subject, level=itself, number=number),
        seen,
    )


def _unseen(kind: str, findings: Findings, names: Naming) -> str:
    """Why there is nothing to show of how `kind` sees itself."""
    of_kind = [party for party in findings.parties if names.kind(party.party) == kind]
    if any(party.visibility != "position" for party in of_kind):
        return names.t("not shown by itself")
    return names.t("no answer") if of_kind else names.t("does not take part")


def one_by_one(
    positions: Sequence[Position], finding: ItemFinding, names: Naming
) -> Iterator[Line]:
    """A line a party: where it stands, and how many answered."""
    item = names.item(finding.item)
    for position in positions:
        itself = names.t(" (about itself)") if position.kind == finding.subject else ""
        where = names.position(item, position)
        yield line(
            f"{names.party(position.party)}{itself}: ", strong(where), f" ({names.of(position)})"
        )


def all_are_shown(findings: Findings) -> bool:
    """Whether every party is in view: what a hidden party sees may not be claimed."""
    return all(party.visibility != "withheld" for party in findings.parties)


def shared_heading(findings: Findings, names: Naming) -> str:
    """The heading above shared ground, which speaks of all only when all are shown."""
    if all_are_shown(findings):
        return names.t("What all see the same")
    return names.t("What the parties shown here see the same")


def seen_the_same(findings: Findings, names: Naming) -> Iterator[Block]:
    """Three things that all parties see the same: a talk begins well with shared ground."""
    t = names.t
    yield Heading(2, shared_heading(findings, names))
    if not findings.shared:
        nothing = (
            t("There is nothing that all parties see the same.")
            if all_are_shown(findings)
            else t("There is nothing that the parties shown here see the same.")
        )
        yield paragraph(nothing)
        return
    chosen = three_shared(findings)
    yield Bullets(
        tuple(
            line(strong(f"{names.title(names.item(f.item))}: "), common(f, names)) for f in chosen
        )
    )


def common(finding: ItemFinding, names: Naming) -> str:
    """Where all parties stand on an item that they see the same."""
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
