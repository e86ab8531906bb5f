"""Asking, for `bart gather --settle`, which of two answers of one person stands."""

from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front, exit_code
from bart_tool.cli.terminal import asked

if TYPE_CHECKING:
    from bart_tool.workflow.open_session import OpenSession
    from bart_tool.workflow.settle import Choice


def settle_each(front: Front, name: str) -> int:
    """Ask of each conflict which answer stands; without asking list them. Gives the exit code."""
    from bart_tool.workflow.settle import choices

    opened, t = front.opened(name), front.t
    with front.busy():
        found = choices(opened)
    if front.as_json:
        front.say_json({"session": name, "conflicts": [_choice_as_json(each) for each in found]})
    elif not found:
        front.say(t("There is nothing to settle."))
    elif front.may_ask:
        return _ask_each(front, opened, found)
    else:
        for choice in found:
            front.say(f"{choice.participant}  {choice.item}")
    return exit_code(not found)


def _choice_as_json(choice: "Choice") -> dict[str, object]:
    """A conflict for a program; of words that may not be shown only that there are some."""
    return {
        "participant": choice.participant,
        "item": choice.item,
        "is_full": choice.is_full,
        "answers": [
            {
                **each.answer.model_dump(exclude_defaults=True, exclude={"quote"}),
                "own_words_left_out": each.has_more,
            }
            for each in choice.versions
        ],
    }


def _ask_each(front: Front, opened: "OpenSession", found: "tuple[Choice, ...]") -> int:
    from bart_tool.workflow.settle import settle, still_left

    t, left, later = front.t, [*found], 0
    while left:
        stands = _chosen(front, opened, left)
        if not stands:
            later += 1
            left = left[1:]
            continue
        code = left[0].participant
        opened = settle(opened, code, stands)
        for item in stands:
            front.say(t("Settled: {code}, {item}", code=code, item=item))
        left = still_left(left, stands)
    return exit_code(not later)


def _chosen(front: Front, opened: "OpenSession", left: "list[Choice]") -> dict[str, str]:
    """Item -> the mark of what stands, of the first that is `left` or all of that person at once.

    Empty for later.
    """
    from bart_tool.wording.questions import version_words, ways_in_words
    from bart_tool.workflow.settle import ways

    t, choice = front.t, left[0]
    item, possible = opened.question_set.by_key[choice.item], ways(left)
    front.tell(t("{code}, {item}: which answer stands?", code=choice.participant, item=choice.item))
    says = [
        version_words(opened.question_set, item, each.answer, t, has_more=each.has_more)
        for each in choice.versions
    ]
    front.tell_numbered(ways_in_words(says, len(possible[-1]), choice.participant, t))
    if choice.is_full:
        front.tell(
            t(
                "bart keeps {n} answers and no more; what came in after that is not here.",
                n=len(choice.versions),
            )
        )
    front.tell(t("  0. decide later"))
    number = asked(t("Number"), 0, click.IntRange(0, len(possible)))
    return possible[number - 1] if number else {}
