"""Coorientation: whether parties agree, and each expects them to (docs/developer/method.md 4.3)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bart_tool.analysis import measures
from bart_tool.analysis.item_table import Cell
from bart_tool.analysis.positions import Standing, position
from bart_tool.disclosure.view import OpenAnswers
from bart_tool.domain.findings import OTHERS, Expectation, ExpectationCode, Position
from bart_tool.domain.set_parts import Guess, Thresholds


def coorientation(
    guesses: Sequence[Guess],
    own: Mapping[str, Cell],
    guessed: Mapping[str, Cell],
    thresholds: Thresholds,
) -> Iterator[Expectation]:
    """Per guess, every party that guessed beside every party it is about, in their order.

    `own`: item -> where the parties stand themselves; `guessed`: guess -> where they say the other
    stands. Both hold only parties that may be shown on that item, so a pair of which either side
    is withheld there is left out, and so is one in which somebody has no position. `others` is no
    party by itself: nobody guessed about it, and some of it may be guessed about.
    """
    for guess in guesses:
        cell, about = own[guess.item], guessed[guess.key]
        here = {standing.party: standing for standing in cell.placed}
        for expected in about.placed:
            mine = here.get(expected.party)
            if mine is None or expected.party == OTHERS:
                continue
            words = about.answers[mine.party]
            quotes: tuple[str, ...] = ()
            silent = 0
            if isinstance(words, OpenAnswers):
                quotes, silent = words.quotes, words.remarks
            for theirs in cell.placed:
                if theirs.kind == guess.about:
                    standings = (mine, expected, theirs)
                    found = _expectation(guess, cell, about, standings, thresholds)
                    yield replace(found, quotes=quotes, remarks=silent)
                    quotes, silent = (), 0  # said once, also where the kind has several parties


def _expectation(
    guess: Guess,
    cell: Cell,
    about: Cell,
    standings: tuple[Standing, Standing, Standing],
    thresholds: Thresholds,
) -> Expectation:
    own, expected, theirs = standings
    line = cell.measure.line
    do_agree = agree(own, theirs, line, thresholds)
    expects = agree(own, expected, line, thresholds)
    return Expectation(
        item=guess.item,
        party=own.party,
        about=theirs.party,
        code=code_of(do_agree, expects),
        agree=do_agree,
        expects_agreement=expects,
        accurate=agree(expected, theirs, line, thresholds),
        own=_shown(cell, own),
        guess=_shown(about, expected),
        theirs=_shown(cell, theirs),
    )


def agree(one: Standing, other: Standing, line: float | None, thresholds: Thresholds) -> bool:
    """Whether two positions would be no `gap` or more (docs/developer/method.md 4.5).

    On a scale: fewer than `thresholds.gap` steps apart, and not strictly on both sides of the
    decision line. Else: their most-chosen options have something in common; `nobody` is one, and
    own words (`other`) are never the same as another's. A slight difference still agrees.

    Example, on the mandate scale (line 2.5, gap 2): the wijkraad stands at 2 (advises), expects
    the wijkmanager at 2, and the wijkmanager stands at 3 (co-decides). Own against guess: 0 steps,
    it expects agreement. Own against theirs: 1 step, but across the line, so they differ:
    apparent agreement. Had the wijkmanager stood at 1, they would have agreed.

    >>> council = Standing("wijkraad", "wijkraad", "position", median=2.0)
    >>> manager = Standing("wijkmanager", "wijkmanager", "position", median=3.0)
    >>> agree(council, manager, 2.5, Thresholds()), agree(council, manager, None, Thresholds())
    (False, True)
    """
    if one.median is not None and other.median is not None:
        medians = (one.median, other.median)
        near = abs(one.median - other.median) < thresholds.gap
        return near and not measures.straddles(medians, line)
    return not one.top.isdisjoint(other.top)


def code_of(do_agree: bool, expects_agreement: bool) -> ExpectationCode:
    """The name of what is and what is expected.

    >>> code_of(do_agree=False, expects_agreement=True).value
    'apparent-agreement'
    """
    if do_agree:
        return (
            ExpectationCode.SHARED_PICTURE
            if expects_agreement
            else ExpectationCode.APPARENT_DIFFERENCE
        )
    return (
        ExpectationCode.APPARENT_AGREEMENT
        if expects_agreement
        else ExpectationCode.KNOWN_DIFFERENCE
    )


def _shown(cell: Cell, standing: Standing) -> Position:
    party = next(party for party in cell.parties if party.party == standing.party)
    return position(party, standing, cell.answers[party.party], cell.measure, cell.item.subject)
