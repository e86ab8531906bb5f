"""The published views of a round: every closing of it, in view.yaml.

The file holds nothing that may not be printed (docs/developer/method.md 5).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from pydantic import Field, ValidationError

from bart_tool.disclosure.in_time import Closing, without_open
from bart_tool.disclosure.tally import Tally, Vote, vote_of
from bart_tool.disclosure.view import Answers, GroupAnswers, OpenAnswers, PublishedView
from bart_tool.domain.answer import Tag
from bart_tool.domain.base import Frozen
from bart_tool.domain.findings import PartyFinding, Visibility
from bart_tool.store import marks, sealed
from bart_tool.store.locations import VIEW_FILE
from bart_tool.store.marks import Marked, held
from bart_tool.store.plain_file import is_copy
from bart_tool.store.stored_session import StoredSession


class _Vote(Frozen):
    people: int
    value: str = ""
    options: dict[str, Tag] | None = None


class _Known(Frozen):
    """What is known of a party on an item: of an open one its answers, of a group its standing."""

    votes: tuple[_Vote, ...] = ()
    certainty: dict[str, int] = Field(default_factory=dict)
    quotes: tuple[str, ...] = ()
    remarks: int = 0
    standing: Literal["position", "unknown", "closed"] | None = None
    position: tuple[str, ...] = ()
    kept_from: tuple[int, int] | None = None


class _Closing(Frozen):
    closing: int
    parties: tuple[PartyFinding, ...] = ()
    items: dict[str, dict[str, _Known]] = Field(default_factory=dict)


class _ViewsFile(Frozen):
    format: Literal["1"]
    kind: Literal["published-view"]
    method: Literal["2"]
    round: int
    out_of_date: bool = False
    closings: tuple[_Closing, ...] = ()


@dataclass(frozen=True)
class RoundViews:
    """Every view of a round that was made, the oldest first.

    `out_of_date`: what the newest was made from has changed since, or will. `is_damaged`: the file
    is there and cannot be read; what is known then is that something was shown. `read_as`: the
    fingerprint of the file that they were read from.
    """

    views: tuple[PublishedView, ...] = ()
    out_of_date: bool = True
    is_damaged: bool = False
    read_as: str = ""

    @property
    def newest(self) -> PublishedView | None:
        """The view that stands; None when one must be made first."""
        last = self.views[-1] if self.views and not self.out_of_date else None
        return last if last is not None and last.closing else None


def unknown(
    round_number: int, parties: tuple[PartyFinding, ...] = (), items: Iterable[str] = ()
) -> PublishedView:
    """What stands for all that was shown of a round of which nothing is known any more.

    `parties`: as what they were shown, when that is known; else anybody may have been a group.
    `items`: what was asked; empty when that is not known either.
    """
    return PublishedView(parties, {item: {} for item in items}, round_number, closing=0)


def read(folder: StoredSession, round_number: int) -> RoundViews | None:
    """The views of this round; None when there is no file of them. Raises CannotRead.

    A file that is not as bart wrote it leaves nothing known but that there was one; `doctor` says
    so. One of another round says nothing of this one.
    """
    stored = folder.content(VIEW_FILE)
    if stored is None:
        return None
    try:
        file = _ViewsFile.model_validate(sealed.opened(stored, VIEW_FILE))
    except ValidationError:
        return RoundViews((unknown(round_number),), is_damaged=True)
    if file.round != round_number:
        return None
    views = tuple(_view(file.round, closing) for closing in file.closings)
    return RoundViews(views, file.out_of_date, read_as=stored.fingerprint)


def save(folder: StoredSession, known: RoundViews, round_number: int) -> None:
    """Write the views of the round in place of those that lie there. Raises CannotWrite.

    Words stay in the newest only: nothing says them again, and whoever wrote them may want them
    printed no more.
    """
    earlier, newest = known.views[:-1], known.views[-1:]
    data = {
        "format": 1,
        "kind": "published-view",
        "method": 2,
        "round": round_number,
        **({"out_of_date": True} if known.out_of_date else {}),
        "closings": [_closing(view) for view in (*map(_without_words, earlier), *newest)],
    }
    sealed.write(folder, VIEW_FILE, data)


def forget_open(home: StoredSession, folder: StoredSession, code: str) -> None:
    """Take the party of `code` out of the views in `folder`, where it is open there.

    Each of an open party's counts holds a person's answer; what was shown of a group stays. Which
    party it is, the marks in `home` tell; where they do not, every open party goes. The views are
    out of date then, and made anew from the sheets. What cannot be read goes whole, and so do
    copies that a synced folder made. Raises Busy or CannotWrite.
    """
    with held(home):
        for name in folder.names():
            if is_copy(name, VIEW_FILE.removesuffix(".yaml")):
                folder.remove(name)
        known = _whatever_round(folder)
        if known is None:
            folder.remove(VIEW_FILE)
            return
        number, found = known
        of = {
            party
            for each in marks.read(home).of_round(number)
            for party, people in each.parties.items()
            if code in people.codes
        }
        left = tuple(_without_open(view, of) for view in found.views)
        save(folder, replace(found, views=left, out_of_date=True), number)


def _without_words(view: PublishedView) -> PublishedView:
    items = {
        item: {
            party: replace(said, quotes=(), remarks=0) if isinstance(said, OpenAnswers) else said
            for party, said in parties.items()
        }
        for item, parties in view.items.items()
    }
    return replace(view, items=items)


def _whatever_round(folder: StoredSession) -> tuple[int, RoundViews] | None:
    """The views that lie in `folder` with the round they are of."""
    try:
        number = int((sealed.read(folder, VIEW_FILE) or {})["round"])
    except (KeyError, ValueError):
        return None
    found = read(folder, number)
    return None if found is None or found.is_damaged else (number, found)


def _without_open(view: PublishedView, gone: Collection[str]) -> PublishedView:
    """The view without the open parties in `gone`, or without any of them when that is empty."""
    parties = gone or {party for said in view.items.values() for party in said}
    for party in parties:
        view = without_open(view, party)
    return view


def closings(
    views: Sequence[PublishedView], marked: Sequence[Marked], round_number: int
) -> tuple[Closing, ...]:
    """Everything that was shown of a round with what it was made from, oldest first.

    A view without marks was made from nobody knows what; of marks without a view only who was
    shown as a group is known.
    """
    known = {view.closing: view for view in views}
    with_marks = {each.closing for each in marked}
    found = [Closing(view, None) for view in views if view.closing not in with_marks]
    for each in marked:
        found.append(Closing(known.get(each.closing) or _lost(each, round_number), each.parties))
    return tuple(sorted(found, key=lambda closing: closing.view.closing))


def _lost(marked: Marked, round_number: int) -> PublishedView:
    visibility: dict[bool, Visibility] = {True: "group", False: "position"}
    parties = tuple(
        PartyFinding(party, "", 0, 0, visibility[party in marked.groups])
        for party in sorted({*marked.groups, *marked.parties})
    )
    return PublishedView(parties, {}, round_number, marked.closing)


def _view(round_number: int, closing: _Closing) -> PublishedView:
    items = {
        item: {party: _answers(known) for party, known in parties.items()}
        for item, parties in closing.items.items()
    }
    return PublishedView(closing.parties, items, round_number, closing.closing)


def _answers(known: _Known) -> Answers:
    if known.standing is not None:
        return GroupAnswers(known.standing, frozenset(known.position), known.kept_from)
    votes: dict[Vote, int] = {}
    for vote in known.votes:
        votes[vote_of(vote.value if vote.options is None else vote.options)] = vote.people
    tally = Tally(votes, known.certainty)
    return OpenAnswers(tally, known.quotes, known.remarks, known.kept_from)


def _closing(view: PublishedView) -> dict[str, Any]:
    return {
        "closing": view.closing,
        "parties": [asdict(party) for party in view.parties],
        "items": {
            item: {party: _known(answers) for party, answers in parties.items()}
            for item, parties in view.items.items()
        },
    }


def _known(answers: Answers) -> dict[str, Any]:
    data: dict[str, Any] = {"kept_from": list(answers.kept_from or ())}
    if isinstance(answers, GroupAnswers):
        data |= {"standing": answers.standing, "position": sorted(answers.position)}
    else:
        data |= {
            "votes": sorted(map(_vote, answers.tally.votes.items()), key=str),
            "certainty": dict(sorted(answers.tally.certainty.items())),
            "quotes": list(answers.quotes),
            "remarks": answers.remarks,
        }
    return {key: value for key, value in data.items() if value}


def _vote(counted: tuple[Vote, int]) -> dict[str, Any]:
    vote, people = counted
    if isinstance(vote, str):
        return {"people": people, "value": vote}
    return {"people": people, "options": dict(vote)}
