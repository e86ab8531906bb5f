"""Opening the next round, and laying two rounds side by side, from the session's screen."""

from bart_tool.domain.session import party_label
from bart_tool.tui.at_work import FacilitatorScreen
from bart_tool.tui.text import plain
from bart_tool.wording.agreements import describe_follow_up
from bart_tool.wording.two_rounds import short_lines
from bart_tool.workflow import follow_up as following
from bart_tool.workflow.compare import Compared, compared, write
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.publish import FORMATS, Published


async def follow_up(screen: FacilitatorScreen[None], opened: OpenSession) -> None:
    """Say what the next round will ask, and open it for whoever says yes."""
    plan = await screen.attempt(lambda: following.planned(opened))
    if plan is None:
        return
    t, before = screen.t, opened.session.round
    told = [
        *(plain(line) for line in describe_follow_up(plan, screen.language)),
        "",
        t(
            "Round {before} stays as it is. Forms of it no longer count: make new ones.",
            before=before,
        ),
    ]
    title = t("Begin round {number}", number=before + 1)
    if await screen.confirmed(title, "\n".join(told), title):
        await screen.attempt(lambda: following.begin(opened, plan))


async def compare(screen: FacilitatorScreen[None], opened: OpenSession) -> None:
    """Write what moved since the round before, and say the gist of it."""
    now = opened.session.round

    def made() -> tuple[Compared, list[str]]:
        found = compared(opened, now - 1, now)
        return found, [str(path) for path in write(found, formats=FORMATS)]

    done = await screen.attempt(made)
    if done is None:
        return
    found, paths = done
    t = screen.t
    gist = short_lines(found.comparison, screen.language)
    said = [*gist, "", t("The whole comparison lies here:"), *(f"- {path}" for path in paths)]
    title = t("Round {before} and round {now}", before=now - 1, now=now)
    await screen.tell(title, "\n".join(plain(line) for line in said))


def describe_left_out(screen: FacilitatorScreen[None], made: Published) -> str:
    """Which parties stand at fewer questions because of an earlier round, and why."""
    t, question_set = screen.t, made.opened.question_set
    names = [
        plain(party_label(question_set, party, screen.language))
        for party in made.opened.session.parties
        if party.id in made.left_out
    ]
    return t(
        "Not at every question that was asked before: {parties}. Only a few people came or went "
        "there since; the two rounds side by side would show what they said.",
        parties=t.listed(names or [t("some parties together")]),
    )
