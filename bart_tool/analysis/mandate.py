"""Whether those who agree may agree: an agreement beside who decides by the answers themselves.

It asks, and never refuses: people at the table may know more than the answers say.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bart_tool.analysis import measures
from bart_tool.analysis.agenda import topic_of
from bart_tool.domain.agreement import AgreementDraft
from bart_tool.domain.findings import Code, CoverageFinding, Findings, ItemFinding
from bart_tool.domain.question_set import QuestionSet

DoubtCode = Literal[
    "claimed-by-nobody",
    "claimed-elsewhere",
    "claimed-also-by",
    "contested",
    "owner-below-line",
    "owner-seen-below-line",
]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why an agreement may lie beyond the mandate of those who agree.

    `positions`: whom it is about. Who decides by the answers: by their own word
    (`claimed-elsewhere`, `claimed-also-by`, `contested`), else as the others see it, which may be
    nobody (`claimed-by-nobody`); the owner, by its own word (`owner-below-line`) or only by that of
    the others (`owner-seen-below-line`). `contested_by`: the parties
    that see the claimant below the decision line.
    """

    code: DoubtCode
    positions: tuple[str, ...] = ()
    contested_by: tuple[str, ...] = ()


def doubts(
    draft: AgreementDraft, findings: Findings, question_set: QuestionSet, kind_of: Mapping[str, str]
) -> tuple[Doubt, ...]:
    """What the answers make one ask of an agreement that is called within the mandate.

    Only about decisions on which enough answers are shown. `kind_of`: party -> kind.
    """
    covered = _covered(draft.topic, findings, question_set)
    if draft.mandate != "within" or covered is None:
        return ()
    about = _about(covered, findings, question_set)
    if not any(finding.own for finding in about.values()):  # nobody is known to have spoken
        return ()
    agreeing = {kind_of.get(assent.party, "") for assent in draft.parties}
    known = agreeing and covered.code not in (Code.TOO_FEW, Code.JOINT)
    found = (_of_claims(covered, agreeing, about, question_set),) if known else ()
    return tuple(
        each
        for each in (*found, _of_owner(draft.owner, about, question_set, kind_of))
        if each is not None
    )


def is_doubtable(draft: AgreementDraft, question_set: QuestionSet) -> bool:
    """Whether anything can be asked of `draft`: it is about a decision, and within the mandate."""
    topics = {topic_of(item) for item in question_set.items} - question_set.by_key.keys()
    return draft.mandate == "within" and _topic(draft.topic, question_set) in topics


def _topic(topic: str, question_set: QuestionSet) -> str:
    item = question_set.by_key.get(topic)
    return topic_of(item) if item is not None else topic


def _covered(topic: str, findings: Findings, question_set: QuestionSet) -> CoverageFinding | None:
    key = _topic(topic, question_set)
    return next((each for each in findings.coverage if each.topic == key), None)


def _about(
    covered: CoverageFinding, findings: Findings, question_set: QuestionSet
) -> dict[str, ItemFinding]:
    """Kind -> the item that asks what it may do in this decision."""
    return {
        finding.subject: finding
        for finding in findings.items
        if finding.object == covered.decision and question_set.by_key[finding.item].question.covers
    }


def _of_claims(
    covered: CoverageFinding,
    agreeing: set[str],
    about: Mapping[str, ItemFinding],
    question_set: QuestionSet,
) -> Doubt | None:
    absent = tuple(kind for kind in covered.claimed_by if kind not in agreeing)
    if not covered.claimed_by:
        if any(kind in about and about[kind].own is None for kind in agreeing):
            return None  # one of them may claim it, but its own word is not shown
        return Doubt("claimed-by-nobody", tuple(_seen_deciding(about, question_set)))
    if len(absent) == len(covered.claimed_by):
        return Doubt("claimed-elsewhere", absent)
    if absent:
        return Doubt("claimed-also-by", absent)
    if covered.contested_by:
        return Doubt("contested", covered.claimed_by, covered.contested_by)
    return None


def _seen_deciding(about: Mapping[str, ItemFinding], question_set: QuestionSet) -> Iterator[str]:
    """The kinds that the others see deciding, though they do not say so themselves."""
    for kind, finding in about.items():
        claim = question_set.claims_from(question_set.by_key[finding.item].question)
        level = _others_level(finding)
        if claim is not None and level is not None and level >= claim:
            yield kind


def _of_owner(
    owner: str | None,
    about: Mapping[str, ItemFinding],
    question_set: QuestionSet,
    kind_of: Mapping[str, str],
) -> Doubt | None:
    """The owner, when by its own word or by the others' it lies below the decision line."""
    finding = about.get(kind_of.get(owner, owner)) if owner else None
    if owner is None or finding is None:
        return None
    line = question_set.line_of(question_set.by_key[finding.item].question)
    own, others = finding.own.median if finding.own else None, _others_level(finding)
    if line is None:
        return None
    if own is not None and own < line:
        return Doubt("owner-below-line", (owner,))
    if others is not None and others < line:
        return Doubt("owner-seen-below-line", (owner,))
    return None


def _others_level(finding: ItemFinding) -> float | None:
    """Where the other kinds see the subject: the middle of their positions, each weighing one."""
    medians = [
        position.median
        for position in finding.positions
        if position.kind != finding.subject and position.median is not None
    ]
    return measures.middle_of(medians) if medians else None
