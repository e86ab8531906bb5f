"""Agreeing: a boundary in one sentence, kept in the session and looked at again later."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bart_tool.analysis.agenda import topic_of
from bart_tool.analysis.mandate import Doubt, doubts, is_doubtable
from bart_tool.domain.agreement import (
    Agreement,
    AgreementDraft,
    Agreements,
    Check,
    Withdrawal,
    waiting,
)
from bart_tool.domain.agreement_checks import (
    acting_unagreed,
    check_agreement,
    is_beyond_keeping,
    is_past,
    open_questions,
    texts,
)
from bart_tool.domain.base import Language
from bart_tool.domain.session import Phase, Session
from bart_tool.errors import BadData, Busy, NotFound, Problem, Severity, Where, WrongUse
from bart_tool.store.locations import AGREEMENTS_FILE
from bart_tool.wording.agreements import position
from bart_tool.wording.labels import vague_words
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.translation import words
from bart_tool.workflow.findings import findings
from bart_tool.workflow.open_session import OpenSession, must_be_closed

# A capital behind a form of address is a name; a capital by itself may be a street or a plan.
ADDRESSED = re.compile(
    r"(?<!\w)(?i:mevrouw|mevr\.|mw\.|meneer|mijnheer|de heer|dhr\.|mrs\.?|mr\.?|ms\.?) +"
    r"[^\W\d_a-z]\w"
)


@dataclass(frozen=True)
class Saved:
    """An agreement as it was saved, and what is still to be asked about it (notes, warnings)."""

    opened: OpenSession
    agreement: Agreement
    questions: tuple[Problem, ...]


@dataclass(frozen=True)
class Removed:
    """An agreement that was taken out; `put_back` undoes it. `place`: where it stood, from 0."""

    opened: OpenSession
    agreement: Agreement
    place: int


@dataclass(frozen=True, slots=True)
class Due:
    """An agreement that must be looked at, and since how many days: 0 is today."""

    agreement: Agreement
    days: int


def agreements(opened: OpenSession) -> Agreements:
    """What was agreed so far; also while a later round is answered.

    Raises NotAllowed before the first round is closed, BadData when the file cannot be read.
    """
    kept, _ = opened.folder.agreements()
    if not kept.agreements:
        must_be_closed(opened)
    return kept


def readable(opened: OpenSession) -> tuple[tuple[Agreement, ...], tuple[Problem, ...]]:
    """What was agreed up to this round; nothing when that cannot be read, with what is wrong.

    Agreements lie with the session itself: a finished round holds none.
    """
    try:
        kept = opened.home.agreements()[0].agreements
    except BadData as error:
        return (), error.problems
    return tuple(each for each in kept if each.round <= opened.session.round), ()


def agree(
    opened: OpenSession, draft: AgreementDraft, today: date, language: Language | None = None
) -> Saved:
    """Keep `draft` as an agreement of this round; the session's phase goes on to *agreed*.

    Raises NotAllowed before the round is closed, WrongUse when it does not fit the session.
    """
    opened = opened.reread()
    must_be_closed(opened)
    draft = draft.changed(round=opened.session.round)
    asked = _must_fit(questions(opened, draft, today, language))
    with opened.held() as now:
        must_be_closed(now)  # opened again, or followed up, meanwhile
        kept, fingerprint = now.folder.agreements()
        kept = kept.with_new(_tidy(draft, now, today).changed(round=now.session.round))
        now.folder.save_agreements(kept, fingerprint)
    # Saved first: a phase without an agreement would be a lie, an agreement is one in any phase.
    return Saved(now.revised(_agreed), kept.agreements[-1], asked)


def change(
    opened: OpenSession,
    before: Agreement,
    after: AgreementDraft,
    today: date,
    language: Language | None = None,
) -> Saved:
    """Put `after` in place of `before`, under the same id.

    A day to look again that was past before may stay. Raises Busy when what stands there is not
    `before` any more, NotFound when it is gone, and as `agree`.
    """
    opened = opened.reread()
    must_be_closed(opened)
    kept, fingerprint = opened.folder.agreements()
    if _must_be_there(kept, before.id) != before:
        raise Busy("changed-since-read", file=AGREEMENTS_FILE)
    after = _tidy(after, opened, today).changed(round=before.round)
    fields = {name: getattr(after, name) for name in AgreementDraft.model_fields}
    changed = Agreement(id=before.id, **fields)
    asked = questions(opened, changed, today, language)
    if changed.check_on == before.check_on:
        asked = tuple(each for each in asked if each.code != "agreement-check-in-the-past")
    asked = _must_fit(asked)
    opened.folder.save_agreements(kept.replaced(changed), fingerprint)
    return Saved(opened, changed, asked)


def _tidy(draft: AgreementDraft, opened: OpenSession, today: date) -> AgreementDraft:
    """`draft` as it is kept: nothing is said any more of a party that agreed or need not act."""
    acting = dict(acting_unagreed(draft, opened.session))
    unagreed = tuple(each for each in draft.unagreed if each.party in acting)
    return draft.changed(unagreed=unagreed, changed_on=today)


def withdraw(opened: OpenSession, name: str, withdrawal: Withdrawal) -> Saved:
    """Write down that the agreement called `name` does not hold any more; it stays to be read.

    Raises NotFound when it is not there, WrongUse when it does not hold already or a code of
    somebody stands in why.
    """
    return _withdrawn(opened, name, withdrawal.on, withdrawal)


def hold_again(opened: OpenSession, name: str, today: date) -> Saved:
    """Undo `withdraw`. Raises NotFound when it is not there, WrongUse when it does hold."""
    return _withdrawn(opened, name, today, None)


def _withdrawn(opened: OpenSession, name: str, today: date, withdrawal: Withdrawal | None) -> Saved:
    kept, fingerprint = opened.folder.agreements()
    before = _must_be_there(kept, name)
    if (before.withdrawn is None) is (withdrawal is None):
        code = "agreement-not-withdrawn" if withdrawal is None else "agreement-withdrawn-already"
        raise WrongUse(code, name=name)
    changed = before.changed(withdrawn=withdrawal, changed_on=today)
    found = (*check_agreement(changed, opened.session, opened.known), *names_in(opened, changed))
    asked = _must_fit(tuple(each for each in found if each.where.item == "withdrawn"))
    opened.folder.save_agreements(kept.replaced(changed), fingerprint)
    return Saved(opened, changed, asked)


def remove(opened: OpenSession, name: str) -> Removed:
    """Take out the agreement called `name`; what is given back can be put back.

    Raises NotFound when it is not there.
    """
    kept, fingerprint = opened.folder.agreements()
    gone = _must_be_there(kept, name)
    opened.folder.save_agreements(kept.without(name), fingerprint)
    return Removed(opened, gone, kept.agreements.index(gone))


def put_back(opened: OpenSession, removed: Removed) -> OpenSession:
    """Undo `remove`: the agreement stands under its own id at its own place again."""
    kept, fingerprint = opened.folder.agreements()
    opened.folder.save_agreements(kept.put_back(removed.agreement, removed.place), fingerprint)
    return opened


def record_check(
    opened: OpenSession, name: str, check: Check, today: date, *, again_on: date | None = None
) -> Saved:
    """Write down whether the agreement called `name` was kept, and when to look again, if at all.

    Raises NotFound when it is not there, WrongUse for a check that is still to come or a day to
    look again that is past.
    """
    kept, fingerprint = opened.folder.agreements()
    before = _must_be_there(kept, name)
    changed = before.changed(
        checks=(*before.checks, check), check_on=again_on or before.check_on, changed_on=today
    )
    misfit = [
        *check_agreement(changed, opened.session, opened.known),
        *([wrong("agreement-check-in-the-future", "checks")] if check.on > today else []),
        *([wrong("agreement-check-in-the-past", "check_on")] if _is_past(again_on, today) else []),
    ]
    _must_fit(tuple(each for each in misfit if each.where.item in ("checks", "check_on")))
    opened.folder.save_agreements(kept.replaced(changed), fingerprint)
    asked = tuple(each for each in names_in(opened, changed) if each.where.item == "checks")
    return Saved(opened, changed, asked)


def due(opened: OpenSession, today: date) -> tuple[Due, ...]:
    """What must be looked at on `today`, the longest overdue first. Raises as `agreements`."""
    found = [
        Due(each, (today - day).days)
        for day, each in waiting(agreements(opened).agreements)
        if day <= today
    ]
    return tuple(found)


def misfits(opened: OpenSession, kept: Agreements) -> tuple[Problem, ...]:
    """What in `kept` does not fit the session (any more); each names its agreement."""
    return tuple(
        Problem(
            each.code,
            Where(AGREEMENTS_FILE, item=f"{agreement.id}, {each.where.item}"),
            each.params,
        )
        for agreement in kept.agreements
        for each in check_agreement(agreement, opened.session, opened.known)
    )


def must_be_there(opened: OpenSession, name: str) -> Agreement:
    """The agreement called `name`. Raises NotFound, with the names there are."""
    return _must_be_there(agreements(opened), name)


def topics(opened: OpenSession) -> tuple[str, ...]:
    """What one talks about: the decisions first, then the other items, in the order of the set.

    An agreement may also be about one item of a decision. What only a follow-up round asks about
    earlier agreements is no topic.
    """
    own = {question.id for question in opened.session.questions}
    items = [item for item in opened.known.compared if item.question.id not in own]
    keys = dict.fromkeys(topic_of(item) for item in items)
    return tuple(sorted(keys, key=lambda key: key in opened.known.by_key))


def agenda_topics(opened: OpenSession) -> tuple[str, ...]:
    """The topics that the report puts on page one. Raises NotAllowed before the round is closed."""
    return tuple(topic.key for topic in findings(opened).page_one)


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


def _agreed(session: Session) -> Session:
    if session.phase not in (Phase.CLOSED, Phase.DISCUSSING):
        return session
    return session.changed(phase=Phase.AGREED)


def questions(
    opened: OpenSession, draft: AgreementDraft, today: date, language: Language | None = None
) -> tuple[Problem, ...]:
    """What is wrong with an agreement or still to be asked about it, while it is written.

    With an error among them it cannot be saved. The place of each is the key it is about. What
    lies beyond a mandate by the answers is asked with the positions named in `language`.
    """
    past = wrong("agreement-check-in-the-past", "check_on")
    return (
        *check_agreement(draft, opened.session, opened.known),
        *((past,) if is_past(draft, today) else ()),
        *_beyond_keeping(opened, draft, language or opened.session.language),
        *names_in(opened, draft),
        *open_questions(draft, vague_words()),
        *(asked for _, asked in unagreed(opened, draft, language or opened.session.language)),
        *_beyond_mandate(opened, draft, language or opened.session.language),
    )


def _beyond_keeping(
    opened: OpenSession, draft: AgreementDraft, language: Language
) -> Iterator[Problem]:
    """That the session must be erased before the day to look again, if so."""
    until = opened.session.keep_until
    if until is not None and is_beyond_keeping(draft, opened.session):
        day = words(language).day(until)
        yield Problem(
            "agreement-check-after-erasing",
            Where(item="check_on"),
            {"day": day},
            severity=Severity.WARNING,
        )


def wrong(code: str, key: str) -> Problem:
    """What is wrong with the part of an agreement called `key`."""
    return Problem(code, Where(item=key))


def names_in(opened: OpenSession, draft: AgreementDraft) -> Iterator[Problem]:
    """Whether a name that is kept beside the codes stands in a text, or one after Mrs or Mr."""
    names = {
        part
        for person in opened.folder.people().values()
        for part in (person.name, *re.findall(r"\b[^\W\d_a-z]\w{2,}", person.name))
        if part.strip()
    }
    by_key: dict[str, list[str]] = {}
    for key, text in texts(draft):
        by_key.setdefault(key, []).append(text)
    for key, text in ((key, "\n".join(each)) for key, each in by_key.items()):
        kept = any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names)
        if kept or ADDRESSED.search(text):
            yield Problem("agreement-holds-a-name", Where(item=key), severity=Severity.WARNING)


def unagreed(
    opened: OpenSession, draft: AgreementDraft, language: Language
) -> Iterator[tuple[str, Problem]]:
    """The parties that must act and did not agree, and of which nothing was said yet: what is asked
    of each. Never a refusal.
    """
    names = Naming(opened.known, opened.session, language)
    said = {each.party for each in draft.unagreed}
    for party, duty in acting_unagreed(draft, opened.session):
        if party not in said:
            params = {"party": upper_first(names.the(party))}
            where = Where(item="unagreed")
            code = f"agreement-unagreed-must-{duty}"
            yield party, Problem(code, where, params, Severity.NOTE)


def _beyond_mandate(
    opened: OpenSession, draft: AgreementDraft, language: Language
) -> Iterator[Problem]:
    """What the answers make one ask of an agreement that is called within the mandate."""
    # Comparing all answers takes a while, and of most agreements nothing is asked.
    if not is_doubtable(draft, opened.question_set) or not opened.session.phase.is_revealed:
        return
    names = Naming(opened.known, opened.session, language)
    found = doubts(draft, findings(opened), opened.question_set, opened.session.kind_of)
    for doubt in found:
        yield _asked(doubt, names)


def _asked(doubt: Doubt, names: Naming) -> Problem:
    code = f"agreement-{doubt.code}"
    if doubt.code == "claimed-by-nobody" and doubt.positions:
        code = "agreement-seen-elsewhere"
    params = {
        "positions": names.t.listed([position(each, names) for each in doubt.positions]),
        "parties": names.listed_parties(doubt.contested_by),
    }
    return Problem(code, Where(item="mandate"), params, Severity.NOTE)
