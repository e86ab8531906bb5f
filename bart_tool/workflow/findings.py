"""What is published of a round once it is closed, and what the comparison finds in it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from bart_tool.analysis.analyse import analyse
from bart_tool.disclosure import in_time
from bart_tool.disclosure.counting import Counting, ShownParty, marks_of, party_findings
from bart_tool.disclosure.in_time import Closing
from bart_tool.disclosure.publish import publish, published
from bart_tool.disclosure.view import Answers, PublishedView
from bart_tool.domain.findings import Findings
from bart_tool.domain.sheet import Picture
from bart_tool.errors import BadData, Busy, CannotWrite, NotFound, Problem, Severity
from bart_tool.store import generated, marks, views
from bart_tool.store.locations import VIEW_FILE
from bart_tool.store.marks import Marked
from bart_tool.store.views import RoundViews
from bart_tool.workflow.merging import Reading, read_in_turn
from bart_tool.workflow.open_session import (
    OpenSession,
    must_be_closed,
    round_named,
    rounds_of,
    session_at,
)


@dataclass(frozen=True)
class Found:
    """The findings of a view, and what publishing them must know.

    `kept`: party -> how many items show what an earlier closing showed. `problems`: what was wrong
    with the sheets when the view was made from them now; none when it was there already.
    `read_as`: the fingerprint of the file that the view was read from; empty when it was made now.
    """

    findings: Findings
    view: PublishedView
    read_as: str
    kept: dict[str, int]
    problems: tuple[Problem, ...]


def findings(opened: OpenSession) -> Findings:
    """Compare the parties' pictures. Raises NotAllowed before the round is closed."""
    return found(opened).findings


def found(opened: OpenSession) -> Found:
    """The findings of the published view. Raises NotAllowed before the round is closed."""
    must_be_closed(opened)
    known = views.read(opened.folder, opened.session.round)
    if known is not None and known.newest is not None:
        view, read_as, problems = known.newest, known.read_as, tuple[Problem, ...]()
    else:
        (view, problems), read_as = published_view(opened), ""
    result = analyse(opened.question_set, opened.session, view)
    return Found(result, view, read_as, _kept_from_before(view), problems)


def published_view(opened: OpenSession) -> tuple[PublishedView, tuple[Problem, ...]]:
    """The published view of this round, made from the sheets when it is not there yet.

    It is made once at a closing, before anything is shown, and again only when something it was
    made from changed: a reopened round, a settled conflict, somebody erased. Raises NotAllowed
    before the round is closed.
    """
    must_be_closed(opened)
    there = view_there(opened)
    if there is not None:
        return there, ()
    with marks.held(opened.home):
        opened = opened.reread()
        must_be_closed(opened)  # opened again meanwhile
        there = view_there(opened)  # somebody else may just have made it
        if there is not None:
            return there, ()
        reading, shown = _counted(opened, marks.secret(opened.home))
        view, problems = _make(opened, shown)
        return view, (*reading.problems, *problems)


def at_closing(opened: OpenSession) -> tuple[Reading, PublishedView | None]:
    """What is known of a round that was closed just now, and the view that is made of this reading.

    There is none while answers are to be settled, nor when it cannot be written: whoever asks next
    makes it. Nor when it was opened again meanwhile.
    """
    with marks.held(opened.home):
        opened = opened.reread()
        secret, view = b"", None
        if opened.session.phase.is_revealed:
            with suppress(CannotWrite):
                secret = marks.secret(opened.home)
        reading, shown = _counted(opened, secret)
        if secret and not reading.conflicts:
            with suppress(CannotWrite):
                view = view_there(opened) or _make(opened, shown)[0]
        return reading, view


def _counted(opened: OpenSession, secret: bytes = b"") -> tuple[Reading, tuple[ShownParty, ...]]:
    """What the sheets that lie there say, as it may be shown; with a `secret` also its marks."""
    reading, counting = read_in_turn(
        opened, lambda: Counting(opened.question_set, opened.session, secret), Counting.add
    )
    return reading, counting.shown()


def view_there(opened: OpenSession) -> PublishedView | None:
    """The view that lies there and stands; None when whoever asks for it must make one."""
    known = views.read(opened.folder, opened.session.round)
    return known.newest if known else None


@contextmanager
def unchanged(opened: OpenSession, *seen: tuple[OpenSession, Found]) -> Iterator[None]:
    """The session held while pages are written that were made of it and of what was `seen`.

    `seen`: rounds, each with what was found in it. Raises Busy when the session was saved or a view
    made since: then they would say what is no longer so, perhaps of somebody who was erased.
    """
    with opened.unchanged():
        for of, found_there in seen:
            must_stand(of, found_there)
        yield


def must_stand(opened: OpenSession, seen: Found) -> None:
    """Raises Busy unless the view of `seen` still is what is known of this round."""
    stored = opened.folder.content(VIEW_FILE)
    is_same = stored is not None and stored.fingerprint == seen.read_as
    if not is_same and view_there(opened) != seen.view:
        raise Busy("changed-since-read", file=VIEW_FILE)


def put_out_of_date(opened: OpenSession) -> None:
    """Say that the view no longer says what the sheets say; the next one who asks makes another.

    Of a round that has no views and is not closed for the first time it says that something of it
    may have been shown: then its groups stay closed. Raises Busy or CannotWrite.
    """
    with marks.held(opened.home):
        _put_out_of_date(opened)


@contextmanager
def changing(opened: OpenSession) -> Iterator[None]:
    """While this lasts what a view is made of changes, and none is made.

    The one that lies there is put out of date first. Raises as `put_out_of_date`.
    """
    with marks.held(opened.home):
        _put_out_of_date(opened)
        yield


def _put_out_of_date(opened: OpenSession) -> None:
    folder, session = opened.folder, opened.session
    known = views.read(folder, session.round)
    # What was shown of a closed round without views was shown by an older version: `_make`
    # finds that.
    if known is not None or not session.phase.is_revealed:
        lost = (views.unknown(session.round),) if known is None and _was_shown(opened) else ()
        known = known or RoundViews(lost)
        views.save(folder, replace(known, out_of_date=True), session.round)


def _was_shown(opened: OpenSession) -> bool:
    """Whether a round that is open may have been closed before: something of that lies there."""
    folder, session = opened.folder, opened.session
    try:
        discussion = folder.discussion()
        discussed = discussion is not None and discussion[0].round == session.round
    except BadData:
        discussed = True
    return bool(
        discussed
        or session.report_out_of_date
        or marks.read(opened.home).of_round(session.round)
        or generated.made(folder)
        or generated.comparisons(folder)
    )


def _make(
    opened: OpenSession, parties: Sequence[ShownParty]
) -> tuple[PublishedView, tuple[Problem, ...]]:
    """The view that stands now, and what is to be told of it. Only while the sheets are held."""
    session, home, problems = opened.session, opened.home, tuple[Problem, ...]()
    made_of = marks_of(parties)
    before = tuple(_other_rounds(opened))
    marked = marks.read(home).of_round(session.round)
    known = views.read(opened.folder, session.round)
    here = known.views if known is not None else ()
    if known is None:
        # Closed all the while, so what was shown was made of these sheets; unless it was lost.
        is_lost = any(each.parties != made_of for each in marked)
        here = (views.unknown(session.round) if is_lost else _unknown(opened, parties),)
        problems = (Problem("views-missing", severity=Severity.NOTE),)
    # Marks of a view that was never written, and of the same answers: the program was killed.
    own = tuple(
        each
        for each in marked
        if each.parties != made_of or each.closing in {view.closing for view in here}
    )
    alone = published(opened.question_set, session, parties)
    earlier = (*before, *views.closings(here, own, session.round))
    view = in_time.shown(alone, made_of, earlier, session.k)
    groups = tuple(each.party for each in parties if each.visibility == "group")
    made = Marked(closing=view.closing, groups=groups, parties=made_of)
    # What this view was made from at first may be lost, and stays so.
    is_known = view not in here or any(each.closing == view.closing for each in own)
    if is_known and made not in own:  # before the view: none may hold what no mark knows of
        marks.save(home, session.round, (*own, made))
    every = here if view in here else (*here, view)
    views.save(opened.folder, RoundViews(every, out_of_date=False), session.round)
    return view, problems


def _unknown(opened: OpenSession, parties: Sequence[ShownParty]) -> PublishedView:
    """What stands for what was shown of a closed round by a program that kept no views."""
    items = (item.key for item in opened.question_set.items)
    return views.unknown(opened.session.round, party_findings(parties), items)


def _other_rounds(opened: OpenSession) -> Iterator[Closing]:
    """Everything that was shown of other rounds, the oldest first.

    From a later round nothing is kept, but what it was made of counts.
    """
    home = opened if opened.folder == opened.home else session_at(opened.home)
    kept = marks.read(opened.home)
    for number in rounds_of(home):
        if number == opened.session.round:
            continue
        marked = kept.of_round(number)
        there = _views_of(home, number, is_marked=bool(marked))
        for closing in views.closings(there, marked, number):
            is_later = number > opened.session.round
            yield _without_answers(closing) if is_later else closing


def _without_answers(closing: Closing) -> Closing:
    items: dict[str, dict[str, Answers]] = {item: {} for item in closing.view.items}
    return replace(closing, view=replace(closing.view, items=items))


def _views_of(home: OpenSession, number: int, *, is_marked: bool) -> tuple[PublishedView, ...]:
    """The views of round `number`, or what stands for them when they are not known any more."""
    try:
        there = round_named(home, number)
        known = views.read(there.folder, number)
        if known is not None:
            return known.views
        if not there.session.phase.is_revealed:
            return ()
        if not is_marked:
            return (_unknown(there, _counted(there)[1]),)
    except (BadData, NotFound):  # it cannot be read, or is gone
        pass
    return () if is_marked else (views.unknown(number),)


def _kept_from_before(view: PublishedView) -> dict[str, int]:
    return Counter(
        party
        for parties in view.items.values()
        for party, answers in parties.items()
        if answers.kept_from is not None
    )


def empty(opened: OpenSession) -> Findings:
    """The findings of nothing: what a report looks like, with no answer in it."""
    nothing = publish(opened.question_set, opened.session, Picture())
    return analyse(opened.question_set, opened.session, nothing)
