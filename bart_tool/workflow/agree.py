"""Agreeing: a boundary in one sentence, kept in the session and looked at again later."""

from dataclasses import dataclass
from datetime import date

from bart_tool.analysis.agenda import topic_of
from bart_tool.domain.agreement import Agreement, Agreements, Check, Draft
from bart_tool.domain.agreement_checks import check_agreement
from bart_tool.domain.base import Language
from bart_tool.domain.session import Phase
from bart_tool.errors import BadData, Busy, NotAllowed, NotFound, Problem, Severity, Where, WrongUse
from bart_tool.store.sessions import AGREEMENTS_FILE
from bart_tool.workflow.agreement_questions import names_in, questions, wrong
from bart_tool.workflow.desk import Desk
from bart_tool.workflow.findings import findings


@dataclass(frozen=True)
class Saved:
    """An agreement as it was saved, and what is still to be asked about it (notes, warnings)."""

    desk: Desk
    agreement: Agreement
    questions: tuple[Problem, ...]


@dataclass(frozen=True)
class Removed:
    """An agreement that was taken out; `put_back` undoes it. `place`: where it stood, from 0."""

    desk: Desk
    agreement: Agreement
    place: int


@dataclass(frozen=True, slots=True)
class Due:
    """An agreement that must be looked at, and since how many days: 0 is today."""

    agreement: Agreement
    days: int


def agreements(desk: Desk) -> Agreements:
    """What was agreed so far; also while a later round is answered.

    Raises NotAllowed before the first round is closed, BadData when the file cannot be read.
    """
    kept, _ = desk.folder.agreements()
    if not kept.agreements:
        must_be_closed(desk)
    return kept


def readable(desk: Desk) -> tuple[tuple[Agreement, ...], tuple[Problem, ...]]:
    """What was agreed up to this round; nothing when that cannot be read, with what is wrong.

    Agreements lie with the session itself: a finished round holds none.
    """
    try:
        kept = desk.home.agreements()[0].agreements
    except BadData as error:
        return (), error.problems
    return tuple(each for each in kept if each.round <= desk.session.round), ()


def agree(desk: Desk, draft: Draft, today: date, language: Language | None = None) -> Saved:
    """Keep `draft` as an agreement of this round; the session's phase goes on to *agreed*.

    Raises NotAllowed before the round is closed, WrongUse when it does not fit the session.
    """
    desk = desk.reread()
    must_be_closed(desk)
    draft = draft.changed(round=desk.session.round)
    asked = _must_fit(questions(desk, draft, today, language))
    kept, fingerprint = desk.folder.agreements()
    kept = kept.with_new(draft)
    desk.folder.save_agreements(kept, fingerprint)
    # Saved first: a phase without an agreement would be a lie, an agreement is one in any phase.
    return Saved(_agreed(desk), kept.agreements[-1], asked)


def change(
    desk: Desk, before: Agreement, after: Draft, today: date, language: Language | None = None
) -> Saved:
    """Put `after` in place of `before`, under the same id.

    A day to look again that was past before may stay. Raises Busy when what stands there is not
    `before` any more, NotFound when it is gone, and as `agree`.
    """
    desk = desk.reread()
    must_be_closed(desk)
    kept, fingerprint = desk.folder.agreements()
    if _must_be_there(kept, before.id) != before:
        raise Busy("changed-since-read", file=AGREEMENTS_FILE)
    fields = {name: getattr(after, name) for name in Draft.model_fields}
    changed = Agreement(id=before.id, **{**fields, "round": before.round})
    asked = questions(desk, changed, today, language)
    if changed.check_on == before.check_on:
        asked = tuple(each for each in asked if each.code != "agreement-check-in-the-past")
    asked = _must_fit(asked)
    desk.folder.save_agreements(kept.replaced(changed), fingerprint)
    return Saved(desk, changed, asked)


def remove(desk: Desk, name: str) -> Removed:
    """Take out the agreement called `name`; what is given back can be put back.

    Raises NotFound when it is not there.
    """
    kept, fingerprint = desk.folder.agreements()
    gone = _must_be_there(kept, name)
    desk.folder.save_agreements(kept.without(name), fingerprint)
    return Removed(desk, gone, kept.agreements.index(gone))


def put_back(desk: Desk, removed: Removed) -> Desk:
    """Undo `remove`: the agreement stands under its own id at its own place again."""
    kept, fingerprint = desk.folder.agreements()
    desk.folder.save_agreements(kept.put_back(removed.agreement, removed.place), fingerprint)
    return desk


def record_check(
    desk: Desk, name: str, check: Check, today: date, *, again_on: date | None = None
) -> Saved:
    """Write down whether the agreement called `name` was kept, and when to look again, if at all.

    Raises NotFound when it is not there, WrongUse for a check that is still to come or a day to
    look again that is past.
    """
    kept, fingerprint = desk.folder.agreements()
    before = _must_be_there(kept, name)
    changed = before.changed(checks=(*before.checks, check), check_on=again_on or before.check_on)
    misfit = [
        *check_agreement(changed, desk.session, desk.known),
        *([wrong("agreement-check-in-the-future", "checks")] if check.on > today else []),
        *([wrong("agreement-check-in-the-past", "check_on")] if _is_past(again_on, today) else []),
    ]
    _must_fit(tuple(each for each in misfit if each.where.item in ("checks", "check_on")))
    desk.folder.save_agreements(kept.replaced(changed), fingerprint)
    asked = tuple(each for each in names_in(desk, changed) if each.where.item == "checks")
    return Saved(desk, changed, asked)


def due(desk: Desk, today: date) -> tuple[Due, ...]:
    """What must be looked at on `today`, the longest overdue first. Raises as `agreements`."""
    found = [
        Due(each, (today - each.check_on).days)
        for each in agreements(desk).agreements
        if each.check_on is not None and each.is_due(today)
    ]
    return tuple(sorted(found, key=lambda each: -each.days))


def misfits(desk: Desk, kept: Agreements) -> tuple[Problem, ...]:
    """What in `kept` does not fit the session (any more); each names its agreement."""
    return tuple(
        Problem(
            each.code,
            Where(AGREEMENTS_FILE, item=f"{agreement.id}, {each.where.item}"),
            each.params,
        )
        for agreement in kept.agreements
        for each in check_agreement(agreement, desk.session, desk.known)
    )


def must_be_closed(desk: Desk) -> None:
    """Raises NotAllowed before the round is closed: nothing is compared or agreed till then."""
    if not desk.session.phase.is_revealed:
        raise NotAllowed("not-closed-yet", session=desk.session.session)


def must_be_there(desk: Desk, name: str) -> Agreement:
    """The agreement called `name`. Raises NotFound, with the names there are."""
    return _must_be_there(agreements(desk), name)


def topics(desk: Desk) -> tuple[str, ...]:
    """What one talks about: the decisions first, then the other items, in the order of the set.

    An agreement may also be about one item of a decision. What only a follow-up round asks about
    earlier agreements is no topic.
    """
    own = {question.id for question in desk.session.questions}
    items = [item for item in desk.known.compared if item.question.id not in own]
    keys = dict.fromkeys(topic_of(item) for item in items)
    return tuple(sorted(keys, key=lambda key: key in desk.known.by_key))


def agenda_topics(desk: Desk) -> tuple[str, ...]:
    """The topics that the report puts on page one. Raises NotAllowed before the round is closed."""
    most = desk.question_set.thresholds.page_one
    return tuple(topic.key for topic in findings(desk).agenda[:most])


def _is_past(day: date | None, today: date) -> bool:
    return day is not None and day < today


def _must_be_there(kept: Agreements, name: str) -> Agreement:
    found = kept.by_id(name)
    if found is None and not kept.agreements:
        raise NotFound("no-agreements-yet", name=name)
    if found is None:
        names = ", ".join(each.id for each in kept.agreements)
        raise NotFound("no-such-agreement", name=name, names=names)
    return found


def _must_fit(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    if any(each.severity is Severity.ERROR for each in problems):
        raise WrongUse("agreement-does-not-fit", problems)
    return problems


def _agreed(desk: Desk) -> Desk:
    if desk.session.phase not in (Phase.CLOSED, Phase.DISCUSSING):
        return desk
    return desk.saved(desk.session.changed(phase=Phase.AGREED))
