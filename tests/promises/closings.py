"""What was published at each closing, beside what was published before (method 5.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Sheet
from tests.promises.reckoned import Reckoner, Shown, Stand, shown


@dataclass(frozen=True)
class Closed:
    """One closing: the sheets as they lay there, and what was published of each item."""

    number: tuple[int, int]  # round and closing
    parties: Sequence[Shown]
    items: Mapping[str, Mapping[str, Stand]]


def closing(
    asked: QuestionSet, session: Session, sheets: Sequence[Sheet], before: Sequence[Closed]
) -> Closed:
    """What is published at a closing, beside what was published before (5.3)."""
    parties = shown(session, sheets)
    reckoner = Reckoner(asked, session.k)
    number = (
        session.round,
        1 + max((c.number[1] for c in before if c.number[0] == session.round), default=0),
    )
    items = {
        item.key: {
            party.party: _in_time(item, party, _alone(reckoner, item, party), before, session.k)
            for party in parties
            if party.how != "withheld"
            and (party.kind == "others" or asked.asked_of(item, party.kind))
        }
        for item in asked.items
    }
    return Closed(number, parties, items)


def _alone(reckoner: Reckoner, item: Item, party: Shown) -> Stand:
    """What is published of one closing by itself: not of a group what half a step would tell."""
    now, unless = reckoner.stand(item, party), item.question.unless
    before = unless and reckoner.asked.by_key.get(
        item.key.replace(item.question.id, unless.question, 1)
    )
    if party.how != "group" or not unless or not before:
        return now
    stands, levels = reckoner.stand(before, party).median, reckoner.levels(before)
    if stands is None or stands % 1 == 0 or abs(levels.index(unless.value) - stands) > 1 / 2:
        return now
    return Stand(party.party, party.kind, "closed", party.invited)


def _said(item: Item, party: Shown) -> dict[str, object]:
    """Code -> what was chosen, of who gave an answer."""
    return {
        sheet.participant: frozenset(value) if isinstance(value, dict) else value
        for sheet in party.sheets
        if item.key in sheet.answers and (value := sheet.answers[item.key].value) != "prefer-not"
    }


def _in_time(item: Item, party: Shown, now: Stand, before: Sequence[Closed], k: int) -> Stand:
    """What stays as it was shown, until at least k people changed since every closing (5.3.3)."""
    if not party.sheets:  # that nobody counts is told; what they said once they do not say now
        return now
    here = _said(item, party)
    for earlier in before:
        if item.key not in earlier.items:  # it was not asked then
            continue
        for other in earlier.parties:
            if other.how == "withheld" or not other.sheets:  # nobody's answer was shown
                continue
            there = _said(item, other)
            if other.party != party.party and not there.keys() & here.keys():
                continue
            was, is_group = other.how == "group", party.how == "group"
            changed = {code for code in {*there, *here} if there.get(code) != here.get(code)}
            if was != is_group or (is_group and len(changed) < k):
                return _last(item, party, before)
    return now


def _last(item: Item, party: Shown, before: Sequence[Closed]) -> Stand:
    for earlier in reversed(before):
        found = earlier.items.get(item.key, {}).get(party.party)
        is_gone = any(each.party == party.party and not each.sheets for each in earlier.parties)
        if found is not None and not is_gone:
            if found.kept or found.standing == "closed":  # since when it is closed is not said
                return found
            then = next(each for each in earlier.parties if each.party == party.party)
            return replace(found, kept=earlier.number, shown_then=then)
    return Stand(party.party, party.kind, "closed", party.invited)
