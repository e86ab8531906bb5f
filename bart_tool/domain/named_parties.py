"""A set whose parties the session names: each becomes a kind of its own.

Parties of one kind never claim against each other, so a set for any organisation cannot put them
all under one kind; and it cannot know their names. It describes one kind with `named_by_session`,
and here that kind makes way for the parties of a session.
"""

from collections.abc import Mapping
from typing import Any

from bart_tool.domain.patterns import Patterns
from bart_tool.domain.question import Question
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.set_parts import Named, PartyKind


def with_named_parties(question_set: QuestionSet, named: Mapping[str, Named]) -> QuestionSet:
    """The set with `named` (party id -> what it is called) in the place of the kind it leaves open.

    The same set when it leaves none open, or when nobody is named.
    """
    kind = question_set.named_kind
    if kind is None or not named:
        return question_set
    fields: dict[str, Any] = {n: getattr(question_set, n) for n in QuestionSet.model_fields}
    fields["parties"] = _parties(question_set, kind, named)
    fields["questions"] = tuple(_asking(q, kind, tuple(named)) for q in question_set.questions)
    fields["patterns"] = _patterns(question_set.patterns, kind, tuple(named))
    # The set was checked with the kind that it leaves open; nothing here can be wrong by itself.
    return QuestionSet.model_construct(**fields)


def _parties(
    question_set: QuestionSet, kind: str, named: Mapping[str, Named]
) -> dict[str, PartyKind]:
    open_kind = question_set.parties[kind]
    own = {
        name: PartyKind(
            label=what.label, the=what.the, help=open_kind.help, prefix=open_kind.prefix
        )
        for name, what in named.items()
    }
    placed = ({name: what} if name != kind else own for name, what in question_set.parties.items())
    return {name: what for group in placed for name, what in group.items()}


def _asking(question: Question, kind: str, named: tuple[str, ...]) -> Question:
    """The question with the named parties wherever it names the kind, whatever its type."""
    changed: dict[str, Any] = {}
    for field in type(question).model_fields:
        given = getattr(question, field)
        if isinstance(given, tuple):
            changed[field] = _in_place(given, kind, named)
        elif isinstance(given, dict):
            changed[field] = {
                name: value
                for each, value in given.items()
                for name in _in_place((each,), kind, named)
            }
    return question.model_copy(update=changed)


def _patterns(patterns: Patterns, kind: str, named: tuple[str, ...]) -> Patterns:
    bound = patterns.informal_role_fills_gap
    if bound is None or kind not in bound.subjects:
        return patterns
    own = bound.model_copy(update={"subjects": _in_place(bound.subjects, kind, named)})
    return patterns.model_copy(update={"informal_role_fills_gap": own})


def _in_place(names: tuple[str, ...], kind: str, named: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for name in names for each in (named if name == kind else (name,)))
