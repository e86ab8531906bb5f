"""Rules that were picked, in the words in which a session keeps them beside its questions."""

from collections.abc import Iterable

from bart_tool.domain.formal_sources import KnownRule
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import FormalSource
from bart_tool.wording.translation import Words

BETWEEN = "; "  # two places in one source


def cited(rule: KnownRule, t: Words) -> str:
    """Title, article and year, where the title does not say that: where one looks it up."""
    where = f"{rule.title}, {rule.article}" if rule.article else rule.title
    if str(rule.year) in rule.title:
        return where
    return t("{source} (of {year})", source=where, year=rule.year)


def laid_beside(
    rules: Iterable[KnownRule], question_set: QuestionSet, t: Words
) -> dict[str, FormalSource]:
    """Item -> the rules about it: places to look, none of which says which answer is right."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        for key in rule.items(question_set):
            found.setdefault(key, []).append(cited(rule, t))
    return {
        key: FormalSource(text=BETWEEN.join(said), to_check=True) for key, said in found.items()
    }


def cited_together(sources: Iterable[FormalSource]) -> str:
    """Every place that these sources name, each once."""
    pieces = (piece for each in sources for piece in each.text.rstrip(".").split(BETWEEN))
    return BETWEEN.join(dict.fromkeys(pieces))


def still_to_check(sources: Iterable[FormalSource], t: Words) -> str:
    """That somebody looks whether they still hold, where one was picked; else empty."""
    return t("Check whether this still holds.") if any(each.to_check for each in sources) else ""
