"""Two tables over everything: the positions by task, authority and role; and who decides what."""

from collections.abc import Iterable, Iterator, Sequence

from bart_tool.domain.findings import Findings, ItemFinding, Position
from bart_tool.domain.question_set import Item
from bart_tool.report.document import Block, Heading, Table, paragraph
from bart_tool.wording.finding_sentences import covering, is_coverage, outcome
from bart_tool.wording.labels import BOUNDARIES, label
from bart_tool.wording.naming import Naming, lower_first, upper_first
from bart_tool.wording.pictures import own_place

_ROLES_SHOWN = 5


def positions_table(findings: Findings, names: Naming) -> Iterator[Block]:
    """The B/ART table: a column a position, rows task, authority, role and means."""
    t = names.t
    kinds = tuple(dict.fromkeys(party.kind for party in names.session.parties))
    rows = []
    for boundary, cell in (
        ("task", _task),
        ("authority", _authority),
        ("role", _role),
        ("means", _means),
    ):
        cells = [cell(kind, findings, names) for kind in kinds]
        if any(cells):
            rows.append((label(BOUNDARIES, boundary, names.language), *cells))
    if not rows:
        return
    yield Heading(2, t("The positions side by side"))
    yield paragraph(t("First how a position sees itself, then how the others see it."))
    head = (" ", *(names.text(names.question_set.parties[kind].label) for kind in kinds))
    yield Table(head, tuple(rows))


def _about(kind: str, findings: Findings, names: Naming) -> Iterator[tuple[Item, ItemFinding]]:
    for finding in findings.items:
        if finding.subject == kind:
            yield names.item(finding.item), finding


def _both(own: str, others: str, names: Naming) -> str:
    t = names.t
    parts = [t("itself: {text}", text=own)] if own else []
    if others:
        parts.append(t("others: {text}", text=others))
    return " — ".join(parts)


def _others(finding: ItemFinding) -> list[Position]:
    return [p for p in finding.positions if p.kind != finding.subject and p.has_position]


def _options(item: Item, tops: Iterable[Sequence[str]], names: Naming, most: int) -> str:
    """The options that stand in positions, those that most of them name first."""
    named: dict[str, int] = {}
    for top in tops:
        for option in top:
            named[option] = named.get(option, 0) + 1
    ordered = sorted(named, key=lambda option: -named[option])
    texts = [names.option(item, option) for option in ordered[:most]]
    return ", ".join([*texts, *(["…"] if len(ordered) > most else [])])


def _task(kind: str, findings: Findings, names: Naming) -> str:
    return _named("choice", "task", (2, 3), kind, findings, names)


def _role(kind: str, findings: Findings, names: Naming) -> str:
    return _named("set", "role", (_ROLES_SHOWN, _ROLES_SHOWN), kind, findings, names)


def _named(
    compared: str,
    boundary: str,
    most: tuple[int, int],
    kind: str,
    findings: Findings,
    names: Naming,
) -> str:
    """What the position names of itself and the others name of it, at most so many of each."""
    for item, finding in _about(kind, findings, names):
        if finding.compared == compared and finding.boundary == boundary:
            own = [finding.own.top] if finding.own else []
            others = [position.top for position in _others(finding)]
            texts = (_options(item, own, names, most[0]), _options(item, others, names, most[1]))
            return _both(*texts, names)
    return ""


def _authority(kind: str, findings: Findings, names: Naming) -> str:
    """On how many decisions a position has a say: itself, and as the others see it."""
    t = names.t
    own = others = asked = 0
    own_known = others_known = False
    for item, finding in _about(kind, findings, names):
        line = names.question_set.line_of(item.question)
        if line is None:
            continue
        asked += 1
        if finding.own is not None and finding.own.median is not None:
            own_known = True
            own += finding.own.median > line
        seen = [p.median for p in _others(finding) if p.median is not None]
        others_known = others_known or bool(seen)
        others += sum(median > line for median in seen) * 2 > len(seen)
    return _both(
        t("decides or co-decides on {n} of {asked}", n=own, asked=asked) if own_known else "",
        t("on {n} of {asked}", n=others, asked=asked) if others_known else "",
        names,
    )


def _means(kind: str, findings: Findings, names: Naming) -> str:
    """The means that a position has little of: below the middle of the scale."""
    own: list[str] = []
    others: list[str] = []
    own_known = others_known = False
    for item, finding in _about(kind, findings, names):
        if finding.compared != "level" or finding.boundary != "means":
            continue
        middle = (len(names.question_set.options(item.question)) - 1) / 2
        thing = lower_first(names.object(item))
        if finding.own and finding.own.median is not None:
            own_known = True
            own += [thing] if finding.own.median < middle else []
        seen = [p.median for p in _others(finding) if p.median is not None]
        others_known = others_known or bool(seen)
        if sum(median < middle for median in seen) * 2 > len(seen):
            others.append(thing)
    return _both(
        _short_of(own, names) if own_known else "",
        _short_of(others, names) if others_known else "",
        names,
    )


def _short_of(things: list[str], names: Naming) -> str:
    if not things:
        return names.t("enough of everything")
    return names.t("too little {things}", things=", ".join(things))


def decisions_table(findings: Findings, names: Naming) -> Iterator[Block]:
    """Who may decide what, seen by whom, with double claims and unclaimed ones named."""
    if not findings.coverage:
        return
    t = names.t
    kinds = tuple(dict.fromkeys(f.subject for f in findings.items if is_coverage(f, names)))
    yield Heading(2, t("Who may decide what"))
    yield paragraph(t("First how a position sees itself, then how the others see it."))
    head = (
        t("Decision"),
        *(names.text(names.question_set.named(kind).label) for kind in kinds),
        t("Outcome"),
    )
    rows = []
    for covered in findings.coverage:
        about = {finding.subject: finding for finding in covering(covered, findings, names)}
        cells = [_seen(about[kind], names) if kind in about else "" for kind in kinds]
        first = names.item(next(iter(about.values())).item)
        rows.append((upper_first(names.object(first)), *cells, outcome(covered, names)))
    yield Table(head, tuple(rows))


def _seen(finding: ItemFinding, names: Naming) -> str:
    item = names.item(finding.item)
    own = own_place(finding, names)
    seen = [level for p in _others(finding) for level in p.levels or ()]
    if not seen:
        return own
    low, high = names.level(item, min(seen)), names.level(item, max(seen))
    others = low if low == high else names.t("{low} to {high}", low=low, high=high)
    return f"{own} — {others}"
