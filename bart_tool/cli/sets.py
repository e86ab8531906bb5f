"""`bart sets`: lists the question sets, or reads one through."""

from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import complete_set, optional, verb
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.domain.question_set import Item, QuestionSet


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t("Example: bart sets wijk-kern\n\nList the question sets, or read one through.")
    name = click.Argument(
        ["name"], required=False, metavar=optional(t("SET")), shell_complete=complete_set
    )
    return verb(t, "sets", text, _sets, name)


def _sets(front: Front, name: str | None) -> int:
    return _read_through(front, name) if name else _list(front)


def _list(front: Front) -> int:
    from bart_tool.wording.duration import told_at_most
    from bart_tool.workflow.prepare import shipped_sets

    found = shipped_sets()
    if front.as_json:
        front.say_json([_as_json(each, front) for each in found.values()])
        return 0
    for name, each in found.items():
        front.say(f"{name}: {each.title.in_language(front.language)}")
        front.say(f"  {told_at_most(each, front.t)}")
    front.say()
    front.say(front.t("Read one through: bart sets NAME"))
    return 0


def _as_json(each: "QuestionSet", front: Front) -> dict[str, object]:
    from bart_tool.domain.plain_json import picked
    from bart_tool.wording.duration import durations
    from bart_tool.wording.questions import read_through

    kinds = durations(each, front.language)
    return {
        **picked(each, "id", "hash"),
        "title": each.title.in_language(front.language),
        "questions": sum(len(part.pages) for part in read_through(each, front.t)),
        "items": len(each.items),
        "parties": [
            {"party": kind, **picked(length, "answers", "minutes")}
            for kind, length in kinds.items()
        ],
    }


def _values(question_set: "QuestionSet", item: "Item") -> list[str]:
    """What may be answered: the ids of the options, and the codes."""
    from bart_tool.wording.questions import written_codes

    options = question_set.options(item.question, item.subject)
    return [*(option.id for option in options), *written_codes(item.question)]


def _read_through(front: Front, name: str) -> int:
    from bart_tool.wording.duration import told_by_kind
    from bart_tool.wording.questions import read_through
    from bart_tool.workflow.prepare import usable_set

    question_set, _ = usable_set(name)
    language, t = front.language, front.t
    if front.as_json:
        front.say_json(
            {
                **_as_json(question_set, front),
                "keys": [item.key for item in question_set.items],
                "values": {item.key: _values(question_set, item) for item in question_set.items},
            }
        )
        return 0
    question_set = question_set.spoken
    front.say(question_set.title.in_language(language))
    front.say(question_set.about.in_language(language))
    for line in told_by_kind(question_set, t):
        front.say(line)
    for section in read_through(question_set, t):
        front.say(f"\n== {section.title} ==")
        for page in section.pages:
            front.say(f"\n{page.text}")
            if page.key:
                front.say(f"  ({page.tense}; {page.key})")
            else:
                front.say(f"  ({page.tense})")
            for key, row in page.rows:
                front.say(f"  {row} ({key})")
            if page.how_many:
                front.say(f"  {page.how_many}")
            for option, says in page.options:
                front.say(f"  - {option}: {says}")
            if not page.options:
                front.say(f"  - {t('(own words)')}")
            if page.codes:
                front.say(t("  or: {codes}", codes=", ".join(page.codes)))
    return 0
