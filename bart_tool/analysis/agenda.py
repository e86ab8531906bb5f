"""Topics and agenda: what to talk about, and in which order (docs/developer/method.md 4.5)."""

from collections.abc import Collection, Iterable, Sequence

from bart_tool.domain.findings import AGENDA_ORDER, Code, CoverageFinding, ItemFinding, Topic
from bart_tool.domain.question_set import Item


def topic_of(item: Item) -> str:
    """The topic an item belongs to: its decision where coverage is asked, else the item itself."""
    asked = item.question.covers
    if asked and item.object:
        return f"{asked.topic}/{item.object}"
    return item.key


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
