"""`bart compare`: what moved between two rounds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import complete_round, formats_option, session_argument, verb
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.domain.findings import Comparison


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart compare demo 1 2\n\n"
        "Lay two rounds side by side: what was agreed and is kept, and whether the parties "
        "stand closer together. The pages are written beside the report."
    )
    one, other = (
        click.Argument(
            [name], type=click.IntRange(min=1), metavar=t("ROUND"), shell_complete=complete_round
        )
        for name in ("one", "other")
    )
    return verb(t, "compare", text, _compare, session_argument(t), one, other, formats_option(t))


def _compare(front: Front, session: str, one: int, other: int, formats: "Sequence[str]") -> int:
    from bart_tool.wording.two_rounds import summary
    from bart_tool.workflow.compare import compared, plain, write

    opened = front.opened(session)
    with front.busy():
        made = compared(opened, one, other)
        paths = write(made, formats=formats, language=front.asked_language)
    if front.as_json:
        language = front.asked_language or opened.session.language
        front.say_json({**plain(made, language), "files": list(paths)})
        return 0
    for line in summary(made.comparison, made.naming(front.language)):
        front.say(line)
    front.say()
    for path in paths:
        front.say_unbroken(str(path))
    if made.comparison.rounds[1] == opened.session.round:
        _offer_checks(front, made.comparison)
    return 0


def _offer_checks(front: Front, comparison: "Comparison") -> None:
    """What one may record by hand; nothing is recorded because of answers alone."""
    from bart_tool.wording.labels import TESTED, label

    t, name = front.t, comparison.session
    offered = [each for each in comparison.agreements if each.kept.as_test]
    if offered:
        front.tell("")
        front.tell(t("Do you see it the same way? Then write it down with the agreements:"))
    for each in offered:  # `kept` takes these words in either language
        said = label(TESTED, str(each.kept.as_test), front.language)
        front.tell(f"  bart agreements kept {name} {each.agreement.id} {said}")
