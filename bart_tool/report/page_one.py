"""Page one: who took part, at most seven differences in plain words, and what all see the same."""

from collections.abc import Iterator, Sequence

from bart_tool.domain.findings import Findings, ItemFinding, PartyFinding, Position, Topic
from bart_tool.report.document import (
    Block,
    Heading,
    Line,
    Paragraph,
    bullets,
    line,
    paragraph,
    strong,
)
from bart_tool.wording.finding_sentences import (
    common,
    coverage_of,
    leading,
    no_differences,
    nothing_shared,
    question_for,
    shared_heading,
    unseen,
    what_is_seen,
)
from bart_tool.wording.naming import Naming, upper_first


def who_took_part(findings: Findings, names: Naming) -> Iterator[Block]:
    """Per party how many answered; parties that are not shown only as a number."""
    t = names.t
    yield Heading(2, t("Who took part"))
    shown = [party for party in findings.parties if party.visibility != "withheld"]
    yield bullets(line(_turnout(party, names)) for party in shown)
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
    first = findings.page_one
    yield Heading(2, t("What to talk about, in short"))
    if not first:
        yield paragraph(no_differences(findings, names))
        return
    yield bullets(
        (
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
    first = findings.page_one
    if not first:
        return  # said on the first sheet
    yield Heading(2, t("The differences to talk about"))
    for number, topic in enumerate(first, start=1):
        yield Heading(3, f"{number}. {names.topic(topic.key, topic.items)}")
        yield Paragraph(line(strong(what_is_seen(topic, findings, names))))
        yield bullets(_who_sees_what(topic, findings, names))
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


def _who_sees_what(topic: Topic, findings: Findings, names: Naming) -> Iterator[Line]:
    covered = coverage_of(topic, findings)
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
    own = "; ".join(
        names.said(item, p) if p.party == p.kind else one_of(p, finding, names)
        for p in finding.positions
        if p.kind == finding.subject
    )
    others = [
        one_of(p, finding, names)
        for p in finding.positions
        if p.kind != finding.subject and p.standing != "none"
    ]
    subject = upper_first(names.text(names.question_set.named(item.subject).in_sentence))
    seen = t(" The others: {others}.", others="; ".join(others)) if others else ""
    return line(
        t(
            "{subject} about itself: {said}.",
            subject=subject,
            said=own or unseen(finding.subject, findings, names),
        ),
        seen,
    )


def one_of(position: Position, finding: ItemFinding, names: Naming) -> str:
    """A party and what it said, in a few words."""
    return f"{names.party(position.party)}: {names.said(names.item(finding.item), position)}"


def one_by_one(
    positions: Sequence[Position], finding: ItemFinding, names: Naming
) -> Iterator[Line]:
    """A line a party: where it stands, and how many answered."""
    item = names.item(finding.item)
    for position in positions:
        itself = names.t(" (about itself)") if position.kind == finding.subject else ""
        yield line(f"{names.party(position.party)}{itself}: ", strong(names.said(item, position)))


def seen_the_same(findings: Findings, names: Naming) -> Iterator[Block]:
    """What is seen the same, at most what page one holds: a talk begins well with shared ground."""
    yield Heading(2, shared_heading(findings, names))
    if not findings.shared:
        yield paragraph(nothing_shared(findings, names))
        return
    chosen = [findings.by_key[key] for key in findings.shared_list]
    yield bullets(
        line(strong(f"{names.title(names.item(f.item))}: "), common(f, names)) for f in chosen
    )
