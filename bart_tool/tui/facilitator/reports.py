"""What was made of a round, seen from its session: outcomes, the report, and what moved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bart_tool.store.locations import is_address
from bart_tool.tui.dialogs import Choose
from bart_tool.tui.findings.findings_screen import FindingsScreen
from bart_tool.tui.list_screen import OK, ListScreen, choice
from bart_tool.tui.open_file import can_open, open_file
from bart_tool.tui.text import GAP, Row, heading, plain
from bart_tool.wording.finding_sentences import kept_before
from bart_tool.wording.naming import Naming
from bart_tool.wording.report_sentences import earlier_method
from bart_tool.wording.translation import Words
from bart_tool.wording.two_rounds import short_lines
from bart_tool.workflow.compare import Compared, compared, write
from bart_tool.workflow.course import has_report
from bart_tool.workflow.export import export, usual_formats
from bart_tool.workflow.findings import findings
from bart_tool.workflow.open_session import OpenSession, earlier_rounds, round_named
from bart_tool.workflow.publish import has_edit, makeable, publish, render_again, report_to_open

AGAIN, OPEN = "again", "open"
ROUND = "round:"
LOOK, REPORT, MOVED = "look", "report", "moved"


@dataclass(frozen=True)
class PastRound:
    """A round that is finished and kept: its number, the day it closed, and what there is of it."""

    number: int
    closed_on: date | None
    has_report: bool


def past_rounds(opened: OpenSession) -> tuple[PastRound, ...]:
    """The finished rounds, the newest first. Raises as `earlier_rounds`."""
    return tuple(
        PastRound(each.session.round, each.session.closed_on, _can_be_read(each))
        for each in reversed(earlier_rounds(opened))
    )


def _can_be_read(opened: OpenSession) -> bool:
    """Whether there is a report for people, and not one for programs only."""
    return has_report(opened) and bool(report_to_open(opened))


def rows_of(past: Iterable[PastRound], t: Words) -> Iterable[Row]:
    """What each finished round has to show, one Enter away."""
    for each in past:
        n = each.number
        yield GAP
        yield heading(
            t("Round {n}, closed on {day}", n=n, day=t.day(each.closed_on))
            if each.closed_on
            else t("Round {n}", n=n)
        )
        yield _row(LOOK, n, t("Look at the outcomes of round {n}", n=n))
        made = t("Open the report of round {n}", n=n)
        yield _row(REPORT, n, made if each.has_report else t("Make the report of round {n}", n=n))
        if n > 1:
            moved = t("See what moved between round {before} and round {n}", before=n - 1, n=n)
            yield _row(MOVED, n, moved)


def _row(what: str, number: int, says: str) -> Row:
    return choice(" ", f"{ROUND}{what}:{number}", says)


async def for_round(screen: ListScreen[None], opened: OpenSession, row: str) -> None:
    """Do what the row with this id is for."""
    what, _, said = row.removeprefix(ROUND).partition(":")
    number = int(said)
    if what == MOVED:
        await compare(screen, opened, number)
        return
    past = await screen.attempt(lambda: round_named(opened, number))
    if past is None:
        return
    if what == LOOK:
        await look(screen, past)
    else:
        await open_report(screen, past)


async def look(
    screen: ListScreen[None], opened: OpenSession, *, may_discuss: bool = False
) -> str | None:
    """Show the outcomes of a round; gives what somebody wants to do next, None for going back."""
    found = await screen.attempt(lambda: findings(opened))
    if found is None:
        return None
    shown = FindingsScreen(found, opened.question_set, opened.session, may_discuss=may_discuss)
    wanted: str | None = await screen.bart.ask(shown)
    return wanted


async def make_report(screen: ListScreen[None], opened: OpenSession) -> None:
    """Make the report, say where it is, and open it for who wants that."""
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
    lines += [
        t("The report is here. It holds no codes. Look whether people's own words hold a name."),
        "",
    ]
    lines += [f"- {path}" for path in made.files]
    lines += screen.problem_lines(made.about_colours, t("About your own colours:"))
    if made.kept:
        names = Naming(made.opened.question_set, made.opened.session, screen.language)
        lines += ["", plain(kept_before(made.kept, names))]
    lines += screen.problem_lines(made.problems, t("Not used:"))
    await _told(screen, made.opened, t("The report is made"), lines)


async def _told(
    screen: ListScreen[None], opened: OpenSession, title: str, lines: Iterable[str]
) -> None:
    t = screen.t
    choices = [*([(OPEN, t("Open the report"))] if can_open() else []), (OK, t("Go on"))]
    if await screen.bart.ask(Choose(title, "\n".join(lines), choices)) == OPEN:
        await open_report(screen, opened)


async def open_report(screen: ListScreen[None], opened: OpenSession) -> None:
    """Open the report as this computer opens files; else say where it is.

    Where there is none for people it is made first.
    """
    if not _can_be_read(opened):
        await make_report(screen, opened)
        return
    where = report_to_open(opened)
    if not is_address(where):
        where = str(Path(where).absolute())
        if await screen.attempt(lambda: open_file(Path(where))):
            return
    t = screen.t
    text = t("This computer cannot open it from here. The report is here:")
    await screen.tell(t("The report"), f"{text}\n\n{where}")


async def write_tables(screen: ListScreen[None], opened: OpenSession) -> None:
    """Write the outcomes as tables, a workbook where that can be made; say where they lie."""
    made = await screen.attempt(lambda: export(opened, formats=usual_formats()))
    if made is None:
        return
    t = screen.t
    lines = [
        t("They say what the report says, and hold nothing that people wrote:"),
        "",
        *(f"- {path}" for path in made.files),
        *screen.problem_lines(made.problems, t("Not used:")),
    ]
    await screen.tell(t("The tables are made"), "\n".join(plain(line) for line in lines))


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
            await _told(screen, made.opened, t("The page is made"), lines)
    return chosen == OK


async def compare(screen: ListScreen[None], opened: OpenSession, now: int) -> None:
    """Write what moved from the round before to round `now`, and say the gist of it."""

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
