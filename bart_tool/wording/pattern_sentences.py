"""Patterns in sentences: what the answers together may point at, and on whose view it stands."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bart_tool.domain.findings import Findings, ItemFinding, PatternFinding, Position
from bart_tool.domain.patterns import Binding
from bart_tool.wording.labels import PATTERN_QUESTIONS, PATTERNS, PATTERNS_SEEN, label
from bart_tool.wording.naming import Naming, lower_first, upper_first

Values = Mapping[str, str]


def pattern_title(found: PatternFinding, names: Naming) -> str:
    """What a pattern asks, as a heading: it names no party, and ends in a question mark."""
    return label(PATTERNS, found.pattern, names.language)


def pattern_question(found: PatternFinding, names: Naming) -> str:
    """The question that a pattern leaves to talk about; never a verdict."""
    return label(PATTERN_QUESTIONS, found.pattern, names.language)


def describe_pattern(found: PatternFinding, findings: Findings, names: Naming) -> str:
    """What a pattern stands on: who says what of its subject, question by question.

    It stands on the pattern having been found. Behind every role, task or decision stand the
    parties that have it as their position.
    """
    about = [findings.by_key[key] for key in found.items]
    values = _VALUES[found.pattern](found, about, names)
    subject = names.about_whom(found.subject)
    return upper_first(
        label(PATTERNS_SEEN, found.pattern, names.language, subject=subject, **values)
    )


def _by(positions: Iterable[Position], subject: str, names: Naming) -> str:
    return names.t("according to {parties}", parties=names.speakers(positions, subject))


def _named(
    found: PatternFinding, finding: ItemFinding, names: Naming, *, taken: bool = False
) -> str:
    """Each option of the pattern with the parties that name it; `taken`: mostly as self-taken."""
    item, texts = names.item(finding.item), []
    for option in found.options:
        naming = [p for p in finding.positions if option in p.top]
        if taken:
            naming = [p for p in naming if p.mostly(option) == "informal"]
        by = _by(naming, finding.subject, names)
        texts.append(f"{names.option(item, option)}, {by}")
    return "; ".join(texts)


def _at_most(level: str, about: Sequence[ItemFinding], names: Naming) -> str:
    """Each item with the parties that stand at `level` or lower: `tijd, volgens …`."""
    texts = []
    for finding in about:
        item = names.item(finding.item)
        scale = names.question_set.scale_of(item.question)
        number = scale.number(level) if scale else 0
        low = [p for p in finding.positions if p.median is not None and p.median <= number]
        texts.append(f"{_thing(finding, names)}, {_by(low, finding.subject, names)}")
    return "; ".join(texts)


def _thing(finding: ItemFinding, names: Naming) -> str:
    """What an item is about beside its subject, in a sentence; without an object, its subject."""
    item = names.item(finding.item)
    return lower_first(names.object(item)) if item.object else names.about_whom(item.subject)


def _level(level: str, finding: ItemFinding, names: Naming) -> str:
    item = names.item(finding.item)
    scale = names.question_set.scale_of(item.question)
    return names.level(item, scale.number(level)) if scale else level


def _bound(found: PatternFinding, names: Naming) -> Binding:
    return dict(names.question_set.patterns.bound())[found.pattern]


def _role_exceeds_mandate(
    found: PatternFinding, about: Sequence[ItemFinding], names: Naming
) -> Values:
    """The roles, the level they need, and the decisions on which parties see less than that."""
    role, *low = about
    item = names.item(role.item)
    options = names.question_set.options(item.question, item.subject)
    needs = next(each.needs for each in options if each.id in found.options)
    scale = names.question_set.scale_of(names.item(low[0].item).question)
    below = scale.levels[scale.number(needs or "") - 1].id if scale else ""
    return {
        "options": _named(found, role, names),
        "level": _level(needs or "", low[0], names),
        "where": _at_most(below, low, names),
    }


def _informal_role(found: PatternFinding, about: Sequence[ItemFinding], names: Naming) -> Values:
    """The roles, and on which decisions the say is small or seen differently."""
    role, *thin = about
    low = _bound(found, names).model_dump()["low"]
    apart = [f for f in thin if f.code in ("gap", "wide-gap")]
    rest = [f for f in thin if f not in apart]
    t, texts = names.t, []
    if rest:
        at_most = t("at ‘{level}’ or lower", level=_level(low, rest[0], names))
        texts.append(f"{at_most}: {_at_most(low, rest, names)}")
    if apart:
        seen = "; ".join(_thing(finding, names) for finding in apart)
        texts.append(t("not seen the same: {things}", things=seen))
    return {
        "options": _named(found, role, names, taken=True),
        "where": ". ".join(map(upper_first, texts)),
    }


def _low_means(level: str) -> Callable[[PatternFinding, Sequence[ItemFinding], Naming], Values]:
    """What the first item says, and the other items at most at the level bound as `level`."""

    def values(found: PatternFinding, about: Sequence[ItemFinding], names: Naming) -> Values:
        first, *low = about
        bound = _bound(found, names).model_dump()[level]
        return {
            "what": names.title(names.item(first.item)),
            "options": _named(found, first, names),
            "level": _level(bound, low[0], names),
            "where": _at_most(bound, low, names),
        }

    return values


def _answers(_: PatternFinding, about: Sequence[ItemFinding], names: Naming) -> Values:
    """Where every party in view stands on the one item it shows in."""
    finding = about[0]
    item = names.item(finding.item)
    answers = (
        f"{names.speaker(p, finding.subject)}: {names.position(item, p)}" for p in finding.positions
    )
    return {"what": names.title(item), "answers": "; ".join(answers)}


def _front_not_back(found: PatternFinding, about: Sequence[ItemFinding], names: Naming) -> Values:
    """The first and the last phases, of which some party has a position."""
    bound = _bound(found, names).model_dump()

    def phases(objects: Sequence[str]) -> str:
        named = [
            f for f in about if f.object in objects and any(p.has_position for p in f.positions)
        ]
        return ", ".join(_thing(finding, names) for finding in named)

    return {
        "what": names.question(names.item(about[0].item)),
        "front": phases(bound["front"]),
        "back": phases(bound["back"]),
        "steps": names.t.number(bound["steps"]),
    }


def _more_wished(found: PatternFinding, about: Sequence[ItemFinding], names: Naming) -> Values:
    """Who wishes that much more than the middle of what the parties say is laid down."""
    formal, wish = about
    steps = _bound(found, names).model_dump()["steps"]
    levels = sorted(p.median for p in formal.positions if p.median is not None)
    middle = (levels[(len(levels) - 1) // 2] + levels[len(levels) // 2]) / 2
    far = [p for p in wish.positions if p.median is not None and p.median - middle >= steps]
    return {
        "what": names.title(names.item(formal.item)),
        "who": names.speakers(far, formal.subject),
        "steps": names.t.number(steps),
    }


def _unmatched(found: PatternFinding, about: Sequence[ItemFinding], names: Naming) -> Values:
    """The tasks or roles, and the question at which nothing that fits them is named."""
    named, other = about
    return {
        "what": names.title(names.item(named.item)),
        "options": _named(found, named, names),
        "other": names.title(names.item(other.item)),
    }


def _accountable(found: PatternFinding, about: Sequence[ItemFinding], names: Naming) -> Values:
    first, *low = about
    bound = _bound(found, names).model_dump()["low"]
    naming = [p for p in first.positions if found.subject in p.top]
    return {
        "what": names.title(names.item(first.item)),
        "who": _by(naming, found.subject, names),
        "level": _level(bound, low[0], names),
        "where": _at_most(bound, low, names),
    }


_VALUES: dict[str, Callable[[PatternFinding, Sequence[ItemFinding], Naming], Values]] = {
    "role-exceeds-mandate": _role_exceeds_mandate,
    "informal-role-fills-gap": _informal_role,
    "decision-not-kept": _low_means("not_kept"),
    "task-without-means": _low_means("low"),
    "double-role": _low_means("low"),
    "double-loyalty": _answers,
    "front-not-back": _front_not_back,
    "no-tie-breaker": _answers,
    "no-enforcer": _answers,
    "falls-between": _answers,
    "at-table-without-mandate": _answers,
    "expectation-exceeds-influence": _more_wished,
    "support-on-few-shoulders": _low_means("low"),
    "parallel-plans": _answers,
    "role-without-task": _unmatched,
    "accountable-without-authority": _accountable,
}
