"""The follow-up round: it asks about what was agreed, and again about what the agreements touch.

The set's questions come before those about the agreements: whoever has just read what was agreed
would give that back as their own picture.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import PurePath

from bart_tool.analysis.agenda import topic_of
from bart_tool.domain.agreement import (
    KEPT_OR_NOT,
    LEVELS,
    Agreement,
    Asked,
    FollowUp,
    about,
)
from bart_tool.domain.checks import check_session
from bart_tool.domain.names import code_order, first_free
from bart_tool.domain.question import Option, ScaleQuestion, Tense
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import Phase, Session
from bart_tool.domain.set_parts import Scale
from bart_tool.errors import BadData, BartError, NotAllowed, Severity
from bart_tool.store import generated, rounds
from bart_tool.wording.agreements import level_label, question_texts
from bart_tool.workflow.open_session import OpenSession, round_named

_TENSES: dict[Asked, Tense] = {"kept": "practice", "right": "wish"}


def planned(opened: OpenSession) -> FollowUp:
    """What a follow-up round would ask now.

    Raises NotAllowed while the round is open, or when nothing was agreed.
    """
    session = opened.session
    if not session.phase.is_revealed:
        raise NotAllowed("follow-up-round-open", session=session.session)
    every = opened.folder.agreements()[0].agreements
    agreements = tuple(each for each in every if each.withdrawn is None)
    if not agreements:
        raise NotAllowed("follow-up-no-agreements", session=session.session)
    as_filed = opened.folder.set_as_filed()
    plain = session.changed(questions=(), scales={}, asked=None)
    the_set = plain.known(as_filed)
    # What is parked was not settled: nobody can say whether it was kept.
    settled = tuple(each for each in agreements if each.mandate != "parked")
    parked = tuple(each for each in agreements if each.mandate == "parked")
    items = touched_by(the_set, agreements)
    scale = first_free(KEPT_OR_NOT, the_set.scales.__contains__)
    levels = tuple(Option(id=level, label=level_label(level)) for level in LEVELS)
    next_round = plain.changed(
        round=session.round + 1,
        phase=Phase.ANSWERING,
        questions=tuple(_questions(session, the_set, settled, scale)),
        scales={scale: Scale(levels=levels)} if settled else {},
        asked=tuple(item.key for item in items),
        reopened=(),
        report_out_of_date=False,
        closed_on=None,
        archived=False,
    )
    wrong = [p for p in check_session(next_round, as_filed) if p.severity is Severity.ERROR]
    if wrong:
        raise BadData("follow-up-does-not-fit", tuple(wrong))
    return FollowUp(next_round, next_round.effective(as_filed), settled, parked, items)


def begin(opened: OpenSession, follow_up: FollowUp) -> OpenSession:
    """Keep the round that ends whole, and open the next one.

    Killed at any point, the session is in the old round or in the new one, and doing it again
    goes on. Raises Busy when somebody changed the session meanwhile, CannotWrite or CannotCreate.
    """
    before = rounds.names(opened.folder)
    with _tidied(opened, lambda: rounds.take_away(opened.folder, opened.session.round, before)):
        with opened.unchanged():  # nobody is erased while a copy of their sheet is made
            before = rounds.names(opened.folder)
            rounds.keep(opened.folder, opened.session.round)
        begun = opened.saved(follow_up.session)
    rounds.sweep(begun.folder, begun.session.round, has_just_begun=True)
    return begun


def take_back(opened: OpenSession) -> OpenSession:
    """Go back to the round before, as it was, while nobody has answered in this one.

    Killed at any point, doing it again goes on. Raises NotAllowed when there is nothing to take
    back or somebody has begun, CannotWrite.
    """
    session = opened.session
    if session.round == 1 or session.phase is not Phase.ANSWERING:
        raise NotAllowed("follow-up-not-begun", session=session.session)
    clear = partial(rounds.clear, opened.folder, session.round - 1)
    with opened.unchanged():  # the round before lies there: nobody took it back meanwhile
        before = round_named(opened, session.round - 1)
        codes = sorted(set(_begun_by(opened)), key=code_order)
        if codes:
            raise NotAllowed("follow-up-answered", codes=", ".join(codes))
        generated.keep_edited(opened.folder, {})
        generated.remove_reports(opened.folder)  # of this round, in which nobody answered
        generated.remove_comparisons(opened.folder)
        with _tidied(opened, clear):
            rounds.bring_back(opened.folder, before.session.round)
    with _tidied(opened, clear):
        back = opened.saved(_as_it_was(before, session))
    rounds.forget(back.folder, before.session.round)
    return back


def _as_it_was(before: OpenSession, now: Session) -> Session:
    """The session of the round `before`, without who was erased or is being erased since.

    The day by which its answers must be erased is that of now, and it is in sight.
    """
    session = before.session
    for code in now.erased:
        session = session.without(code)
    is_old = session.report_out_of_date or bool(now.erasing and generated.made(before.folder))
    return session.changed(
        erased=now.erased,
        erasing=now.erasing,
        report_out_of_date=is_old,
        keep_until=now.keep_until,
        archived=False,
    )


@contextmanager
def _tidied(opened: OpenSession, undo: Callable[[], None]) -> Iterator[None]:
    """When this fails, undo what was made for nothing, as far as the disk allows.

    The next start does the rest. An error may come when the session was saved all the same: then
    everything stays.
    """
    try:
        yield
    except BartError:
        with suppress(BartError):
            if opened.folder.read()[0].round == opened.session.round:
                undo()
        raise


def _begun_by(opened: OpenSession) -> Iterator[str]:
    """Who has a sheet in this round, also one that nobody can read: it may hold answers."""
    for found, problems in (opened.folder.sheets(), opened.folder.conflict_sheets()):
        now = (each for each in found if each.round == opened.session.round)
        yield from {each.participant for each in now} | {
            PurePath(problem.where.file).stem
            for problem in problems
            if problem.severity is Severity.ERROR
        }


def touched_by(question_set: QuestionSet, agreements: Sequence[Agreement]) -> tuple[Item, ...]:
    """The items that the topics of `agreements` are about, in the order of the set."""
    topics = {agreement.topic for agreement in agreements}
    return tuple(item for item in question_set.items if {item.key, topic_of(item)} & topics)


def _questions(
    session: Session, question_set: QuestionSet, agreements: Sequence[Agreement], scale: str
) -> Iterator[ScaleQuestion]:
    for agreement in agreements:
        asked_of = _asked_of(session, question_set, agreement)
        for what, tense in _TENSES.items():
            yield ScaleQuestion(
                type="scale",
                id=about(agreement.id, what),
                boundary="boundary",
                tense=tense,
                scale=scale,
                asked_of=asked_of,
                **question_texts(what, agreement.sentence),
            )


def _asked_of(session: Session, question_set: QuestionSet, agreement: Agreement) -> tuple[str, ...]:
    """The kinds that agreed, and those that are asked again about what it touches.

    Empty, as in a set, when that is every kind.
    """
    agreed = {session.kind_of.get(assent.party, "") for assent in agreement.parties}
    touched = touched_by(question_set, [agreement])
    kinds = tuple(
        kind
        for kind in question_set.parties
        if kind in agreed or any(question_set.asked_of(item, kind) for item in touched)
    )
    return () if len(kinds) == len(question_set.parties) else kinds
