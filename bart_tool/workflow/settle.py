"""Settling, after closing: a person says which of two answers stands where neither is newer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bart_tool.disclosure.counting import counted
from bart_tool.domain.answer import Answer
from bart_tool.domain.sheet import Conflict, Decision, fingerprint
from bart_tool.errors import BadData, Busy, NotAllowed, NotFound
from bart_tool.store import generated
from bart_tool.store.locations import SESSION_FILE
from bart_tool.workflow.findings import changing
from bart_tool.workflow.keeping import MOST_KEPT
from bart_tool.workflow.merging import picture_of
from bart_tool.workflow.open_session import OpenSession, must_take_part


@dataclass(frozen=True, slots=True)
class Version:
    """One answer that may stand. `mark` names it for `settle`; it is shown to nobody.

    `answer` has its free text only where that may be printed; else `has_more` says that there is
    some. Of a text of one's own nothing is left then.
    """

    mark: str
    answer: Answer
    has_more: bool


@dataclass(frozen=True)
class Choice:
    """A conflict to settle: the answer in the person's own sheet, and then the others."""

    participant: str
    item: str
    revision: int
    versions: tuple[Version, ...]

    @property
    def is_full(self) -> bool:
        """Whether as many versions are kept as bart keeps: there may have been more."""
        return len(self.versions) >= MOST_KEPT


def choices(opened: OpenSession) -> tuple[Choice, ...]:
    """The conflicts that are open. Raises NotAllowed before the round is closed."""
    _must_be_revealed(opened)
    picture = picture_of(opened).picture
    # Of a group no words are printed.
    by_name = {
        each.party
        for each in counted(opened.question_set, opened.session, picture.sheets)
        if each.visibility == "position"
    }
    party_of = opened.session.party_of
    return tuple(
        _choice(opened, conflict, may_print=party_of[conflict.participant] in by_name)
        for conflict in picture.conflicts
    )


def _must_be_revealed(opened: OpenSession) -> None:
    if not opened.session.phase.is_revealed:
        raise NotAllowed("settle-not-closed", session=opened.session.session)


def _choice(opened: OpenSession, conflict: Conflict, *, may_print: bool) -> Choice:
    answers = conflict.answers
    try:
        here = opened.folder.sheet(conflict.participant)
    except BadData:
        here = None
    first = here[0].answers.get(conflict.item) if here else None
    if first in answers:
        answers = (first, *(answer for answer in answers if answer != first))
    is_text = opened.question_set.by_key[conflict.item].question.answered == "words"
    versions = tuple(
        _version(answer, is_text=is_text, may_print=may_print and answer.quote)
        for answer in answers
    )
    return Choice(conflict.participant, conflict.item, conflict.revision, versions)


def _version(answer: Answer, *, is_text: bool, may_print: bool) -> Version:
    is_written = is_text and isinstance(answer.value, str) and answer.is_substantive
    has_words = bool(answer.note or answer.words) or is_written
    if may_print or not has_words:
        return Version(fingerprint(answer), answer, has_more=False)
    less = answer.model_copy(
        update={"note": "", "words": "", "value": "" if is_written else answer.value}
    )
    return Version(fingerprint(answer), less, has_more=True)


def ways(left: Sequence[Choice]) -> tuple[dict[str, str], ...]:
    """How the first conflict of what is `left` can be settled: item -> the mark of what stands.

    One way for each of its versions. Where that person has two or more conflicts, of two answers
    each, also all the first ones at once, and all the later ones: whoever handed in two whole
    sheets is not asked about every answer in them.
    """
    first = left[0]
    alone = tuple({first.item: version.mark} for version in first.versions)
    own = [each for each in left if each.participant == first.participant]
    if len(own) == 1 or any(len(each.versions) != 2 for each in own):
        return alone
    return (*alone, *({each.item: each.versions[n].mark for each in own} for n in (0, 1)))


def still_left(left: Sequence[Choice], stands: Mapping[str, str]) -> list[Choice]:
    """What is left once `stands`, of the person who is first, is settled."""
    code = left[0].participant
    return [each for each in left if each.participant != code or each.item not in stands]


def settle(opened: OpenSession, code: str, stands: Mapping[str, str]) -> OpenSession:
    """Let answers of `code` stand; the decisions are kept, an earlier report is out of date.

    `stands`: item -> the mark of the answer. Raises NotFound when there is no such conflict,
    NotAllowed for an answer that is not in it and before the round is closed; then none stands.
    """
    own = {each.item: each for each in choices(opened) if each.participant == code}
    decisions = []
    for item, mark in stands.items():
        if item not in own:
            raise NotFound("no-such-conflict", code=code, item=item)
        marks = sorted(version.mark for version in own[item].versions)
        if mark not in marks:
            raise NotAllowed("no-such-choice", code=code, item=item)
        decisions.append(
            Decision(
                participant=code,
                item=item,
                revision=own[item].revision,
                chosen=mark,
                among=tuple(marks),
            )
        )
    return _decided(opened, code, decisions)


def _decided(opened: OpenSession, code: str, decisions: Sequence[Decision]) -> OpenSession:
    # The report is called out of date first: killed in between, no report hides what was settled.
    if generated.made(opened.folder):
        opened = opened.revised(lambda session: session.changed(report_out_of_date=True))
    with opened.held() as now:
        _must_be_revealed(now)  # opened again meanwhile
        must_take_part(now, code)  # erased meanwhile: nothing of them is kept
        if generated.made(now.folder) and not now.session.report_out_of_date:
            raise Busy("changed-since-read", file=SESSION_FILE)  # one was made meanwhile
        # Two decisions on one answer would decide nothing.
        places = {each.place for each in decisions}
        others = (each for each in now.folder.decisions() if each.place not in places)
        with changing(now):
            now.folder.save_decisions((*others, *decisions))
    return now
