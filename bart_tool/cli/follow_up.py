"""`bart follow-up`: opens the round that comes back to what was agreed."""

from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import flag, session_argument, verb
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.domain.agreement import FollowUp
    from bart_tool.workflow.open_session import OpenSession


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart follow-up demo\n\n"
        "Open the next round. It asks whether the agreements are kept and still right, and "
        "once more what they are about. The round before it is kept as it is."
    )
    return verb(
        t,
        "follow-up",
        text,
        _follow_up,
        session_argument(t),
        flag("--yes", text=t("Do not ask whether to begin.")),
        flag(
            "--undo",
            text=t("Go back to the round before, as long as nobody has answered in this one."),
        ),
    )


def _follow_up(front: Front, session: str, yes: bool, undo: bool) -> int:
    from bart_tool.store.locations import REPORT, ROUNDS
    from bart_tool.wording.agreements import describe_follow_up
    from bart_tool.wording.pins import NEW_CARDS
    from bart_tool.workflow.dealing import asks_pins
    from bart_tool.workflow.follow_up import begin, planned

    if undo:
        return _undo(front, session)
    t, opened = front.t, front.opened(session)
    plan = planned(opened)
    number = plan.session.round
    if not front.as_json:
        for line in describe_follow_up(plan, front.language):
            front.say(line)
        front.say()
    question, nothing = t("Begin round {n} now?", n=number), t("Nothing was begun.")
    if not front.is_sure(question, nothing, yes=yes, usual=True):  # --undo takes it back
        return 0
    begun = begin(opened, plan)
    if front.as_json:
        front.say_json(_as_json(begun, plan))
        return 0
    front.say(
        t(
            "Round {n} is open. The answers of round {before} stay as they are.",
            n=number,
            before=number - 1,
        )
    )
    front.say(
        t(
            "Forms of round {before} no longer count. Make new ones: bart form {name}",
            before=number - 1,
            name=session,
        )
    )
    made = f"{ROUNDS}/{number - 1}/{REPORT}"
    if begun.folder.names(made):
        front.say(
            t(
                "What was made of round {before} lies in {folder} now.",
                before=number - 1,
                folder=begun.folder.where(made),
            )
        )
    if asks_pins(begun):
        front.say(t(NEW_CARDS, name=session))
    front.say(t("Or answer here: bart answer {name} CODE", name=session))
    front.say(t("Take it back before anybody begins: bart follow-up {name} --undo", name=session))
    return 0


def _undo(front: Front, name: str) -> int:
    from bart_tool.workflow.follow_up import take_back

    back = take_back(front.opened(name)).session
    if front.as_json:
        front.say_json({"session": name, "round": back.round, "phase": back.phase})
    else:
        t = front.t
        front.say(t("You are back in round {n}, as it was.", n=back.round))
    return 0


def _as_json(opened: "OpenSession", plan: "FollowUp") -> dict[str, object]:
    from bart_tool.wording.duration import longest

    kinds = plan.session.kind_of.values()
    length = longest(plan.question_set, plan.session.language, kinds)
    return {
        "session": opened.session.session,
        "round": opened.session.round,
        "phase": opened.session.phase,
        "agreements": [each.id for each in plan.agreements],
        "parked": [each.id for each in plan.parked],
        "items": [item.key for item in plan.items],
        "answers": length.answers,
        "minutes": length.minutes,
    }
