"""`bart close`: ends the answering round."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front, describe_conflicts
from bart_tool.cli.options import session_argument, sure_option, verb
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.workflow.open_session import OpenSession
    from bart_tool.workflow.phases import Closed


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart close demo\n\n"
        "End the answering round. From then on the answers may be compared and shown."
    )
    return verb(t, "close", text, _close, session_argument(t), sure_option(t))


def _close(front: Front, session: str, yes: bool) -> int:
    from bart_tool.domain.plain_json import in_conflict
    from bart_tool.workflow.phases import close

    opened = front.opened(session)
    if not _is_sure(front, opened, yes):
        return 0
    with front.busy():
        closed = close(opened)
    if front.as_json:
        front.say_json(
            {
                "session": session,
                "phase": closed.opened.session.phase,
                "missing": [each.code for each in closed.missing],
                "parties": {each.party: each.visibility for each in closed.parties},
                "conflicts": in_conflict(closed.conflicts),
            }
        )
        return 0
    t = front.t
    front.say(t("The round is closed."))
    for line in _what_it_means(front, closed):
        front.say(line)
    if closed.conflicts:
        front.say(describe_conflicts(t, len(closed.conflicts), session))
    front.say(t("Next: bart report {name}", name=session))
    return 0


def _is_sure(front: Front, opened: "OpenSession", yes: bool) -> bool:
    """Whether to go on, asked only where closing now would leave somebody out."""
    from bart_tool.workflow.phases import before_closing

    t = front.t
    if yes or not front.may_ask or front.as_json:
        return True
    with front.busy():
        lines = list(_what_it_means(front, before_closing(opened)))
    for line in lines:
        front.tell(line)
    stays = t("The round stays open. Nothing has changed.")
    return front.is_sure(t("Close the round now? (yes/no)"), stays, yes=not lines)


def _what_it_means(front: Front, closed: "Closed") -> Iterator[str]:
    """Who is not counted, and which parties are not shown by themselves."""
    from bart_tool.domain.session import party_label

    t, session = front.t, closed.opened.session
    if closed.missing:
        codes = ", ".join(each.code for each in closed.missing)
        yield t("Not handed in: {codes}. These people do not count.", codes=codes)
    withheld = {each.party for each in closed.parties if each.visibility == "withheld"}
    names = [
        party_label(closed.opened.question_set, party, front.language)
        for party in session.parties
        if party.id in withheld
    ]
    if names:
        yield t(
            "Not shown by themselves, too few of their people answered: {parties}.",
            parties=t.listed(names),
        )
