"""What the facilitator does with a session: each step asks what it needs, does it and tells."""

from collections.abc import Awaitable, Callable
from functools import partial

from bart_tool.domain.session import party_label
from bart_tool.tui.dialogs import Choose
from bart_tool.tui.discuss.talk import Begin, discuss
from bart_tool.tui.facilitator import answers, in_the_room
from bart_tool.tui.facilitator.next_step import Stage, Step
from bart_tool.tui.findings.findings_screen import DISCUSS, FindingsScreen
from bart_tool.tui.list_screen import OK, ListScreen
from bart_tool.tui.text import plain
from bart_tool.wording.agreements import describe_follow_up
from bart_tool.wording.finding_sentences import kept_before
from bart_tool.wording.in_view import reasons
from bart_tool.wording.naming import Naming
from bart_tool.wording.report_sentences import earlier_method
from bart_tool.wording.two_rounds import short_lines
from bart_tool.workflow import follow_up as following
from bart_tool.workflow import phases
from bart_tool.workflow.compare import Compared, compared, write
from bart_tool.workflow.discuss import lay_agreements, lay_table
from bart_tool.workflow.findings import findings
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.publish import has_edit, makeable, publish, render_again

AGAIN = "again"


async def do(screen: ListScreen[None], opened: OpenSession, stage: Stage, step: Step) -> None:
    """Do `step`. What cannot be done is told, and leaves everything as it was."""
    match step:
        case Step.BEGIN:
            await screen.attempt(lambda: phases.reopen(opened))
        case Step.HAND_ON:
            await answers.hand_on(screen, opened, stage)
        case Step.CLOSE:
            await _close(screen, opened)
        case _:
            await DOES[step](screen, opened)


async def for_person(
    screen: ListScreen[None], opened: OpenSession, stage: Stage, code: str
) -> None:
    """Hand the laptop to `code`, or open the sheet that they handed in."""
    t = screen.t
    person = next((each for each in stage.status.participants if each.code == code), None)
    if person is None:  # erased meanwhile, in another window
        return
    if stage.is_answering and person in stage.status.at_work:
        await answers.pass_to(screen, opened, code)
        return
    if not stage.is_answering:
        text = t("The round is closed. Open it again before somebody can change their answers.")
        await screen.tell(code, text)
        return
    text = t(
        "{code} has handed in. If you open the sheet, {code} can change it and hand in once more. "
        "Until then it counts as it is.",
        code=code,
    )
    if await screen.confirmed(code, text, t("Open the sheet of {code} again", code=code)):
        await screen.attempt(lambda: phases.reopen(opened, [code]))


async def _close(screen: ListScreen[None], opened: OpenSession) -> None:
    t = screen.t
    now = await screen.attempt(lambda: phases.before_closing(opened))
    if now is None:
        return
    lines = []
    missing = [each.code for each in now.missing]
    if missing:
        codes = answers.some_of(screen, tuple(missing))
        lines += [t("Not handed in: {codes}. These people will not count.", codes=codes), ""]
    if now.few:
        names = [party_label(opened.question_set, each, screen.language) for each in now.few]
        text = t(
            "Fewer than {k} people handed in: {parties}. If one of them wants to be shown only "
            "as a group, that party is not shown.",
            k=opened.session.k,
            parties=plain(t.listed(names)),
        )
        lines += [text, ""]
    lines += [t("After closing nobody can answer, unless you open the round again.")]
    if await screen.confirmed(t("Close the round"), "\n".join(lines), t("Close the round")):
        closed = await screen.attempt(lambda: phases.close(opened))
        if closed is not None:
            await screen.tell(t("The round is closed."), _what_closing_shows(screen, closed))


def _what_closing_shows(screen: ListScreen[None], closed: phases.Closed) -> str:
    """Of each party why it is in view or not; or that answers are to be settled before."""
    if closed.conflicts:
        return screen.t.plural(
            "{number} answer came in twice and differs. Choose which one stands.",
            "{number} answers came in twice and differ. Choose which ones stand.",
            len(closed.conflicts),
        )
    names = Naming(closed.opened.question_set, closed.opened.session, screen.language)
    return "\n".join(f"- {plain(line)}" for line in reasons(closed.parties, names))


async def _reopen(screen: ListScreen[None], opened: OpenSession) -> None:
    t = screen.t
    text = t(
        "People can answer again. Who handed in stays so. A report that you made is then out of "
        "date: tell whoever has it."
    )
    if await screen.confirmed(t("Open the round again"), text, t("Open the round again")):
        await screen.attempt(lambda: phases.reopen(opened))


async def _report(screen: ListScreen[None], opened: OpenSession) -> None:
    if not await _wants_new_report(screen, opened):
        return
    made = await screen.attempt(lambda: publish(opened, formats=makeable()))
    if made is None:
        return
    t = screen.t
    lines = []
    if made.kept_edits:
        files = ", ".join(made.kept_edits)
        lines += [t("You edited the earlier report. It is kept as {file}.", file=files), ""]
    if made.earlier:
        lines += [earlier_method(made.earlier, screen.language), ""]
    lines += [t("The report is here. It holds no codes and no names."), ""]
    lines += [f"- {path}" for path in made.files]
    lines += screen.problem_lines(made.about_colours, t("About your own colours:"))
    if made.kept:
        names = Naming(made.opened.question_set, made.opened.session, screen.language)
        lines += ["", plain(kept_before(made.kept, names))]
    lines += screen.problem_lines(made.problems, t("Not used:"))
    await screen.tell(t("The report is made"), "\n".join(lines))


async def _wants_new_report(screen: ListScreen[None], opened: OpenSession) -> bool:
    """Whether a new report is to be made; of an edited one its page may be made instead."""
    if not has_edit(opened):
        return True
    t = screen.t
    choices = [
        (AGAIN, t("Make the page again from what you edited")),
        (OK, t("Make a new report; what you edited is kept beside it")),
    ]
    chosen: str | None = await screen.bart.ask(Choose(t("You edited report.md"), "", choices))
    if chosen == AGAIN:
        made = await screen.attempt(lambda: render_again(opened))
        if made is not None:
            lines = [t("The page now says what you wrote."), ""]
            lines += [f"- {path}" for path in made.files]
            lines += screen.problem_lines((*made.problems, *made.about_colours))
            await screen.tell(t("The page is made"), "\n".join(lines))
    return chosen == OK


async def _follow_up(screen: ListScreen[None], opened: OpenSession) -> None:
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


async def _compare(screen: ListScreen[None], opened: OpenSession) -> None:
    """Write what moved since the round before, and say the gist of it."""
    now = opened.session.round

    def made() -> tuple[Compared, list[str]]:
        found = compared(opened, now - 1, now)
        return found, [str(path) for path in write(found, formats=makeable())]

    done = await screen.attempt(made)
    if done is None:
        return
    found, paths = done
    t = screen.t
    gist = short_lines(found.comparison, screen.language)
    said = [*gist, "", t("The whole comparison lies here:"), *(f"- {path}" for path in paths)]
    title = t("Round {before} and round {now}", before=now - 1, now=now)
    await screen.tell(title, "\n".join(plain(line) for line in said))


async def _look(screen: ListScreen[None], opened: OpenSession) -> None:
    found = await screen.attempt(lambda: findings(opened))
    if found is None:
        return
    shown = FindingsScreen(found, opened.question_set, opened.session, may_discuss=True)
    if await screen.bart.ask(shown) == DISCUSS:
        await _discuss(screen, opened)


async def _discuss(screen: ListScreen[None], opened: OpenSession, begin: Begin = "talk") -> None:
    lay = lay_agreements if begin == "agreements" else lay_table
    table = await screen.attempt(lambda: lay(opened))
    if table is None:
        return
    if table.problems:
        t = screen.t
        text = t("The topics that were chosen could not be read. The file was put aside.")
        told = "\n".join((text, *screen.problem_lines(table.problems)))
        await screen.tell(t("Choose the topics anew"), told)
    await discuss(screen.bart, table, begin=begin)


DOES: dict[Step, Callable[[ListScreen[None], OpenSession], Awaitable[None]]] = {
    Step.SERVE: in_the_room.serve,
    Step.FORMS: answers.forms,
    Step.PINS: answers.pins,
    Step.TAKE_IN: answers.take_in,
    Step.SETTLE: answers.settle_all,
    Step.REPORT: _report,
    Step.REOPEN: _reopen,
    Step.FOLLOW_UP: _follow_up,
    Step.COMPARE: _compare,
    Step.LOOK: _look,
    Step.DISCUSS: _discuss,
    Step.READ_BACK: partial(_discuss, begin="read-back"),
    Step.AGREEMENTS: partial(_discuss, begin="agreements"),
}
