"""Two rounds side by side, in sentences: what was agreed and is kept, and what moved."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bart_tool.domain.base import Language
from bart_tool.domain.findings import (
    AgreementMove,
    AgreementOutcome,
    Comparison,
    ItemFinding,
    ItemMove,
    Move,
    PartyMove,
    Position,
)
from bart_tool.wording.labels import (
    BOUNDARIES,
    CODES,
    KEPT,
    MOVES,
    PATTERN_QUESTIONS,
    RIGHT,
    label,
)
from bart_tool.wording.naming import Naming, lower_first
from bart_tool.wording.translation import Words, words

# Whoever sees one of these has something to talk about.
_OPEN = frozenset({AgreementOutcome.PARTLY, AgreementOutcome.NO, AgreementOutcome.DIFFERS})


def short_lines(comparison: Comparison, language: Language) -> Iterator[str]:
    """How many agreements are kept, and how many items moved which way, a sentence each."""
    t = words(language)
    asked = [each for each in comparison.agreements if each.kept is not AgreementOutcome.NOT_ASKED]
    if asked:
        yield t.plural(
            "Of {number} agreement the parties with a picture say: {counts}.",
            "Of {number} agreements the parties with a picture say: {counts}.",
            len(asked),
            counts=t.listed(list(_kept_or_not(asked, t))),
        )
    for boundary in comparison.boundaries:
        moves = Counter(boundary.moves)
        yield f"{label(BOUNDARIES, boundary.boundary, language)}: {counted(moves, t)}."


def _kept_or_not(agreements: Sequence[AgreementMove], t: Words) -> Iterator[str]:
    went = Counter(each.kept for each in agreements)
    if went[AgreementOutcome.YES]:
        yield t.plural("{number} is kept", "{number} are kept", went[AgreementOutcome.YES])
    if went[AgreementOutcome.PARTLY]:
        yield t.plural(
            "{number} is not wholly kept",
            "{number} are not wholly kept",
            went[AgreementOutcome.PARTLY],
        )
    if went[AgreementOutcome.NO]:
        yield t.plural("{number} is not kept", "{number} are not kept", went[AgreementOutcome.NO])
    if went[AgreementOutcome.DIFFERS]:
        yield t("on {number} the parties differ", number=went[AgreementOutcome.DIFFERS])
    if went[AgreementOutcome.NO_ANSWER]:
        yield t("on {number} nobody can tell", number=went[AgreementOutcome.NO_ANSWER])


def counted(moves: Mapping[Move, int], t: Words) -> str:
    """`2 questions closer together and 1 question further apart`."""
    return t.listed(
        [
            t.plural(
                "{number} question {moved}",
                "{number} questions {moved}",
                moves[move],
                moved=label(MOVES, move, t.language),
            )
            for move in Move
            if moves[move]
        ]
    )


def is_hidden(party: PartyMove) -> bool:
    """Whether a party is shown by itself in neither round."""
    return all(each is None or each.visibility == "withheld" for each in (party.then, party.now))


def turnout(party: PartyMove, t: Words) -> str:
    """`6 of 7 → 5 of 7`, and whether it came or went: how many of its people count."""
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
        return t("{numbers}: counted before, and not now", numbers=numbers)
    if after and not before:
        return t("{numbers}: counts now, and did not before", numbers=numbers)
    return numbers


def still_right(each: AgreementMove, t: Words) -> str:
    """Whether it is still right; empty where that was not asked, or nobody says."""
    is_said = each.right is AgreementOutcome.YES or each.right in _OPEN
    return label(RIGHT, each.right, t.language) if is_said else ""


def answered(position: Position | None, key: str, names: Naming) -> str:
    """What a party says of an agreement, which is asked in item `key`, and how many say so."""
    if position is None:
        return names.t("no answer")
    return names.said(names.item(key), position)


def questions(each: AgreementMove, t: Words, names: Naming) -> Iterator[str]:
    """What to talk about, never whose fault it is.

    They stand on an outcome that is open: partly, no, or seen differently.
    """
    if each.kept in _OPEN:
        yield label(PATTERN_QUESTIONS, "decision-not-kept", names.language)
    if each.right in _OPEN:
        yield t("What should this agreement say from now on?")


def outcome_of(finding: ItemFinding, names: Naming) -> str:
    """The code of an item in a round; without one there were too few answers."""
    return label(CODES, finding.code or "too-few", names.language)


def how_far(item: ItemMove, names: Naming, t: Words) -> str:
    """In words; on a scale with the steps, and over which parties when not all have both."""
    said = label(MOVES, item.move, names.language)
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
    if item.move is not Move.NOT_COMPARED and everybody - set(item.parties):
        parties = names.t.listed([names.party(party) for party in item.parties])
        return t("{said} (over {parties})", said=said, parties=parties)
    return said


def _plural(steps: float) -> int:
    return 1 if steps == 1 else 2


def summary(comparison: Comparison, names: Naming) -> Iterator[str]:
    """The comparison in a dozen lines, for a terminal."""
    t = words(names.language)
    then, now = comparison.rounds
    wijk = names.session.title or names.session.session
    yield t("What moved in {wijk}? Round {then} and round {now}", wijk=wijk, then=then, now=now)
    yield ", ".join(
        f"{names.party(party.party)}: {turnout(party, t)}"
        for party in comparison.parties
        if not is_hidden(party)
    )
    yield ""
    yield t("What was agreed")
    for number, each in enumerate(comparison.agreements, start=1):
        yield f"  {number}. {' '.join(each.agreement.sentence.split())}"
        yield f"     {label(KEPT, each.kept, names.language)} {still_right(each, t)}".rstrip()
    if not comparison.agreements:
        yield "  -"
    yield ""
    yield t("What moved")
    for item in comparison.items:
        codes = [lower_first(outcome_of(each, names)) for each in (item.then, item.now)]
        yield f"  - {names.title(names.item(item.item))}: {how_far(item, names, t)}"
        yield f"    {codes[0]} → {codes[1]}"
    if not comparison.items:
        yield "  " + t("No question was asked in both rounds.")
