"""Merging: sheets in, one picture and its conflicts out, whatever the order they come in.

Sheets of one participant form a join-semilattice: a sheet that was handed in stands above a
draft; within the same status each item keeps the answers of the highest revision, beside those of
tables, which have none; wiping stands above the answers up to the revision that it wiped. Joining
is therefore commutative, associative and idempotent, and no clock is asked anything.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from bart_tool.domain.answer import UNCHOSEN, UNREVISED, Answer
from bart_tool.domain.sheet import Conflict, Decision, Picture, Sheet, SheetStatus, fingerprint

# Of two choices about visibility the one that protects most stands.
_STRICTNESS: Mapping[str, int] = {UNCHOSEN: 0, "position": 1, "group": 2, "none": 3}

V = TypeVar("V")
Decided = Mapping[tuple[str, str, int], Sequence[Decision]]


def merge(sheets: Iterable[Sheet], decisions: Iterable[Decision] = ()) -> Picture:
    """One sheet a participant, and the items that a person must settle.

    Per participant and item the highest revision wins. Different answers of that same revision
    are a conflict, and so is what a table says otherwise; the item counts as unanswered until one
    of `decisions`, made of all of these, names the answer that stands. Two decisions that
    contradict each other decide nothing. A draft counts only where nothing was handed in.
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


def lay_out(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """The sheets of one participant as few as can be: they merge to the same, whatever joins them.

    The first is the sheet to go on with. Where answers contradict each other it holds the one that
    the first of `sheets` gives; the others hold one further answer to an item each.
    """
    if len(sheets) == 1 and not sheets[0].wiped:
        return (sheets[0],)
    counted = _counted(sheets)
    answers: dict[str, Answer] = {}
    others: list[dict[str, Answer]] = []
    wiped = _wiped(counted)
    for item, given in _by_item(counted).items():
        kept = _kept(given, wiped.get(item, 0))
        candidates = _candidates(kept, is_wiped=item in wiped)
        rest = list(kept)
        if candidates:
            wiped.pop(item, None)
            answers[item] = next(answer for answer in given if answer in candidates)
            rest.remove(answers[item])
        others.extend({} for _ in range(len(rest) - len(others)))
        for other, answer in zip(others, rest, strict=False):
            other[item] = answer
    header = _joined_header(counted)
    main = header.model_copy(update={"answers": _in_order(answers), "wiped": _in_order(wiped)})
    return main, *(
        header.model_copy(update={"answers": _in_order(other), "wiped": {}}) for other in others
    )


def _by_place(decisions: Iterable[Decision]) -> Decided:
    decided: dict[tuple[str, str, int], list[Decision]] = defaultdict(list)
    for decision in decisions:
        decided[decision.place].append(decision)
    return decided


def _join(sheets: Sequence[Sheet], decided: Decided) -> tuple[Sheet, list[Conflict]]:
    if len(sheets) == 1:
        return sheets[0], []
    counted = _counted(sheets)
    answers: dict[str, Answer] = {}
    conflicts: list[Conflict] = []
    wiped = _wiped(counted)
    for item, given in _by_item(counted).items():
        candidates = _candidates(_kept(given, wiped.get(item, 0)), is_wiped=item in wiped)
        if not candidates:
            continue
        wiped.pop(item, None)
        conflict = Conflict(counted[0].participant, item, candidates)
        standing = _settled(conflict, decided)
        if standing is not None:
            answers[item] = standing
        else:
            conflicts.append(conflict)
    update = {"answers": _in_order(answers), "wiped": _in_order(wiped)}
    return _joined_header(counted).model_copy(update=update), conflicts


def _counted(sheets: Sequence[Sheet]) -> Sequence[Sheet]:
    """The sheets that were handed in; the drafts when none was."""
    return [sheet for sheet in sheets if sheet.status is SheetStatus.SUBMITTED] or sheets


def _by_item(sheets: Sequence[Sheet]) -> dict[str, list[Answer]]:
    """What was answered to each item, by its key."""
    given: dict[str, list[Answer]] = defaultdict(list)
    for sheet in sheets:
        for item, answer in sheet.answers.items():
            given[item].append(answer)
    return _in_order(given)


def _wiped(sheets: Sequence[Sheet]) -> dict[str, int]:
    """Up to which revision each item's answers were wiped."""
    wiped: dict[str, int] = {}
    for sheet in sheets:
        for item, revision in sheet.wiped.items():
            wiped[item] = max(revision, wiped.get(item, 0))
    return wiped


def _kept(given: Sequence[Answer], wiped: int) -> tuple[Answer, ...]:
    """What may still stand of `given`, by fingerprint: the newest, and what tables say.

    What a table says is kept beside a newer answer, even where it says nothing else: another
    revision may come in later, and then it does.
    """
    revised = [answer.revision for answer in given if answer.revision > wiped]
    newest = max(revised, default=UNREVISED)
    return _different(answer for answer in given if answer.revision in (newest, UNREVISED))


def _candidates(kept: Sequence[Answer], *, is_wiped: bool) -> tuple[Answer, ...]:
    """Those of `kept` of which one must stand. What was wiped no table brings back."""
    if is_wiped and all(answer.revision == UNREVISED for answer in kept):
        return ()
    return tuple(
        answer
        for answer in kept
        if not any(other is not answer and _adds_nothing(answer, other) for other in kept)
    )


def _adds_nothing(answer: Answer, other: Answer) -> bool:
    """Whether a table's `answer` says nothing that `other` does not say too."""
    return (
        answer.revision == UNREVISED
        and (answer.value, answer.words) == (other.value, other.words)
        and answer.certainty in (None, other.certainty)
        and answer.note in ("", other.note)
        and (other.quote or not answer.quote)
    )


def _different(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    answers = tuple(answers)
    if len(answers) < 2:  # nearly always: then no mark is needed to tell them apart
        return answers
    different = {fingerprint(answer): answer for answer in answers}
    return tuple(different[mark] for mark in sorted(different))


def _settled(conflict: Conflict, decided: Decided) -> Answer | None:
    if len(conflict.answers) == 1:
        return conflict.answers[0]
    place = conflict.participant, conflict.item, conflict.revision
    answers = {fingerprint(answer): answer for answer in conflict.answers}
    chosen = {
        decision.chosen
        for decision in decided.get(place, ())
        if decision.chosen in answers
        and (not decision.among or answers.keys() <= {*decision.among})
    }
    return answers[chosen.pop()] if len(chosen) == 1 else None


def _joined_header(sheets: Sequence[Sheet]) -> Sheet:
    """What the sheets say outside their answers. Whoever merges has checked what must be equal."""
    strictest = max((sheet.consent for sheet in sheets), key=_STRICTNESS.__getitem__)
    said = max(sheet.session_id for sheet in sheets)  # one that does not say it is of here too
    first = min(sheets, key=lambda sheet: (sheet.party, sheet.question_set_hash, sheet.session))
    functions = sorted({sheet.function for sheet in sheets if sheet.function})
    return first.marked(said).model_copy(
        update={"consent": strictest, "function": functions[0] if functions else ""}
    )


def _in_order(by_item: Mapping[str, V]) -> dict[str, V]:
    return {item: by_item[item] for item in sorted(by_item)}
