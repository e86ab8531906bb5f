"""Agenda: what to talk about, in which order (docs/developer/method.md 4.5), and who begins."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import fmean

from bart_tool.domain.findings import (
    AGENDA_ORDER,
    Code,
    CoverageFinding,
    Findings,
    ItemFinding,
    Topic,
)
from bart_tool.domain.question import Boundary
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.set_parts import Thresholds


def topic_of(item: Item) -> str:
    """The topic an item belongs to: its decision where coverage is asked, else the one that its
    question names, else the item itself.
    """
    asked = item.question.covers
    if asked and item.object:
        return f"{asked.topic}/{item.object}"
    return item.question.topic.replace("{object}", item.object) or item.key


def agenda(
    items: Sequence[tuple[str, ItemFinding]],
    coverage: Iterable[CoverageFinding],
    starred: Collection[str],
) -> tuple[Topic, ...]:
    """The topics to discuss, most pressing first.

    `items`: (topic, finding) in the order of the set. A topic's code is the first of the agenda
    order among its coverage's and its items' codes; topics with none of these are not listed.
    Within a code: starred first, then any outspoken, then more parties with a position, then the
    larger distance, then the order of the set.
    """
    members: dict[str, list[ItemFinding]] = {}
    for key, finding in items:
        members.setdefault(key, []).append(finding)
    covered = {finding.topic: finding.code for finding in coverage}
    topics = (_topic(key, found, covered.get(key), starred) for key, found in members.items())
    listed = [topic for topic in topics if topic is not None]
    return tuple(sorted(listed, key=_urgency))


def _topic(
    key: str, found: Sequence[ItemFinding], covered: Code | None, starred: Collection[str]
) -> Topic | None:
    codes = {finding.code for finding in found} | {covered}
    code = next((code for code in AGENDA_ORDER if code in codes), None)
    if code is None:
        return None
    return Topic(
        key=key,
        code=code,
        items=tuple(finding.item for finding in found),
        starred=key in starred or any(finding.item in starred for finding in found),
        outspoken=any("outspoken" in finding.flags for finding in found),
        parties=max(sum(p.has_position for p in finding.positions) for finding in found),
        distance=max(finding.distance or 0.0 for finding in found),
    )


def _urgency(topic: Topic) -> tuple[int, bool, bool, int, float]:
    # sorted() is stable, so what is equal here stays in the order of the set
    return (
        AGENDA_ORDER.index(topic.code),
        not topic.starred,
        not topic.outspoken,
        -topic.parties,
        -topic.distance,
    )


def page_one(
    agenda: Sequence[Topic], items: Mapping[str, ItemFinding], limits: Thresholds
) -> tuple[Topic, ...]:
    """The topics of page one, in the order of the agenda: a mix (docs/developer/method.md 4.5).

    First at most `page_one_of_a_code` of each code, then, while there is room, those passed over.
    Where the agenda holds a topic about tasks, or roles, and none was chosen, the first of them
    takes the place of the last chosen one that is not the only one about the other.
    """
    chosen: list[Topic] = []
    of_a_code: Counter[Code] = Counter()
    for topic in agenda:
        if len(chosen) < limits.page_one and of_a_code[topic.code] < limits.page_one_of_a_code:
            chosen.append(topic)
            of_a_code[topic.code] += 1
    passed_over = [topic for topic in agenda if topic not in chosen]
    chosen += passed_over[: limits.page_one - len(chosen)]
    pairs: tuple[tuple[Boundary, Boundary], ...] = (("task", "role"), ("role", "task"))
    for wanted, other in pairs:
        first = next((topic for topic in agenda if _is_about(topic, wanted, items)), None)
        if first is None or any(_is_about(topic, wanted, items) for topic in chosen):
            continue
        kept = [topic for topic in chosen if _is_about(topic, other, items)]
        last = [
            topic
            for topic in sorted(chosen, key=agenda.index)
            if not (len(kept) == 1 and topic is kept[0])
        ]
        if last:
            chosen.remove(last[-1])
            chosen.append(first)
    return tuple(sorted(chosen, key=agenda.index))


def _is_about(topic: Topic, boundary: Boundary, items: Mapping[str, ItemFinding]) -> bool:
    return any(items[key].boundary == boundary for key in topic.items)


def shared_list(
    items: Iterable[ItemFinding], of_one_mind: Mapping[str, float], limits: Thresholds
) -> tuple[str, ...]:
    """The shared items that page one names: most of one mind first, then the order of the set.

    `of_one_mind`: item -> the part, from 0 to 1, of the people of open parties who said exactly
    the position. Items with a minority are left out.
    """
    shared = [
        finding.item
        for finding in items
        if finding.code is Code.SHARED
        and not any(flag.startswith("minority:") for flag in finding.flags)
    ]
    return tuple(sorted(shared, key=lambda key: -of_one_mind[key])[: limits.shared_list])


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
