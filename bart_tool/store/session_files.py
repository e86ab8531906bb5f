"""The small files of a session as text: session.yaml, people.yaml, agreements.yaml and others."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, TypeVar

from pydantic import BaseModel, Field

from bart_tool.domain.agreement import (
    Agreement,
    AgreementDraft,
    Agreements,
    Assent,
    Check,
    Unagreed,
    Withdrawal,
)
from bart_tool.domain.agreement_checks import check_agreement
from bart_tool.domain.base import Code, Frozen
from bart_tool.domain.checks import check_session
from bart_tool.domain.discussion import Discussion
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import LEAST_K, Session
from bart_tool.domain.sheet import Decision
from bart_tool.errors import Problem, Severity, Where
from bart_tool.store import shape, yaml_text
from bart_tool.store.shape import FORMAT, Misfit
from bart_tool.store.yaml_text import YamlDocument

# What stands in session.yaml also when it is as usual, so that a reader need not know the usual.
_ALWAYS = ("session", "title", "round", "phase", "language", "k")


class Person(Frozen):
    """Who stands behind a code. Kept in people.yaml only, and never exported."""

    name: str = ""
    contact: str = ""


class _People(Frozen):
    format: int
    kind: str
    people: dict[Code, Person] = Field(default_factory=dict)


class _Decisions(Frozen):
    format: int
    kind: str
    decisions: tuple[Decision, ...] = ()


def parse_session(text: str, file: str) -> tuple[Session | None, tuple[Problem, ...]]:
    """The session in `text`, or None and everything in it that does not fit.

    One in which fewer than `LEAST_K` people make a group is read with `LEAST_K`, and says so.
    """
    raised: list[str] = []

    def read(data: dict[str, Any]) -> tuple[Session | None, tuple[Misfit, ...]]:
        said = str(data.get("k"))
        if said.isdecimal() and len(said) < 9 and int(said) < LEAST_K:
            raised.append(said)
            data = {**data, "k": str(LEAST_K)}
        return shape.validate(Session, data)

    session, problems = parse_kind(read, "session", text, file)
    document, _ = yaml_text.read(text, file, yaml_text.PEOPLE) if raised else (None, ())
    where = Where(file, document.line("k") if document else None)
    notes = (Problem("k-raised", where, {"found": k}, Severity.WARNING) for k in raised)
    return session, (*problems, *notes)


def check_session_text(text: str, file: str, question_set: QuestionSet) -> tuple[Problem, ...]:
    """Everything wrong with the session in `text`, also by its set, with the lines."""
    session, problems = parse_session(text, file)
    document, _ = yaml_text.read(text, file, yaml_text.PEOPLE)
    if session is None or document is None:
        return problems
    wrong = check_session(session, question_set)
    return (*problems, *(_with_line(problem, document, file) for problem in wrong))


def _with_line(problem: Problem, document: YamlDocument, file: str) -> Problem:
    """A problem whose place is a path in the session (`participants/#2`), at its line."""
    section, _, part = problem.where.item.partition("/")
    place = int(part[1:]) if part.startswith("#") else part
    item = part if part and isinstance(place, str) else section
    where = Where(file, document.line(section, place), item=item)
    return Problem(problem.code, where, problem.params, problem.severity)


def dump_session(session: Session) -> str:
    """`session` as YAML; what `parse_session` reads back is equal to it."""
    whole = session.model_dump(mode="json")
    said = session.model_dump(mode="json", exclude_defaults=True)
    kept = {key: value for key, value in whole.items() if key in said or key in _ALWAYS}
    plain = {key: _plain(said.get(key, value)) for key, value in kept.items()}
    return yaml_text.write({"format": FORMAT, "kind": "session", **plain})


def parse_people(text: str, file: str) -> tuple[dict[str, Person] | None, tuple[Problem, ...]]:
    """Code -> person, or None and everything in people.yaml that does not fit, by line."""
    found, problems = parse_kind(partial(shape.validate, _People), "people", text, file)
    return (dict(found.people) if found else None), problems


def dump_people(people: Mapping[str, Person]) -> str:
    """`people` as YAML in the order of their codes; what `parse_people` reads back is equal."""
    listed = {code: people[code].model_dump(exclude_defaults=True) for code in sorted(people)}
    return yaml_text.write({"format": FORMAT, "kind": "people", "people": listed})


def parse_decisions(
    text: str, file: str
) -> tuple[tuple[Decision, ...] | None, tuple[Problem, ...]]:
    """What people settled, or None and everything in settled.yaml that does not fit, by line."""
    found, problems = parse_kind(partial(shape.validate, _Decisions), "decisions", text, file)
    return (found.decisions if found else None), problems


def dump_decisions(decisions: Iterable[Decision]) -> str:
    """`decisions` as YAML, in an order of their own: who settled first cannot be seen."""
    values = [decision.model_dump(exclude_defaults=True) for decision in decisions]
    listed = [dict(pairs) for pairs in sorted({tuple(value.items()) for value in values})]
    return yaml_text.write({"format": FORMAT, "kind": "decisions", "decisions": listed})


def parse_discussion(text: str, file: str) -> tuple[Discussion | None, tuple[Problem, ...]]:
    """The chosen topics and how far they are, or None and everything that does not fit, by line."""
    return parse_kind(partial(shape.validate, Discussion), "discussion", text, file)


def dump_discussion(discussion: Discussion) -> str:
    """`discussion` as YAML; what `parse_discussion` reads back is equal to it."""
    said = discussion.model_dump(mode="json", exclude_defaults=True)
    kept = {"round": discussion.round, **said}
    return yaml_text.write({"format": FORMAT, "kind": "discussion", **kept})


M = TypeVar("M", bound=BaseModel)


def parse_kind(
    read: Callable[[dict[str, Any]], tuple[M | None, tuple[Misfit, ...]]],
    kind: str,
    text: str,
    file: str,
) -> tuple[M | None, tuple[Problem, ...]]:
    """What `read` makes of a file of `kind`, or None and everything that does not fit, by line."""
    document, problems = yaml_text.read(text, file, yaml_text.PEOPLE)
    if document is None:
        return None, problems
    opened, misfits = shape.opening(document.data, kind)
    made = None
    if opened is not None:
        made, misfits = read(opened)
    found = (
        Problem(misfit.code, Where(file, document.line(*misfit.path)), misfit.params)
        for misfit in misfits
    )
    return (None if problems else made), (*problems, *found)


def _plain(value: Any) -> Any:
    """`value` with a text that is the same in both languages as one text."""
    if isinstance(value, dict):
        if value.keys() == {"nl", "en"} and value["nl"] == value["en"]:
            return value["nl"]
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


_ORDER = ("id", *AgreementDraft.model_fields)


def parse_agreements(text: str, file: str) -> tuple[Agreements | None, tuple[Problem, ...]]:
    """The agreements in `text`, or None and everything in it that does not fit, by line.

    `file` is what problems call it.
    """
    return parse_kind(_agreements, "agreements", text, file)


def check_agreements(
    text: str, file: str, session: Session, question_set: QuestionSet
) -> tuple[Problem, ...]:
    """Everything wrong with the agreements in `text`, also by their session, with the lines."""
    found, problems = parse_agreements(text, file)
    document, _ = yaml_text.read(text, file, yaml_text.PEOPLE)
    if found is None or document is None:
        return problems
    misfits = tuple(
        Problem(
            each.code,
            Where(file, document.line("agreements", number, each.where.item), item=agreement.id),
            each.params,
            each.severity,
        )
        for number, agreement in enumerate(found.agreements)
        for each in check_agreement(agreement, session, question_set)
    )
    return (*problems, *misfits)


def dump_agreements(agreements: Agreements) -> str:
    """`agreements` as YAML; what `parse_agreements` reads back is equal to it."""
    listed = [_agreement(each) for each in agreements.agreements]
    return yaml_text.write(
        {"format": FORMAT, "kind": "agreements", "given": agreements.given, "agreements": listed}
    )


def _agreement(agreement: Agreement) -> dict[str, Any]:
    """The id first, then what somebody filled in."""
    said = agreement.model_dump(mode="json", exclude_defaults=True)
    return {key: said[key] for key in _ORDER if key in said}


def _agreements(data: dict[str, Any]) -> tuple[Agreements | None, tuple[Misfit, ...]]:
    """One by one: what an agreement holds may be a date or a choice, and pydantic by itself takes
    more for a date than people do."""
    listed = data.get("agreements")
    if not isinstance(listed, list):
        return shape.validate(Agreements, data)
    whole, found = shape.validate(Agreements, {**data, "agreements": []})
    wrong = list(found)
    made: list[Agreement] = []
    seen: set[str] = set()
    for number, each in enumerate(listed):
        path = ("agreements", number)
        one, misfits = _one(each, path)
        wrong.extend(misfits)
        if one is not None and one.id in seen:
            wrong.append(Misfit("duplicate-id", (*path, "id"), {"name": one.id}))
        if one is not None:
            made.append(one)
            seen.add(one.id)
    if wrong or whole is None:
        return None, tuple(wrong)
    return whole.changed(agreements=tuple(made)), ()


def _one(data: Any, path: shape.Path) -> tuple[Agreement | None, tuple[Misfit, ...]]:
    parts: dict[str, Any] = {}
    wrong: list[Misfit] = []
    said = data if isinstance(data, dict) else {}
    for key, model in (("parties", Assent), ("unagreed", Unagreed), ("checks", Check)):
        listed = said.get(key)
        if not isinstance(listed, list):
            continue
        parts[key] = []
        for number, each in enumerate(listed):
            one, misfits = shape.validate(model, each, (*path, key, number))
            wrong.extend(misfits)
            parts[key] += [one] if one is not None else []
    if isinstance(said.get("withdrawn"), dict):
        withdrawn, misfits = shape.validate(Withdrawal, said["withdrawn"], (*path, "withdrawn"))
        wrong.extend(misfits)
        parts["withdrawn"] = withdrawn
    made, misfits = shape.validate(Agreement, {**data, **parts} if parts else data, path)
    return made, (*wrong, *misfits)
