"""Views of several closings, laid side by side, must not show what a few people said.

Whoever holds two views can subtract them. So what a view was made from is remembered apart from
everything that is published: per party and item a mark of each person's answer, from which no
answer can be read without the secret of the session. A party that is shown as a group, or ever
was, keeps on an item what was last published of it, until enough people changed
(docs/developer/method.md 5).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bart_tool.disclosure.marking import Marks
from bart_tool.disclosure.view import CLOSED, Answers, GroupAnswers, OpenAnswers, PublishedView


@dataclass(frozen=True)
class Closing:
    """A view that was shown, and what it was made from; None when that is lost or damaged.

    One view is there more than once when later closings showed the same. Closing 0 stands for all
    that was shown and of which nothing is known, but perhaps who was shown as what, and on which
    items; without items it is every one.
    """

    view: PublishedView
    marks: Marks | None


def without_open(view: PublishedView, party: str) -> PublishedView:
    """The view without an open `party`, each of whose counts holds a person's answer.

    What was shown of it as a group stays.
    """
    items = {
        item: {
            each: said
            for each, said in parties.items()
            if each != party or isinstance(said, GroupAnswers)
        }
        for item, parties in view.items.items()
    }
    return replace(view, items=items)


def kept(now: PublishedView, marks: Marks, earlier: Sequence[Closing], k: int) -> PublishedView:
    """The view `now` as it may stand beside the views that were shown before it.

    A party that is a group or `others`, or shares people with one that was in an earlier view,
    keeps on an item what was last published of it, and is closed there when nothing was; unless
    since *every* earlier view at least `k` codes came, left or answered that item differently. A
    party of which nobody counts any more has nothing to keep: that nobody does is told of it.
    Beside open counts even that is too much: that all of them changed tells what they say now.
    So between a group and an open party with the same people nothing new is shown (found by brute
    force; docs/developer/method.md 5 would show it).

    `earlier`: oldest first, those of finished rounds included. Where the marks of one are lost
    nobody can tell who changed, and such a party keeps what it had on the items of that view.
    """
    closings = [closing.view.closing for closing in earlier if closing.view.round == now.round]
    view = replace(now, closing=max(closings, default=0) + 1)
    items = {
        item: {
            party: _beside(item, party, answers, view, marks, earlier, k)
            for party, answers in parties.items()
        }
        for item, parties in now.items.items()
    }
    return replace(view, items=items)


def shown(now: PublishedView, marks: Marks, earlier: Sequence[Closing], k: int) -> PublishedView:
    """The view `now` as it is shown after all `earlier` ones; the last one where it says the same.

    So nobody sees whether nothing changed, or less than may be seen. Parameters as of `kept`.
    """
    view = kept(now, marks, earlier, k)
    before = [c.view for c in earlier if c.view.round == now.round and c.view.closing]
    before = [each for each in before if each.items]
    return before[-1] if before and _says_the_same(view, before[-1]) else view


def _says_the_same(one: PublishedView, other: PublishedView) -> bool:
    """Whether two views show the same, wherever what they show was kept from."""
    return one.parties == other.parties and _plain(one) == _plain(other)


def _plain(view: PublishedView) -> dict[str, dict[str, Answers]]:
    return {
        item: {party: replace(each, kept_from=None) for party, each in parties.items()}
        for item, parties in view.items.items()
    }


def _beside(
    item: str,
    party: str,
    answers: Answers,
    now: PublishedView,
    marks: Marks,
    earlier: Sequence[Closing],
    k: int,
) -> Answers:
    if _nobody_counts(now, party):
        return answers
    here = _people(marks, party, item)
    is_group = _visibility(now, party) == "group"
    for closing in earlier:
        if closing.marks is None:
            asked = closing.view.items
            was_shown = item in asked if asked else closing.view.closing == 0
            if was_shown and (is_group or _ever_closed(party, earlier)):
                return _last(item, party, earlier)
            continue
        for other, before in _sharing(item, party, here, closing):
            was_group = _visibility(closing.view, other) == "group"
            changed = {c for c in {*before, *here} if before.get(c) != here.get(c)}
            if is_group != was_group or (is_group and len(changed) < k):
                return _last(item, party, earlier)
    return answers


def _sharing(
    item: str, party: str, here: Mapping[str, bytes], closing: Closing
) -> Iterator[tuple[str, Mapping[str, bytes]]]:
    """The parties of an earlier view to compare with: the same one, or one that shares people."""
    marks = closing.marks or {}
    if item not in closing.view.items and not any(item in items for items in marks.values()):
        return  # it was not asked then: nothing of it was shown
    for other in marks:
        before = _people(marks, other, item)
        if other == party or not before.keys().isdisjoint(here):
            yield other, before


def _people(marks: Marks, party: str, item: str) -> Mapping[str, bytes]:
    """The people of `party` who have a mark on `item`, each with it."""
    return marks[party].get(item, {}) if party in marks else {}


def _visibility(view: PublishedView, party: str) -> str:
    return next((each.visibility for each in view.parties if each.party == party), "withheld")


def _nobody_counts(view: PublishedView, party: str) -> bool:
    """Whether the view itself tells that nobody of `party` counts: it holds nothing of them."""
    return any(each.party == party and not each.answered for each in view.parties)


def _ever_closed(party: str, earlier: Sequence[Closing]) -> bool:
    return any(_visibility(closing.view, party) != "position" for closing in earlier)


def _last(item: str, party: str, earlier: Sequence[Closing]) -> Answers:
    """What was last published of `party` on `item`, without words; closed when nothing was.

    The words of then are not said again: somebody in the party may want to be a group since. Where
    it was closed it is, and not said to be so since then: that would tell that few changed.
    """
    for closing in reversed(earlier):
        before = closing.view.items.get(item, {}).get(party)
        if before is not None and not _nobody_counts(closing.view, party):
            if before == CLOSED:
                return CLOSED
            first = before.kept_from or (closing.view.round, closing.view.closing)
            if isinstance(before, GroupAnswers):
                return replace(before, kept_from=first)
            return OpenAnswers(before.tally, kept_from=first)
    return CLOSED
