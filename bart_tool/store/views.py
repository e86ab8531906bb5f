"""The published views of a round in view.yaml, and apart from them the marks of what they hold.

view.yaml holds nothing that may not be printed. What is needed to keep views safe in time lies in
private/: a secret of the session, and marks that say nothing without it
(docs/developer/method.md 5.3.3).
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from pydantic import Field, ValidationError

from bart_tool.disclosure.in_time import Closing, Marks
from bart_tool.disclosure.tally import Tally, Vote
from bart_tool.disclosure.view import Answers, GroupAnswers, OpenAnswers, PublishedView
from bart_tool.domain.base import Frozen
from bart_tool.domain.findings import PartyFinding
from bart_tool.store import plain_file, yaml_text
from bart_tool.store.locations import PRIVATE, VIEW_FILE
from bart_tool.store.stored_session import StoredSession

MARKS = f"{PRIVATE}/marks.yaml"
SECRET = f"{PRIVATE}/secret"
LOST = "lost"  # in place of the marks of a closing
ROOM = 64  # times the usual size of a file: every closing of every round


class _Vote(Frozen):
    people: int
    value: str = ""
    options: dict[str, str] | None = None


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


class _File(Frozen):
    format: Literal["1"]
    kind: Literal["published-view"]
    method: Literal["2"]
    round: int
    out_of_date: bool = False
    shown_before: bool = False
    closings: tuple[_Closing, ...] = ()


@dataclass(frozen=True)
class RoundViews:
    """Every view of a round that was made, the oldest first.

    `out_of_date`: what the newest was made from has changed since. `shown_before`: something of
    the round was shown of which nothing is known any more, by an older version of the program or
    because the file of views was damaged.
    """

    views: tuple[PublishedView, ...] = ()
    out_of_date: bool = True
    shown_before: bool = False


def read(folder: StoredSession, round_number: int) -> RoundViews | None:
    """The views of this round; None when there is no file of them. Raises CannotRead.

    A file that cannot be read leaves nothing known but that there was one; `doctor` says so. One
    of another round says nothing of this one.
    """
    if folder.content(VIEW_FILE) is None:
        return None
    try:
        file = _File.model_validate(_remembered(folder, VIEW_FILE))
    except ValidationError:
        return RoundViews(shown_before=True)
    if file.round != round_number:
        return None
    views = tuple(_view(file.round, closing) for closing in file.closings)
    return RoundViews(views, file.out_of_date, file.shown_before)


def save(folder: StoredSession, known: RoundViews, round_number: int) -> None:
    """Write the views of the round in place of those that lie there. Raises CannotWrite."""
    data = {
        "format": 1,
        "kind": "published-view",
        "method": 2,
        "round": round_number,
        **({"out_of_date": True} if known.out_of_date else {}),
        **({"shown_before": True} if known.shown_before else {}),
        "closings": [_closing(view) for view in known.views],
    }
    folder.put(VIEW_FILE, yaml_text.write(data).encode())


def damaged(folder: StoredSession, round_number: int) -> tuple[str, ...]:
    """The files of views, and of what keeps them safe, that lie in `folder` and cannot be read."""
    found = read(folder, round_number)
    is_lost = found is not None and found.shown_before and not found.views and not found.out_of_date
    marks_lost = folder.content(MARKS) is not None and not _all_marks(folder)
    return (*([VIEW_FILE] if is_lost else []), *([MARKS] if marks_lost else []))


def secret(folder: StoredSession) -> bytes:
    """The secret of the session, drawn once. Raises CannotWrite when it cannot be kept."""
    stored = folder.content(SECRET)
    if stored is not None and len(stored.content.strip()) == 64:
        return stored.content.strip()
    drawn = secrets.token_hex(32).encode()
    folder.put(SECRET, drawn + b"\n")
    return drawn


def marks(folder: StoredSession, round_number: int) -> tuple[Marks | None, ...]:
    """The marks of each closing of a round, oldest first; None for one of which they are lost.

    Without the secret that they were made with they are worth nothing, and none are given.
    """
    if folder.content(SECRET) is None:
        return ()
    return _all_marks(folder).get(round_number, ())


def save_marks(
    folder: StoredSession, round_number: int, of_round: tuple[Marks | None, ...]
) -> None:
    """Keep the marks of each closing of a round. Raises CannotWrite."""
    _write_marks(folder, {**_all_marks(folder), round_number: of_round})


def forget(folder: StoredSession, code: str) -> bool:
    """Remove every mark of `code`; whether there was one. Raises CannotWrite."""
    before = _all_marks(folder)
    after = {
        number: tuple(None if each is None else _without(each, code) for each in of_round)
        for number, of_round in before.items()
    }
    if after == before:
        return False
    _write_marks(folder, after)
    return True


def forget_open(home: StoredSession, folder: StoredSession, code: str) -> None:
    """Take the party of `code` out of the views in `folder`, where it is open there.

    Each of an open party's counts holds a person's answer; what was shown of a group stays. Which
    party it is, the marks in `home` tell; where they do not, every open party goes. The views are
    out of date then, and made anew from the sheets. Raises CannotWrite.
    """
    known = _whatever_round(folder)
    if known is None:
        return
    number, views = known
    of = {
        party
        for marks in _all_marks(home).get(number, ())
        for party, items in (marks or {}).items()
        if any(code in people for people in items.values())
    }
    left = tuple(_without_open(view, of) for view in views.views)
    save(folder, replace(views, views=left, out_of_date=True), number)


def _whatever_round(folder: StoredSession) -> tuple[int, RoundViews] | None:
    """The views that lie in `folder` with the round they are of."""
    try:
        number = int(_remembered(folder, VIEW_FILE)["round"])
    except (KeyError, ValueError):
        return None
    known = read(folder, number)
    return None if known is None else (number, known)


def _without_open(view: PublishedView, gone: Collection[str]) -> PublishedView:
    """The view without the open parties in `gone`, or without any of them when that is empty."""
    items = {
        item: {
            party: said
            for party, said in parties.items()
            if isinstance(said, GroupAnswers) or (gone and party not in gone)
        }
        for item, parties in view.items.items()
    }
    return replace(view, items=items)


def _without(marks: Marks, code: str) -> Marks:
    return {
        party: {
            item: {who: mark for who, mark in people.items() if who != code}
            for item, people in items.items()
        }
        for party, items in marks.items()
    }


def closings(
    known: RoundViews | None, home: StoredSession, round_number: int
) -> tuple[Closing, ...]:
    """The views of one round with their marks, oldest first; `home` is where the marks lie."""
    views = known.views if known else ()
    kept = (*marks(home, round_number), *(None for _ in views))
    return tuple(Closing(view, mark) for view, mark in zip(views, kept, strict=False))


def _remembered(folder: StoredSession, inside: str) -> Mapping[str, Any]:
    """The values of a file of ours; nothing where it cannot be read."""
    stored = folder.content(inside)
    said = plain_file.decode(stored.content, inside)[0] if stored is not None else None
    if said is None:
        return {}
    document, problems = yaml_text.read(said, inside, ROOM)
    if document is None or problems or not isinstance(document.data, dict):
        return {}
    return document.data


def _all_marks(folder: StoredSession) -> dict[int, tuple[Marks | None, ...]]:
    rounds = _remembered(folder, MARKS).get("rounds")
    if not isinstance(rounds, dict):
        return {}
    try:
        return {
            int(number): tuple(_marks(each) for each in of)
            for number, of in rounds.items()
            if isinstance(of, list)
        }
    except (ValidationError, ValueError):
        return {}


def _marks(data: Any) -> Marks | None:
    return None if data == LOST else _Marks.model_validate({"parties": data}).parties


class _Marks(Frozen):
    parties: dict[str, dict[str, dict[str, str]]]


def _write_marks(folder: StoredSession, rounds: Mapping[int, tuple[Marks | None, ...]]) -> None:
    data = {
        "format": 1,
        "kind": "marks",
        "rounds": {
            str(number): [LOST if each is None else _plain(each) for each in of_round]
            for number, of_round in sorted(rounds.items())
        },
    }
    folder.put(MARKS, yaml_text.write(data).encode())


def _plain(marks: Marks) -> dict[str, dict[str, dict[str, str]]]:
    return {
        party: {item: dict(sorted(people.items())) for item, people in items.items()}
        for party, items in marks.items()
    }


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
        said: Any = vote.value if vote.options is None else frozenset(vote.options.items())
        votes[said] = vote.people
    return OpenAnswers(Tally(votes, known.certainty), known.quotes, known.remarks)


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
    if isinstance(answers, GroupAnswers):
        data: dict[str, Any] = {"standing": answers.standing}
        if answers.position:
            data["position"] = sorted(answers.position)
        if answers.kept_from is not None:
            data["kept_from"] = list(answers.kept_from)
        return data
    data = {
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
    return {"people": people, "options": dict(sorted(vote))}
