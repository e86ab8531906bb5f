"""What is published of a round once it is closed, and what the comparison finds in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bart_tool.analysis.analyse import analyse
from bart_tool.disclosure.in_time import Closing, kept, marks_of
from bart_tool.disclosure.publish import publish
from bart_tool.disclosure.view import Answers, GroupAnswers, PublishedView
from bart_tool.disclosure.visibility import party_findings, shown_parties
from bart_tool.domain.findings import Findings
from bart_tool.domain.sheet import Picture
from bart_tool.errors import Problem
from bart_tool.store import generated, views
from bart_tool.store.locations import PRIVATE
from bart_tool.store.views import RoundViews
from bart_tool.workflow.open_session import OpenSession, earlier_rounds, must_be_closed, picture_of


@dataclass(frozen=True)
class Found:
    """The findings, and what publishing them must know.

    `kept`: party -> how many items show what an earlier closing showed. `problems`: what was wrong
    with the sheets when the view was made from them now; none when it was there already.
    """

    findings: Findings
    kept: dict[str, int]
    problems: tuple[Problem, ...]


def findings(opened: OpenSession) -> Findings:
    """Compare the parties' pictures. Raises NotAllowed before the round is closed."""
    return found(opened).findings


def found(opened: OpenSession) -> Found:
    """The findings of the published view. Raises NotAllowed before the round is closed."""
    view, problems = published_view(opened)
    result = analyse(opened.question_set, opened.session, view)
    return Found(result, _kept_from_before(view), problems)


def published_view(opened: OpenSession) -> tuple[PublishedView, tuple[Problem, ...]]:
    """The published view of this round, made from the sheets when it is not there yet.

    It is made once at a closing, before anything is shown, and again only when something it was
    made from changed: a reopened round, a settled conflict, somebody erased. Raises NotAllowed
    before the round is closed.
    """
    must_be_closed(opened)
    there = _up_to_date(opened)
    if there is not None:
        return there, ()
    with _held(opened):
        there = _up_to_date(opened)  # somebody else may just have made it
        return (there, ()) if there is not None else _make(opened)


def _up_to_date(opened: OpenSession) -> PublishedView | None:
    known = views.read(opened.folder, opened.session.round)
    return known.views[-1] if known and known.views and not known.out_of_date else None


@contextmanager
def _held(opened: OpenSession) -> Iterator[None]:
    """Nobody else makes a view of the session meanwhile. Raises Busy, CannotCreate."""
    home = opened.home
    home.store.make(home.named(PRIVATE))
    with home.store.lock(home.named(f"{PRIVATE}/views")):
        yield


def put_out_of_date(opened: OpenSession) -> None:
    """Say that the view no longer says what the sheets say; before anything of them changes.

    Of a round that has no views yet it says too whether an older version may have shown something
    of it: then its groups stay closed. Raises Busy or CannotWrite.
    """
    folder, session = opened.folder, opened.session
    with _held(opened):
        known = views.read(folder, session.round)
        if known is None:
            was_shown = (
                session.phase.is_revealed
                or session.report_out_of_date
                or bool(generated.reports(folder))
            )
            known = RoundViews(shown_before=was_shown)
        views.save(folder, replace(known, out_of_date=True), session.round)


def _make(opened: OpenSession) -> tuple[PublishedView, tuple[Problem, ...]]:
    session, home = opened.session, opened.home
    known = views.read(opened.folder, session.round)
    merged = picture_of(opened)
    marks = marks_of(shown_parties(session, merged.picture), views.secret(home))
    alone = publish(opened.question_set, session, merged.picture)
    own = views.closings(known, home, session.round)
    view = kept(alone, marks, (*_before(opened, known), *own), session.k)
    made = [closing.view for closing in own]
    if made and _says_the_same(view, made[-1]):
        view = made[-1]
    else:
        made.append(view)
        views.save_marks(home, session.round, (*(closing.marks for closing in own), marks))
    was_shown = known is None or known.shown_before
    views.save(opened.folder, RoundViews(tuple(made), False, was_shown), session.round)
    return view, merged.problems


def _before(opened: OpenSession, known: RoundViews | None) -> Iterator[Closing]:
    """Every closing before those of this round that are known, the oldest first."""
    for each in earlier_rounds(opened):
        there = views.read(each.folder, each.session.round)
        if there is None or there.shown_before:
            yield _unknown(each)
        yield from views.closings(there, opened.home, each.session.round)
    if known is None or known.shown_before:
        yield _unknown(opened)


def _unknown(opened: OpenSession) -> Closing:
    """A closing of which nothing is known but that it was shown, and what was asked.

    Who was a group then is told by the sheets as they are.
    """
    session = opened.session
    parties = party_findings(shown_parties(session, picture_of(opened).picture))
    nothing: dict[str, dict[str, Answers]] = {item.key: {} for item in opened.question_set.items}
    return Closing(PublishedView(parties, nothing, session.round, closing=0), None)


def _says_the_same(one: PublishedView, other: PublishedView) -> bool:
    """Whether two views show the same, wherever what they show was kept from."""
    return one.parties == other.parties and _plain(one) == _plain(other)


def _plain(view: PublishedView) -> dict[str, dict[str, object]]:
    return {
        item: {
            party: (each.standing, each.position) if isinstance(each, GroupAnswers) else each
            for party, each in parties.items()
        }
        for item, parties in view.items.items()
    }


def _kept_from_before(view: PublishedView) -> dict[str, int]:
    counted: dict[str, int] = {}
    for parties in view.items.values():
        for party, answers in parties.items():
            if isinstance(answers, GroupAnswers) and answers.kept_from is not None:
                counted[party] = counted.get(party, 0) + 1
    return counted


def empty(opened: OpenSession) -> Findings:
    """The findings of nothing: what a report looks like, with no answer in it."""
    nothing = publish(opened.question_set, opened.session, Picture())
    return analyse(opened.question_set, opened.session, nothing)
