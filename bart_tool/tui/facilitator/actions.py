"""What the facilitator does with a session: each step asks what it needs, does it and tells."""

from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial

from bart_tool.domain.course import Step
from bart_tool.domain.session import Phase, party_label
from bart_tool.store.locations import is_address
from bart_tool.tui.dialogs import Choose
from bart_tool.tui.discuss.talk import Begin, discuss
from bart_tool.tui.facilitator import answers, in_the_room, reports, safekeeping
from bart_tool.tui.findings.findings_screen import DISCUSS
from bart_tool.tui.list_screen import BACK, OK, ListScreen
from bart_tool.tui.text import plain
from bart_tool.wording.agreements import describe_follow_up
from bart_tool.wording.erasing import STAYS_IN_SIGHT, not_reached, what_goes
from bart_tool.wording.in_view import NOT_AGAIN, reasons
from bart_tool.wording.naming import Naming
from bart_tool.wording.pins import NEW_CARDS_HERE
from bart_tool.workflow import follow_up as following
from bart_tool.workflow import phases
from bart_tool.workflow.course import put_away
from bart_tool.workflow.dealing import asks_pins
from bart_tool.workflow.delete import contents, delete
from bart_tool.workflow.discuss import lay_agreements, lay_table
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.phases import Status
from bart_tool.workflow.retention import to_erase


async def do(screen: ListScreen[None], opened: OpenSession, now: Status, step: Step) -> None:
    """Do `step`. What cannot be done is told, and leaves everything as it was."""
    match step:
        case Step.BEGIN:
            await screen.attempt(lambda: phases.reopen(opened))
        case Step.HAND_ON:
            await answers.hand_on(screen, opened, now)
        case Step.CLOSE:
            await _close(screen, opened)
        case _:
            await DOES[step](screen, opened)


async def for_person(screen: ListScreen[None], opened: OpenSession, now: Status, code: str) -> None:
    """Hand the laptop to `code`, or open the sheet that they handed in."""
    t = screen.t
    person = next((each for each in now.participants if each.code == code), None)
    if person is None:  # erased meanwhile, in another window
        return
    is_open = now.phase is Phase.ANSWERING
    if is_open and person in now.at_work:
        await answers.pass_to(screen, opened, code)
        return
    if not is_open:
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
        lines += [
            t("Not handed in: {codes}. What is not handed in will not count.", codes=codes),
            "",
        ]
    if now.reopened:
        codes = answers.some_of(screen, tuple(each.code for each in now.reopened))
        lines += [t(NOT_AGAIN, codes=codes), ""]
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
    told = "\n".join((text, *_new_cards(screen, opened)))
    if await screen.confirmed(t("Open the round again"), told, t("Open the round again")):
        await screen.attempt(lambda: phases.reopen(opened))


def _new_cards(screen: ListScreen[None], opened: OpenSession) -> list[str]:
    """That cards of before are dead once a round opens, where cards are asked."""
    return ["", screen.t(NEW_CARDS_HERE)] if asks_pins(opened) else []


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
        *_new_cards(screen, opened),
    ]
    title = t("Begin round {number}", number=before + 1)
    if await screen.confirmed(title, "\n".join(told), title):
        await screen.attempt(lambda: following.begin(opened, plan))


async def _compare(screen: ListScreen[None], opened: OpenSession) -> None:
    await reports.compare(screen, opened, opened.session.round)


async def _take_back(screen: ListScreen[None], opened: OpenSession) -> None:
    """Go back to the round before, as it was."""
    t, now = screen.t, opened.session.round
    text = t(
        "Nobody has begun in round {now}. You go back to round {before}, as it was. You can begin "
        "round {now} again later.",
        now=now,
        before=now - 1,
    )
    title = t("Back to round {n}", n=now - 1)
    if await screen.confirmed(title, text, t("Take round {n} back", n=now)):
        await screen.attempt(lambda: following.take_back(opened))


async def _put_away(screen: ListScreen[None], opened: OpenSession) -> None:
    t = screen.t
    text = t(
        "The session stays whole, but is not shown among the others. You find it below these, "
        "under “put away”."
    )
    if to_erase(opened.folder, opened.session, date.today()):
        text = "\n".join((text, "", t(STAYS_IN_SIGHT)))
    if await screen.confirmed(t("Put away"), text, t("Put the session away")):
        await screen.attempt(lambda: put_away(opened))


async def _bring_back(screen: ListScreen[None], opened: OpenSession) -> None:
    await screen.attempt(lambda: put_away(opened, away=False))


async def _delete(screen: ListScreen[None], opened: OpenSession) -> None:
    """Delete the session for who is sure, and say where no program reaches."""
    t, store, name = screen.t, opened.folder.store, opened.session.session
    held = await screen.attempt(lambda: contents(store, name))
    if held is None:
        return
    lines = [
        what_goes(held.sheets, held.agreements, held.reports, t),
        "",
        t("Put the report and the agreements somewhere safe first, if they must be kept."),
    ]
    answers = [
        (BACK, t("Back, do nothing")),
        (OK, t("Yes, delete session {name}", name=name)),
    ]
    asked = Choose(t("Delete session {name}", name=name), "\n".join(lines), answers)
    if await screen.bart.ask(asked) != OK:
        return
    if await screen.attempt(lambda: delete(store, name)):
        lines = [t("bart cannot reach these places. Look there yourself:"), ""]
        told = "\n".join((*lines, *not_reached(t, in_database=is_address(store.where("")))))
        await screen.tell(t("Session {name} is deleted.", name=name), told)
        screen.dismiss(None)


async def _look(screen: ListScreen[None], opened: OpenSession) -> None:
    if await reports.look(screen, opened, may_discuss=True) == DISCUSS:
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
    Step.REPORT: reports.make_report,
    Step.OPEN_REPORT: reports.open_report,
    Step.EXPORT: reports.write_tables,
    Step.REOPEN: _reopen,
    Step.FOLLOW_UP: _follow_up,
    Step.TAKE_BACK: _take_back,
    Step.COMPARE: _compare,
    Step.LOOK: _look,
    Step.DISCUSS: _discuss,
    Step.READ_BACK: partial(_discuss, begin="read-back"),
    Step.AGREEMENTS: partial(_discuss, begin="agreements"),
    Step.BACK_UP: safekeeping.make_backup,
    Step.LOOK_OVER: safekeeping.look_over_files,
    Step.ERASE: safekeeping.remove_person,
    Step.ARCHIVE: _put_away,
    Step.BRING_BACK: _bring_back,
    Step.DELETE: _delete,
}
