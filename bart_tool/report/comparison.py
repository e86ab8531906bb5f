"""Two rounds side by side, in words: what was agreed and is kept, and what moved."""

from collections import Counter
from collections.abc import Iterator

from bart_tool.domain.agreement import about
from bart_tool.domain.findings import AgreementMove, Comparison, ItemMove, Move
from bart_tool.report.about import who_may_read
from bart_tool.report.document import (
    Block,
    Document,
    Heading,
    Line,
    Table,
    bullets,
    line,
    paragraph,
    strong,
)
from bart_tool.wording.labels import BOUNDARIES, KEPT, MOVES, label
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.translation import Words, words
from bart_tool.wording.two_rounds import (
    answered,
    counted,
    how_far,
    is_hidden,
    outcome_of,
    questions,
    short_lines,
    still_right,
    turnout,
)


def compose_comparison(comparison: Comparison, names: Naming) -> Document:
    """The whole comparison. `names` knows what both rounds asked."""
    return Document(tuple(_blocks(comparison, names, words(names.language))))


def _blocks(comparison: Comparison, names: Naming, t: Words) -> Iterator[Block]:
    yield from _opening(comparison, names, t)
    yield from _in_short(comparison, names, t)
    yield from _who_took_part(comparison, names, t)
    yield from _agreements(comparison, names, t)
    yield from _moves(comparison, names, t)
    yield from _how_it_was_made(names, t)
    yield from who_may_read(names)


def _opening(comparison: Comparison, names: Naming, t: Words) -> Iterator[Block]:
    session, (then, now) = names.session, comparison.rounds
    wijk = session.title or upper_first(session.session)
    yield Heading(1, t("What moved in {wijk}?", wijk=wijk))
    yield paragraph(
        t(
            "Round {then} and round {now} side by side. Closer together is not always better, and "
            "further apart is not a mistake. Both are something to talk about.",
            then=then,
            now=now,
        )
    )


def _in_short(comparison: Comparison, names: Naming, t: Words) -> Iterator[Block]:
    yield Heading(2, t("In short"))
    yield bullets(line(each) for each in short_lines(comparison, names.language))


def _who_took_part(comparison: Comparison, names: Naming, t: Words) -> Iterator[Block]:
    yield Heading(2, t("Who took part"))
    shown = [party for party in comparison.parties if not is_hidden(party)]
    yield bullets(line(f"{names.party(p.party)}: ", turnout(p, t)) for p in shown)
    hidden = len(comparison.parties) - len(shown)
    if hidden:
        yield paragraph(
            t.plural(
                "{number} party is not shown by itself in either round.",
                "{number} parties are not shown by themselves in either round.",
                hidden,
            )
        )


def _agreements(comparison: Comparison, names: Naming, t: Words) -> Iterator[Block]:
    yield Heading(2, t("What was agreed"))
    if not comparison.agreements:
        yield paragraph(t("Before this round nothing was agreed."))
        return
    for number, each in enumerate(comparison.agreements, start=1):
        yield Heading(3, f"{number}. {' '.join(each.agreement.sentence.split())}")
        yield paragraph(strong(label(KEPT, each.kept, t.language)), f" {still_right(each, t)}")
        yield from _who_says_what(each, names, t)
        if each.items:
            yield paragraph(
                t(
                    "What it is about: {counts}.",
                    counts=counted(Counter(item.move for item in each.items), t),
                )
            )
        for question in questions(each, t, names):
            yield paragraph(t("To talk about: "), question)


def _who_says_what(each: AgreementMove, names: Naming, t: Words) -> Iterator[Block]:
    """A row a party: is it still right, is it kept."""
    kept = {position.party: position for position in each.kept_by}
    right = {position.party: position for position in each.right_by}
    rows = tuple(
        (
            names.party(party),
            answered(right.get(party), about(each.agreement.id, "right"), names),
            answered(kept.get(party), about(each.agreement.id, "kept"), names),
        )
        for party in dict.fromkeys((*kept, *right))
    )
    # The last column stands out on the page: whether it is kept is what one looks for.
    yield Table((t("Party"), t("Still right?"), t("Kept?")), rows)


def _moves(comparison: Comparison, names: Naming, t: Words) -> Iterator[Block]:
    yield Heading(2, t("What moved"))
    if not comparison.items:
        yield paragraph(t("No question was asked in both rounds."))
        return
    then, now = comparison.rounds
    head = (t("Question"), t("Round {n}", n=then), t("Round {n}", n=now), t("How far apart"))
    for boundary in dict.fromkeys(item.boundary for item in comparison.items):
        about = [item for item in comparison.items if item.boundary == boundary]
        yield Heading(3, label(BOUNDARIES, boundary, names.language))
        yield Table(head, tuple(_row(item, names, t) for item in about))
        for item in about:
            if item.move in (Move.CLOSER, Move.FURTHER):
                title = names.title(names.item(item.item))
                yield paragraph(strong(f"{title}: "), f"{label(MOVES, item.move, t.language)}.")
                yield bullets(_who_moved(item, names, t))


def _row(item: ItemMove, names: Naming, t: Words) -> tuple[str, ...]:
    codes = (outcome_of(each, names) for each in (item.then, item.now))
    return (names.title(names.item(item.item)), *codes, how_far(item, names, t))


def _who_moved(item: ItemMove, names: Naming, t: Words) -> Iterator[Line]:
    """A line a party that has a position in both rounds: where it stood, and stands now."""
    asked = names.item(item.item)
    for party in item.parties:
        then, now = (
            next(p for p in each.positions if p.party == party) for each in (item.then, item.now)
        )
        was, stands = names.said(asked, then), names.said(asked, now)
        where = t("{now}, as before", now=stands) if was == stands else f"{was} → {stands}"
        yield line(f"{names.party(party)}: ", strong(where))


def _how_it_was_made(names: Naming, t: Words) -> Iterator[Block]:
    yield Heading(2, t("How this was made"))
    texts = [
        t(
            "In both rounds everybody had an answer sheet of their own. Before closing bart showed "
            "no participant what others said."
        ),
        t("What a round found is what its own report says."),
        t(
            "How far apart parties stand is counted over the parties that have a picture in both "
            "rounds. So a party that stays away brings nobody closer."
        ),
        t(
            "On a scale that is the steps between the highest and the lowest party. Elsewhere it "
            "is what parties do not name alike."
        ),
        t(
            "A party that is shown as a group keeps at a question what an earlier closing showed, "
            "until at least {k} people came, went or answered otherwise. Else the two rounds side "
            "by side would show what a few people said.",
            k=names.session.k,
        ),
        t("Whether an agreement is kept was asked of everybody it touches. It is no verdict."),
    ]
    yield bullets(line(text) for text in texts)
