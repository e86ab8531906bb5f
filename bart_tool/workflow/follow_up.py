"""The follow-up round: it asks about what was agreed, and again about what the agreements touch.

The set's questions come before those about the agreements: whoever has just read what was agreed
would give that back as their own picture.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from bart_tool.analysis.agenda import topic_of
from bart_tool.domain.agreement import KEPT_OR_NOT, LEVELS, Agreement, Asked, about
from bart_tool.domain.base import LANGUAGES, Language
from bart_tool.domain.checks import check_session
from bart_tool.domain.named_parties import questions_each
from bart_tool.domain.question import Option, ScaleQuestion, Tense
from bart_tool.domain.question_set import Item, QuestionSet, Scale
from bart_tool.domain.session import Phase, Session
from bart_tool.domain.text import Text
from bart_tool.errors import BadData, NotAllowed, Severity
from bart_tool.store import rounds
from bart_tool.wording.naming import Naming
from bart_tool.wording.translation import N_, words
from bart_tool.workflow.open_session import OpenSession, round_named

LONGEST_SHORT = 60  # of a sentence where a heading or a table names it

# What is asked of an agreement: in a few words, the question, and what a "no" means.
_TEXTS: dict[Asked, tuple[str, str, str, Tense]] = {
    "kept": (
        N_("Kept: {sentence}"),
        N_("Was this agreement kept? “{sentence}”"),
        N_("Think of the time since it was agreed."),
        "practice",
    ),
    "right": (
        N_("Still right: {sentence}"),
        N_("Is this agreement still right? “{sentence}”"),
        N_("No means: it should be agreed differently."),
        "wish",
    ),
}
_LEVEL_WORDS = {"no": N_("No"), "partly": N_("Partly"), "yes": N_("Yes")}


@dataclass(frozen=True)
class FollowUp:
    """What a follow-up round will ask. `session` is the session as it then is.

    `agreements`: of which it is asked whether they are kept and still right. `parked`: of which
    only what they touch is asked again. `items` of the set are asked again.
    """

    session: Session
    question_set: QuestionSet
    agreements: tuple[Agreement, ...]
    parked: tuple[Agreement, ...]
    items: tuple[Item, ...]

    @cached_property
    def questions_each(self) -> int:
        """How many questions one person gets at most, a table counted as one."""
        return questions_each(self.question_set)

    @property
    def topics(self) -> dict[str, tuple[Item, ...]]:
        """What is asked again, by topic: a decision with all its items, or one item."""
        topics: dict[str, tuple[Item, ...]] = {}
        for item in self.items:
            topics[topic_of(item)] = (*topics.get(topic_of(item), ()), item)
        return topics

    @property
    def minutes(self) -> int:
        """About how long that takes."""
        return self.question_set.minutes


def planned(opened: OpenSession) -> FollowUp:
    """What a follow-up round would ask now.

    Raises NotAllowed while the round is open, or when nothing was agreed.
    """
    session = opened.session
    if not session.phase.is_revealed:
        raise NotAllowed("follow-up-round-open", session=session.session)
    agreements = opened.folder.agreements()[0].agreements
    if not agreements:
        raise NotAllowed("follow-up-no-agreements", session=session.session)
    as_filed = opened.folder.set_as_filed()
    plain = session.changed(questions=(), scales={}, asked=None)
    the_set = plain.known(as_filed)
    # What is parked was not settled: nobody can say whether it was kept.
    settled = tuple(each for each in agreements if each.mandate != "parked")
    parked = tuple(each for each in agreements if each.mandate == "parked")
    items = touched_by(the_set, agreements)
    scale = _free_name(the_set)
    next_round = plain.changed(
        round=session.round + 1,
        phase=Phase.ANSWERING,
        questions=tuple(_questions(session, the_set, settled, scale)),
        scales={scale: _scale()} if settled else {},
        asked=tuple(item.key for item in items),
        reopened=(),
        report_out_of_date=False,
    )
    wrong = [p for p in check_session(next_round, as_filed) if p.severity is Severity.ERROR]
    if wrong:
        raise BadData("follow-up-does-not-fit", tuple(wrong))
    return FollowUp(next_round, next_round.effective(as_filed), settled, parked, items)


def in_words(follow_up: FollowUp, language: Language) -> Iterator[str]:
    """What will be asked and how long that takes, in lines."""
    t = words(language)
    names = Naming(follow_up.question_set, follow_up.session, language)
    if follow_up.agreements:
        yield t("Of these agreements it is asked whether they are kept and still right:")
        yield from (f"  - {_plain(each.sentence)}" for each in follow_up.agreements)
    if follow_up.parked:
        yield t("Parked, so nobody is asked whether they are kept:")
        yield from (f"  - {_plain(each.sentence)}" for each in follow_up.parked)
    if follow_up.items:
        yield t("Asked once more, to see whether the pictures moved:")
        for key, items in follow_up.topics.items():
            yield f"  - {names.topic(key, tuple(item.key for item in items))}"
    yield t.plural(
        "That is at most {number} question a person, about {minutes} minutes.",
        "That is at most {number} questions a person, about {minutes} minutes.",
        follow_up.questions_each,
        minutes=follow_up.minutes,
    )


def begin(opened: OpenSession, follow_up: FollowUp) -> OpenSession:
    """Keep the round that ends whole, and open the next one.

    Killed at any point, the session is in the old round or in the new one, and doing it again
    goes on. Raises Busy when somebody changed the session meanwhile, CannotWrite or CannotCreate.
    """
    rounds.keep(opened.folder, opened.session.round)
    begun = opened.saved(follow_up.session)
    rounds.sweep(begun.folder, begun.session.round)
    return begun


def take_back(opened: OpenSession) -> OpenSession:
    """Go back to the round before, as it was, while nobody has answered in this one.

    Killed at any point, doing it again goes on. Raises NotAllowed when there is nothing to take
    back or somebody has begun, CannotWrite.
    """
    session = opened.session
    if session.round == 1 or session.phase is not Phase.ANSWERING:
        raise NotAllowed("follow-up-not-begun", session=session.session)
    codes = sorted(set(_begun_by(opened)))
    if codes:
        raise NotAllowed("follow-up-answered", codes=", ".join(codes))
    before = round_named(opened, session.round - 1)
    rounds.bring_back(opened.folder, before.session.round)
    back = opened.saved(before.session)
    rounds.forget(back.folder, before.session.round)
    return back


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
        for what, (short, text, more, tense) in _TEXTS.items():
            yield ScaleQuestion(
                type="scale",
                id=about(agreement.id, what),
                boundary="boundary",
                tense=tense,
                short=_in_both(short, sentence=shortened(agreement.sentence)),
                text=_in_both(text, sentence=_plain(agreement.sentence)),
                help=_in_both(more),
                scale=scale,
                asked_of=asked_of,
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


def _scale() -> Scale:
    return Scale(
        levels=tuple(Option(id=level, label=_in_both(_LEVEL_WORDS[level])) for level in LEVELS)
    )


def _free_name(question_set: QuestionSet) -> str:
    name, number = KEPT_OR_NOT, 1
    while name in question_set.scales:
        number += 1
        name = f"{KEPT_OR_NOT}-{number}"
    return name


def shortened(sentence: str) -> str:
    """An agreement's sentence where there is little room: whole words, then `…`."""
    plain = _plain(sentence)
    if len(plain) <= LONGEST_SHORT:
        return plain
    cut = plain[: LONGEST_SHORT - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:") + "…"


def _plain(sentence: str) -> str:
    """On one line, and without what would stand for a name in a question (`{subject}`)."""
    return " ".join(sentence.translate({ord("{"): "(", ord("}"): ")"}).split())


def _in_both(text: str, **values: str) -> Text:
    said: dict[Language, str] = {each: words(each)(text, **values) for each in LANGUAGES}
    return Text(**said)
