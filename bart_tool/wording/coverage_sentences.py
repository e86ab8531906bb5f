"""Who says of itself that it decides, in sentences: coverage of a decision, and who takes part."""

from collections.abc import Iterable
from math import floor

from bart_tool.domain.findings import (
    Code,
    CoverageFinding,
    Findings,
    ItemFinding,
    Position,
    Topic,
)
from bart_tool.wording.labels import CODES, label
from bart_tool.wording.naming import Naming, upper_first


def coverage_of(topic: Topic, findings: Findings) -> CoverageFinding | None:
    """Who covers the decision that a topic is about; None where it is about none."""
    return next((each for each in findings.coverage if each.topic == topic.key), None)


def who_decides(covered: CoverageFinding, findings: Findings, names: Naming) -> str:
    """Who says of itself that it decides: the parties at a double claim, else that none does.

    Named are the parties whose own position claims the decision; where none does, every party
    that has a position on itself.
    """
    own = _on_themselves(covered, findings, names)
    if covered.code is Code.DOUBLE_CLAIM:
        claiming = _from(own, _claims_from(covered, findings, names))
        return names.t(
            "{parties} {each} say: we decide here.",
            parties=upper_first(names.speakers(claiming)),
            each=each_of(len(claiming), names),
        )
    if names.are_all(own):
        return names.t(
            "None of the {number} parties says: we decide here. Perhaps somebody else decides.",
            number=len(own),
        )
    return names.t.plural(
        "{parties} does not say: we decide here. Perhaps somebody else decides.",
        "{parties} do not say: we decide here. Perhaps somebody else decides.",
        len(own),
        parties=upper_first(names.speakers(own)),
    )


def _on_themselves(covered: CoverageFinding, findings: Findings, names: Naming) -> list[Position]:
    """The positions of parties on their own say over a decision."""
    about = covering(covered, findings, names)
    return [p for f in about for p in f.positions if p.kind == f.subject and p.median is not None]


def _from(own: Iterable[Position], level: float) -> list[Position]:
    return [each for each in own if each.median is not None and each.median >= level]


def _claims_from(covered: CoverageFinding, findings: Findings, names: Naming) -> int:
    about = covering(covered, findings, names)
    return names.question_set.claims_from(names.item(about[0].item).question) or 0


def each_of(number: int, names: Naming) -> str:
    """`allebei`, `alle drie` or `elk`: that something holds of each of so many parties."""
    t = names.t
    return {2: t("both"), 3: t("all three")}.get(number, t("each"))


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


def outcome(covered: CoverageFinding, findings: Findings, names: Naming) -> str:
    """Who covers a decision, by the parties' positions on themselves; it stands on its code.

    `Only` stands where every party of the session has a position on itself here.
    """
    t = names.t
    own = _on_themselves(covered, findings, names)
    claiming = _from(own, _claims_from(covered, findings, names))
    who = names.speakers(claiming)
    match covered.code:
        case Code.JOINT:
            return _together(claiming, own, covered, findings, names)
        case Code.DOUBLE_CLAIM:
            return t(
                "{parties} {each} say: we decide",
                parties=upper_first(who),
                each=each_of(len(claiming), names),
            )
        case Code.CLAIMED:
            everybody = {each.party for each in own} == {p.id for p in names.session.parties}
            text = (
                t.plural(
                    "Only {party} says: we decide",
                    "Only {party} say: we decide",
                    len(claiming),
                    party=who,
                )
                if everybody
                else t.plural(
                    "{party} says: we decide",
                    "{party} say: we decide",
                    len(claiming),
                    party=upper_first(who),
                )
            )
            return (
                f"{text}; {_contested(covered, findings, names)}" if covered.contested_by else text
            )
        case Code.UNCLAIMED if names.are_all(own):
            return t("None of the {number} parties says: we decide", number=len(own))
        case Code.UNCLAIMED:
            return t.plural(
                "{parties} does not say: we decide",
                "{parties} do not say: we decide",
                len(own),
                parties=upper_first(names.speakers(own)),
            )
    return label(CODES, covered.code, names.language)


def _together(
    claiming: list[Position],
    own: list[Position],
    covered: CoverageFinding,
    findings: Findings,
    names: Naming,
) -> str:
    """Who decides together; it stands on every party with a position seeing each of them do so.

    Who stands on the decision line itself does not say: we help decide.
    """
    if claiming:
        return names.t(
            "{parties} {each} say: we decide; every party with a picture sees that so",
            parties=upper_first(names.speakers(claiming)),
            each=each_of(len(claiming), names),
        )
    about = covering(covered, findings, names)
    line = names.question_set.line_of(names.item(about[0].item).question)
    least = _claims_from(covered, findings, names) if line is None else floor(line) + 1
    sharing = _from(own, least)
    return names.t(
        "{parties} {each} say: we help decide; every party with a picture sees that so",
        parties=upper_first(names.speakers(sharing)),
        each=each_of(len(sharing), names),
    )


def _contested(covered: CoverageFinding, findings: Findings, names: Naming) -> str:
    """Who sees the one kind that claims below the decision line."""
    claimed = next(
        f for f in covering(covered, findings, names) if f.subject == covered.claimed_by[0]
    )
    others = [p for p in claimed.positions if p.party in covered.contested_by]
    return names.t.plural(
        "{others} sees that otherwise",
        "{others} see that otherwise",
        len(others),
        others=names.speakers(others),
    )
