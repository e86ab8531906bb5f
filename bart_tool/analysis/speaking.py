"""Who starts speaking: whoever has the least say over decisions first, whoever has most last.

Those with much formal power are listened to anyway; when they begin, others fall silent
(docs/developer/method.md 1.8). How much say a position has is what all parties together say of it,
so that no party talks itself to the front or the back.
"""

from collections.abc import Mapping, Sequence
from statistics import fmean

from bart_tool.domain.findings import Findings, ItemFinding
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session


def speaking_order(
    question_set: QuestionSet, session: Session, findings: Findings
) -> tuple[str, ...]:
    """The session's parties in the order in which they speak.

    Of kinds with as much say, and of those nobody said anything about, the order of the set holds.
    """
    say = say_of_kinds(question_set, findings.items)
    kinds = list(question_set.parties)

    def place(party: str) -> tuple[float, int]:
        kind = session.kind_of[party]
        return say.get(kind, 0.0), kinds.index(kind)

    return tuple(sorted((party.id for party in session.parties), key=place))


def say_of_kinds(question_set: QuestionSet, items: Sequence[ItemFinding]) -> Mapping[str, float]:
    """Kind -> how much say over decisions the parties give it, from 0 (none) to 1 (all).

    From the questions over decisions as formally laid down; where a set has none of those, from
    the other questions over decisions.
    """
    about = [finding for finding in items if _levels(question_set, finding) > 1]
    formal = [finding for finding in about if finding.tense == "formal"]
    said: dict[str, list[float]] = {}
    for finding in formal or about:
        top = _levels(question_set, finding) - 1
        medians = [p.median / top for p in finding.positions if p.median is not None]
        if medians:
            said.setdefault(finding.subject, []).append(fmean(medians))
    return {kind: fmean(values) for kind, values in said.items()}


def _levels(question_set: QuestionSet, finding: ItemFinding) -> int:
    """How many levels the item's scale has, if it asks who may decide what; else none."""
    question = question_set.by_key[finding.item].question
    return len(question_set.options(question)) if question.covers else 0
