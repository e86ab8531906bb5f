"""`bart close`: ends the answering round."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front, describe_conflicts
from bart_tool.cli.options import session_argument, sure_option, verb
from bart_tool.wording.in_view import NOT_AGAIN
from bart_tool.wording.translation import N_, Words

if TYPE_CHECKING:
    from bart_tool.workflow.open_session import OpenSession
    from bart_tool.workflow.phases import BeforeClosing, Closed


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
    from bart_tool.domain.session import party_label
    from bart_tool.workflow.phases import before_closing

    t = front.t
    if yes or not front.may_ask or front.as_json:
        return True
    with front.busy():
        now = before_closing(opened)
    left_open = [*_left_open(front, now)]
    for line in left_open:
        front.tell(line)
    if now.few:
        names = [party_label(opened.question_set, each, front.language) for each in now.few]
        front.tell(
            t(
                "Fewer than {k} people handed in: {parties}. If one of them wants to be shown only "
                "as a group, that party is not shown.",
                k=opened.session.k,
                parties=t.listed(names),
            )
        )
    stays = t("The round stays open. Nothing has changed.")
    is_whole = not left_open and not now.few
    return front.is_sure(t("Close the round now? (yes/no)"), stays, yes=is_whole)


def _left_open(front: Front, now: "BeforeClosing | Closed") -> Iterator[str]:
    """Who did not hand in, and whose sheet was opened again and is not handed in since."""
    for people, says in (
        (now.missing, N_("Not handed in: {codes}. What is not handed in does not count.")),
        (now.reopened, NOT_AGAIN),
    ):
        codes = ", ".join(each.code for each in people)
        if codes:
            yield front.t(says, codes=codes)


def _what_it_means(front: Front, closed: "Closed") -> Iterator[str]:
    """Who is not counted, and of each party why it is in view or not."""
    from bart_tool.wording.in_view import reasons
    from bart_tool.wording.naming import Naming

    yield from _left_open(front, closed)
    names = Naming(closed.opened.question_set, closed.opened.session, front.language)
    yield from reasons(closed.parties, names)
