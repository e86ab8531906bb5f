"""agreements.yaml as text (docs/developer/formats.md 1): read, checked with lines, and written."""

from typing import Any

from bart_tool.domain.agreement import Agreement, AgreementDraft, Agreements, Assent, Check
from bart_tool.domain.agreement_checks import check_agreement
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.errors import Problem, Where
from bart_tool.store import shape, yaml_text
from bart_tool.store.shape import FORMAT, Misfit
from bart_tool.store.yaml_text import YamlDocument

KIND = "agreements"
_ORDER = ("id", *AgreementDraft.model_fields)


def parse(text: str, file: str) -> tuple[Agreements | None, tuple[Problem, ...]]:
    """The agreements in `text`, or None and everything in it that does not fit, by line.

    `file` is what problems call it.
    """
    document, problems = yaml_text.read(text, file, yaml_text.PEOPLE)
    if document is None:
        return None, problems
    opened, misfits = shape.opening(document.data, KIND)
    made = None
    if opened is not None:
        made, misfits = _read(opened)
    found = tuple(_placed(misfit, document, file) for misfit in misfits)
    return (None if problems else made), (*problems, *found)


def check_text(
    text: str, file: str, session: Session, question_set: QuestionSet
) -> tuple[Problem, ...]:
    """Everything wrong with the agreements in `text`, also by their session, with the lines."""
    found, problems = parse(text, file)
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


def dump(agreements: Agreements) -> str:
    """`agreements` as YAML; what `parse` reads back is equal to it."""
    listed = [_plain(each) for each in agreements.agreements]
    return yaml_text.write(
        {"format": FORMAT, "kind": KIND, "given": agreements.given, "agreements": listed}
    )


def _plain(agreement: Agreement) -> dict[str, Any]:
    """The id first; its status also when it is as usual, so that a reader need not know that."""
    whole = agreement.model_dump(mode="json")
    said = agreement.model_dump(mode="json", exclude_defaults=True)
    return {key: said.get(key, whole[key]) for key in _ORDER if key in said or key == "mandate"}


def _read(data: dict[str, Any]) -> tuple[Agreements | None, tuple[Misfit, ...]]:
    """One by one: what an agreement holds may be a date or a choice, and pydantic by itself takes
    more for a date than people do."""
    listed = data.get("agreements")
    if not isinstance(listed, list):
        return shape.validate(Agreements, data)
    whole, wrong = shape.validate(Agreements, {**data, "agreements": []})
    made: list[Agreement] = []
    seen: set[str] = set()
    for number, each in enumerate(listed):
        path = ("agreements", number)
        one, misfits = _one(each, path)
        wrong = (*wrong, *misfits)
        if one is not None and one.id in seen:
            wrong = (*wrong, Misfit("duplicate-id", (*path, "id"), {"name": one.id}))
        if one is not None:
            made.append(one)
            seen.add(one.id)
    if wrong or whole is None:
        return None, wrong
    return whole.changed(agreements=tuple(made)), ()


def _one(data: Any, path: shape.Path) -> tuple[Agreement | None, tuple[Misfit, ...]]:
    parts: dict[str, Any] = {}
    wrong: tuple[Misfit, ...] = ()
    for key, model in (("parties", Assent), ("checks", Check)):
        listed = data.get(key) if isinstance(data, dict) else None
        if not isinstance(listed, list):
            continue
        parts[key] = []
        for number, each in enumerate(listed):
            one, misfits = shape.validate(model, each, (*path, key, number))
            wrong = (*wrong, *misfits)
            parts[key] += [one] if one is not None else []
    made, misfits = shape.validate(Agreement, {**data, **parts} if parts else data, path)
    return made, (*wrong, *misfits)


def _placed(misfit: Misfit, document: YamlDocument, file: str) -> Problem:
    return Problem(misfit.code, Where(file, document.line(*misfit.path)), misfit.params)
