"""Merging: sheets in, one picture and its conflicts out, whatever the order they come in.

Sheets of one participant form a join-semilattice: a sheet that was handed in stands above a
draft; within the same status each item keeps the answers of the highest revision, and wiping
stands above the answers up to the revision that it wiped. Joining is therefore commutative,
associative and idempotent, and no clock is asked anything.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from bart_tool.domain.answer import (
    Answer,
    Conflict,
    Consent,
    Decision,
    Picture,
    Sheet,
    SheetStatus,
    fingerprint,
)

# Of two choices about visibility the one that protects most stands.
_STRICTNESS: Mapping[Consent, int] = {"position": 0, "group": 1, "none": 2}

V = TypeVar("V")
Decided = Mapping[tuple[str, str, int], frozenset[str]]


def merge(sheets: Iterable[Sheet], decisions: Iterable[Decision] = ()) -> Picture:
    """One sheet a participant, and the items that a person must settle.

    Per participant and item the highest revision wins. Different answers of that same revision
    are a conflict, and the item counts as unanswered until one of `decisions` names the answer
    that stands; two decisions that contradict each other decide nothing. A draft counts only
    where nothing was handed in.
    """
    by_participant: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        by_participant[sheet.participant].append(sheet)
    decided = _by_place(decisions)
    merged: list[Sheet] = []
    conflicts: list[Conflict] = []
    for code in sorted(by_participant):
        sheet, open_conflicts = _join(by_participant[code], decided)
        merged.append(sheet)
        conflicts.extend(open_conflicts)
    return Picture(tuple(merged), tuple(conflicts))


def as_sheets(picture: Picture) -> tuple[Sheet, ...]:
    """Sheets that merge to `picture` again: what to store so that nothing is lost.

    Each participant has one sheet, and for every further answer of a conflict one more that
    holds only that answer.
    """
    conflicts: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in picture.conflicts:
        conflicts[conflict.participant].append(conflict)
    stored: list[Sheet] = []
    for sheet in picture.sheets:
        held = conflicts[sheet.participant]
        first = {conflict.item: conflict.answers[0] for conflict in held}
        stored.append(sheet.model_copy(update={"answers": _in_order({**sheet.answers, **first})}))
        stored.extend(
            sheet.model_copy(update={"answers": {conflict.item: answer}})
            for conflict in held
            for answer in conflict.answers[1:]
        )
    return tuple(stored)


def _by_place(decisions: Iterable[Decision]) -> Decided:
    chosen: dict[tuple[str, str, int], frozenset[str]] = {}
    for decision in decisions:
        before = chosen.get(decision.place, frozenset())
        chosen[decision.place] = before | {decision.chosen}
    return chosen


def _join(sheets: Sequence[Sheet], decided: Decided) -> tuple[Sheet, list[Conflict]]:
    if len(sheets) == 1:
        return sheets[0], []
    handed_in = [sheet for sheet in sheets if sheet.status is SheetStatus.SUBMITTED]
    counted = handed_in or sheets
    answers: dict[str, Answer] = {}
    conflicts: list[Conflict] = []
    wiped = _wiped(counted)
    for item in sorted({item for sheet in counted for item in sheet.answers}):
        given = [sheet.answers[item] for sheet in counted if item in sheet.answers]
        candidates = _newest([a for a in given if a.revision > wiped.get(item, 0)])
        if not candidates:
            continue
        wiped.pop(item, None)
        standing = _settled(counted[0].participant, item, candidates, decided)
        if standing is not None:
            answers[item] = standing
        else:
            conflicts.append(Conflict(counted[0].participant, item, candidates))
    update = {"answers": _in_order(answers), "wiped": _in_order(wiped)}
    return _joined_header(counted).model_copy(update=update), conflicts


def _wiped(sheets: Sequence[Sheet]) -> dict[str, int]:
    """Up to which revision each item's answers were wiped."""
    wiped: dict[str, int] = {}
    for sheet in sheets:
        for item, revision in sheet.wiped.items():
            wiped[item] = max(revision, wiped.get(item, 0))
    return wiped


def _newest(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """The different answers of the highest revision, in the order of their fingerprints."""
    highest = max((answer.revision for answer in answers), default=0)
    different = {fingerprint(answer): answer for answer in answers if answer.revision == highest}
    return tuple(different[mark] for mark in sorted(different))


def _settled(
    participant: str, item: str, candidates: tuple[Answer, ...], decided: Decided
) -> Answer | None:
    if len(candidates) == 1:
        return candidates[0]
    chosen = decided.get((participant, item, candidates[0].revision), frozenset())
    standing = [answer for answer in candidates if fingerprint(answer) in chosen]
    return standing[0] if len(standing) == 1 else None


def _joined_header(sheets: Sequence[Sheet]) -> Sheet:
    """What the sheets say outside their answers. Whoever merges has checked what must be equal."""
    strictest = max((sheet.consent for sheet in sheets), key=_STRICTNESS.__getitem__)
    first = min(sheets, key=lambda sheet: (sheet.party, sheet.question_set_hash, sheet.session))
    functions = sorted({sheet.function for sheet in sheets if sheet.function})
    return first.model_copy(
        update={"consent": strictest, "function": functions[0] if functions else ""}
    )


def _in_order(by_item: Mapping[str, V]) -> dict[str, V]:
    return {item: by_item[item] for item in sorted(by_item)}
