"""What `bart push` and `bart pull` share: a session carried between a folder and a database."""

from typing import TYPE_CHECKING

from bart_tool.cli.front import Front, after

if TYPE_CHECKING:
    from bart_tool.store.protocol import Store


def carried(front: Front, session: str, source: "Store", target: "Store", back: str) -> int:
    """Carry `session`, and say what was done; `back` is the command for the other way."""
    from bart_tool.workflow.carry import carry

    t, where = front.t, target.where("")
    with front.busy():
        done = carry(source, target, session)
    if front.as_json:
        front.say_json(
            {
                "session": session,
                "to": where,
                "is_new": done.is_new,
                "taken_over": done.taken_over,
                "came_in": list(done.came_in),
                "is_behind": done.is_behind,
            }
        )
    elif done.is_new:
        front.say(t("Session {name} lies in {where} too now.", name=session, where=where))
    elif done.taken_over:
        front.say(t("Session {name} in {where} is as it is here.", name=session, where=where))
    else:
        # The same whether anything was new: while a round is open nobody hears that of an answer.
        front.say(t("The answers are in {where}.", where=where))
        if done.came_in:
            front.say(t("New there: {codes}", codes=", ".join(done.came_in)))
    if done.is_behind:
        text = t("There the session has gone on, so only answers were carried. The rest: {command}")
        front.tell(text.format(command=f"{back} {session}"))
    if done.people_stay:
        front.tell(t("The names of people stay where they are: people.yaml is not carried."))
    front.tell_problems(done.problems, t("Not carried:"))
    return after(done.problems)
