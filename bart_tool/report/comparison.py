"""Two rounds side by side, in words: what was agreed and is kept, and what moved."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bart_tool.domain.base import Language
from bart_tool.domain.comparison import (
    AgreementMove,
    AgreementOutcome,
    Comparison,
    ItemMove,
    Move,
    PartyMove,
)
from bart_tool.domain.findings import ItemFinding, Position
from bart_tool.report.about import who_may_read
from bart_tool.report.document import (
    Block,
    Bullets,
    Document,
    Heading,
    Line,
    Table,
    line,
    paragraph,
    strong,
)
from bart_tool.report.pattern_texts import PATTERNS
from bart_tool.wording.labels import BOUNDARIES, CODES, label
from bart_tool.wording.naming import Naming, lower_first, upper_first
from bart_tool.wording.translation import N_, Words, words

MOVES = {
    Move.CLOSER: N_("closer together"),
    Move.FURTHER: N_("further apart"),
    Move.SAME: N_("as far apart as before"),
    Move.NOT_COMPARED: N_("cannot be compared"),
}
KEPT = {
    AgreementOutcome.YES: N_("Agreed, and kept, the parties say."),
    AgreementOutcome.PARTLY: N_("Agreed, and partly kept, the parties say."),
    AgreementOutcome.NO: N_("Agreed, and not kept, the parties say."),
    AgreementOutcome.DIFFERS: N_("Agreed. Whether it is kept, the parties see differently."),
    AgreementOutcome.NO_ANSWER: N_("Agreed. Whether it is kept, no party says."),
    AgreementOutcome.NOT_ASKED: N_("Whether it is kept was not asked in this round."),
}
RIGHT = {
    AgreementOutcome.YES: N_("The parties say that it is still right."),
    AgreementOutcome.PARTLY: N_("Not every party says that it is still wholly right."),
    AgreementOutcome.NO: N_("The parties say that it is not right any more."),
    AgreementOutcome.DIFFERS: N_("Whether it is still right, the parties see differently."),
}
# Whoever sees one of these has something to talk about.
_OPEN = frozenset({AgreementOutcome.PARTLY, AgreementOutcome.NO, AgreementOutcome.DIFFERS})
_NOT_KEPT = PATTERNS["decision-not-kept"]  # its question is the one to ask here too (F3)


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
    yield Bullets(tuple(line(each) for each in short_lines(comparison, names.language)))


def short_lines(comparison: Comparison, language: Language) -> Iterator[str]:
    """How many agreements are kept, and how many items moved which way, a sentence each."""
    t = words(language)
    asked = [each for each in comparison.agreements if each.kept is not AgreementOutcome.NOT_ASKED]
    if asked:
        yield t.plural(
            "Of {number} agreement, the parties say: {counts}.",
            "Of {number} agreements, the parties say: {counts}.",
            len(asked),
            counts=t.listed(list(_kept_or_not(asked, t))),
        )
    for boundary in comparison.boundaries:
        moves = Counter(boundary.moves)
        yield f"{label(BOUNDARIES, boundary.boundary, language)}: {_counted(moves, t)}."


def _kept_or_not(agreements: Sequence[AgreementMove], t: Words) -> Iterator[str]:
    went = Counter(each.kept for each in agreements)
    if went[AgreementOutcome.YES]:
        yield t.plural("{number} is kept", "{number} are kept", went[AgreementOutcome.YES])
    if went[AgreementOutcome.PARTLY]:
        yield t.plural(
            "{number} is partly kept", "{number} are partly kept", went[AgreementOutcome.PARTLY]
        )
    if went[AgreementOutcome.NO]:
        yield t.plural("{number} is not kept", "{number} are not kept", went[AgreementOutcome.NO])
    if went[AgreementOutcome.DIFFERS]:
        yield t("on {number} the parties differ", number=went[AgreementOutcome.DIFFERS])
    if went[AgreementOutcome.NO_ANSWER]:
        yield t("on {number} there is no answer", number=went[AgreementOutcome.NO_ANSWER])


def _counted(moves: Mapping[Move, int], t: Words) -> str:
    """`2 questions closer together and 1 question further apart`."""
    return t.listed(
        [
            t.plural(
                "{number} question {moved}",
                "{number} questions {moved}",
                moves[move],
                moved=t(text),
            )
            for move, text in MOVES.items()
            if moves[move]
        ]
    )


def _who_took_part(comparison: Comparison, names: Naming, t: Words) -> Iterator[Block]:
    yield Heading(2, t("Who took part"))
    shown = [party for party in comparison.parties if not _is_hidden(party)]
    yield Bullets(tuple(line(f"{names.party(p.party)}: ", _turnout(p, t)) for p in shown))
    hidden = len(comparison.parties) - len(shown)
    if hidden:
        yield paragraph(
            t.plural(
                "{number} party is not shown by itself in either round.",
                "{number} parties are not shown by themselves in either round.",
                hidden,
            )
        )


def _is_hidden(party: PartyMove) -> bool:
    return all(each is None or each.visibility == "withheld" for each in (party.then, party.now))


def _turnout(party: PartyMove, t: Words) -> str:
    """`6 of 7 → 5 of 7`, and whether it came or went."""
    numbers = " → ".join(
        t("not invited")
        if each is None
        else t("not shown by itself")
        if each.visibility == "withheld"
        else t("{n} of {invited}", n=each.answered, invited=each.invited)
        for each in (party.then, party.now)
    )
    before = party.then is not None and party.then.answered > 0
    after = party.now is not None and party.now.answered > 0
    if before and not after:
        return t("{numbers}: took part before, and not now", numbers=numbers)
    if after and not before:
        return t("{numbers}: takes part now, and did not before", numbers=numbers)
    return numbers


def _agreements(comparison: Comparison, names: Naming, t: Words) -> Iterator[Block]:
    yield Heading(2, t("What was agreed"))
    if not comparison.agreements:
        yield paragraph(t("Before this round nothing was agreed."))
        return
    for number, each in enumerate(comparison.agreements, start=1):
        yield Heading(3, f"{number}. {' '.join(each.agreement.sentence.split())}")
        yield paragraph(strong(t(KEPT[each.kept])), *_still_right(each, t))
        yield from _who_says_what(each, names, t)
        if each.items:
            yield paragraph(
                t(
                    "What it is about: {counts}.",
                    counts=_counted(Counter(item.move for item in each.items), t),
                )
            )
        for question in _questions(each, t, names):
            yield paragraph(t("To talk about: "), question)


def _still_right(each: AgreementMove, t: Words) -> list[str]:
    return [" " + t(RIGHT[each.right])] if each.right in RIGHT else []


def _who_says_what(each: AgreementMove, names: Naming, t: Words) -> Iterator[Block]:
    """A row a party: is it still right, is it kept."""
    kept = {position.party: position for position in each.kept_by}
    right = {position.party: position for position in each.right_by}
    rows = tuple(
        (
            names.party(party),
            _answer(right.get(party), names, t),
            _answer(kept.get(party), names, t),
        )
        for party in dict.fromkeys((*kept, *right))
    )
    # The last column stands out on the page: whether it is kept is what one looks for.
    yield Table((t("Party"), t("Still right?"), t("Kept?")), rows)


def _answer(position: Position | None, names: Naming, t: Words) -> str:
    if position is None or not position.n:
        return t("no answer")
    number = names.of(position)
    if position.middle is None:
        unknown = t("does not know")
        return f"{unknown} ({number})"
    low, high = (t(_LEVELS[level]) for level in position.middle)
    said = low if low == high else t("{low} / {high}", low=low, high=high)
    return f"{said} ({number})"


_LEVELS = (N_("no"), N_("partly"), N_("yes"))


def _questions(each: AgreementMove, t: Words, names: Naming) -> Iterator[str]:
    """What to talk about: never whose fault it is."""
    if each.kept in _OPEN:
        yield names.t(_NOT_KEPT[2])
    if each.right in _OPEN:
        yield t("What should this agreement say from now on?")


def _moves(comparison: Comparison, names: Naming, t: Words) -> Iterator[Block]:
    yield Heading(2, t("What moved"))
    if not comparison.items:
        yield paragraph(t("No question was asked in both rounds."))
        return
    then, now = comparison.rounds
    head = (
        t("Question"),
        t("Round {n}", n=then),
        t("Round {n}", n=now),
        t("How far apart"),
    )
    for boundary in dict.fromkeys(item.boundary for item in comparison.items):
        about = [item for item in comparison.items if item.boundary == boundary]
        yield Heading(3, label(BOUNDARIES, boundary, names.language))
        yield Table(head, tuple(_row(item, names, t) for item in about))
        for item in about:
            if item.move in (Move.CLOSER, Move.FURTHER):
                title = names.title(names.item(item.item))
                yield paragraph(strong(f"{title}: "), f"{t(MOVES[item.move])}.")
                yield Bullets(tuple(_who_moved(item, names, t)))


def _row(item: ItemMove, names: Naming, t: Words) -> tuple[str, ...]:
    codes = (_code(each, names) for each in (item.then, item.now))
    return (names.title(names.item(item.item)), *codes, _how_far(item, names, t))


def _code(finding: ItemFinding, names: Naming) -> str:
    return label(CODES, finding.code or "too-few", names.language)


def _how_far(item: ItemMove, names: Naming, t: Words) -> str:
    """In words; on a scale with the steps, and over which parties when not all have both."""
    said = t(MOVES[item.move])
    if item.now.compared == "level" and item.apart_then is not None and item.apart_now is not None:
        steps = t.plural(
            "{steps} step", "{steps} steps", _plural(item.apart_now), steps=t.number(item.apart_now)
        )
        if item.move is not Move.SAME:
            steps = f"{t.number(item.apart_then)} → {steps}"
        said = f"{said}: {steps}"
    everybody = {
        p.party for each in (item.then, item.now) for p in each.positions if p.has_position
    }
    if item.parties and everybody - set(item.parties):
        parties = names.t.listed([names.party(party) for party in item.parties])
        return t("{said} (over {parties})", said=said, parties=parties)
    return said


def _plural(steps: float) -> int:
    return 1 if steps == 1 else 2


def _who_moved(item: ItemMove, names: Naming, t: Words) -> Iterator[Line]:
    """A line a party that has a position in both rounds: where it stood, and stands now."""
    asked = names.item(item.item)
    for party in item.parties:
        then, now = (
            next(p for p in each.positions if p.party == party) for each in (item.then, item.now)
        )
        was, standings = names.position(asked, then), names.position(asked, now)
        where = t("{now}, as before", now=standings) if was == standings else f"{was} → {standings}"
        yield line(
            f"{names.party(party)}: ", strong(where), f" ({names.of(then)} → {names.of(now)})"
        )


def _how_it_was_made(names: Naming, t: Words) -> Iterator[Block]:
    yield Heading(2, t("How this was made"))
    texts = [
        t("Both rounds were answered alone, on paper or screen. Nobody saw what others said."),
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
            "A party of which somebody wants to be shown only as a group stands at a question only "
            "when the same people answered it as before, or at least {k} people came or went. "
            "Else the two rounds would show what a few people said.",
            k=names.session.k,
        ),
        t("Whether an agreement is kept was asked of everybody it touches. It is no verdict."),
    ]
    yield Bullets(tuple(line(text) for text in texts))


def summary(comparison: Comparison, names: Naming) -> Iterator[str]:
    """The comparison in a dozen lines, for a terminal."""
    t = words(names.language)
    then, now = comparison.rounds
    wijk = names.session.title or names.session.session
    yield t("What moved in {wijk}? Round {then} and round {now}", wijk=wijk, then=then, now=now)
    yield ", ".join(
        f"{names.party(party.party)}: {_turnout(party, t)}"
        for party in comparison.parties
        if not _is_hidden(party)
    )
    yield ""
    yield t("What was agreed")
    for number, each in enumerate(comparison.agreements, start=1):
        yield f"  {number}. {' '.join(each.agreement.sentence.split())}"
        yield "     " + " ".join(
            (t(KEPT[each.kept]), *(text.strip() for text in _still_right(each, t)))
        )
    if not comparison.agreements:
        yield "  -"
    yield ""
    yield t("What moved")
    for item in comparison.items:
        codes = [lower_first(_code(each, names)) for each in (item.then, item.now)]
        yield f"  - {names.title(names.item(item.item))}: {_how_far(item, names, t)}"
        yield f"    {codes[0]} → {codes[1]}"
    if not comparison.items:
        yield "  " + t("No question was asked in both rounds.")
