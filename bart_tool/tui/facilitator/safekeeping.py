"""Keeping a session safe: a copy of it in one file, and whether its files are in order."""

from collections.abc import Iterable
from datetime import date

from bart_tool.domain.names import code_order
from bart_tool.store.locations import is_address
from bart_tool.tui.dialogs import Choose
from bart_tool.tui.list_screen import BACK, OK, ListScreen
from bart_tool.tui.text import plain
from bart_tool.wording.erasing import left_of_somebody, not_reached
from bart_tool.wording.messages import problem_text
from bart_tool.wording.safekeeping import in_backup, mended, who_can_read_it
from bart_tool.workflow.backup import BackedUp, back_up
from bart_tool.workflow.doctor import Finding, look_over, mend
from bart_tool.workflow.erase import Erased, erase
from bart_tool.workflow.open_session import OpenSession

WITH_NAMES = "with-names"


async def make_backup(screen: ListScreen[None], opened: OpenSession) -> None:
    """Keep all of the session in one new file, and say where it lies and who can read it."""
    t, store, name = screen.t, opened.folder.store, opened.session.session
    text = t(
        "All of the session comes in one file, in the folder in which bart was started. Nothing "
        "in the session changes, and a file that is there is never replaced."
    )
    answers = [(OK, t("Make the backup"))]
    if opened.home.people():
        answers = [
            (OK, t("Make it, without the names of people")),
            (WITH_NAMES, t("Make it, with the names of people")),
        ]
    title = t("Make a backup of the session")
    chosen = await screen.bart.ask(Choose(title, text, [*answers, (BACK, t("Back, do nothing"))]))
    if chosen not in (OK, WITH_NAMES):
        return
    made = await screen.attempt(lambda: back_up(store, name, with_people=chosen == WITH_NAMES))
    if made is not None:
        await screen.tell(t("The backup is made"), "\n".join(_told(screen, name, made)))


def _told(screen: ListScreen[None], name: str, made: BackedUp) -> Iterable[str]:
    t = screen.t
    yield str(made.path.absolute())
    yield ""
    for line in in_backup(len(made.files), name, made.unknown, t):
        yield f"- {plain(line)}"
    if made.people_left_out:
        yield f"- {t('The names of people are not in it.')}"
    for line in who_can_read_it(made.service, t):
        yield f"- {plain(line)}"
    yield from screen.problem_lines(made.left_out, t("These files are not in it:"))


async def look_over_files(screen: ListScreen[None], opened: OpenSession) -> None:
    """Say what is not in order with the files, and mend what bart can mend for who says yes."""
    t, store, name = screen.t, opened.folder.store, opened.session.session
    found = await screen.attempt(lambda: look_over(store, date.today(), name))
    if found is None:
        return
    title = t("Are the files in order?")
    if not found.all:
        await screen.tell(title, t("Everything is in order."))
        return
    here = screen.problem_lines(each.problem for each in found.sessions.get(name, ()))
    lines = [
        *(here or [t("The files of this session are in order.")]),
        *screen.problem_lines(
            (each.problem for each in found.around), t("About bart itself and the folder:")
        ),
    ]
    if not any(each.mend for each in found.all):
        await screen.tell(title, "\n".join(lines))
        return
    lines += ["", t("bart can mend rights and left-over files. Answers stay as they are.")]
    if await screen.confirmed(title, "\n".join(lines), t("Mend it")):
        done = await screen.attempt(
            lambda: [each for each in found.all if each.mend and mend(store, each)]
        )
        if done is not None:
            await screen.tell(title, "\n".join(_outcome(screen, found.all, done)))


def _outcome(
    screen: ListScreen[None], found: Iterable[Finding], done: list[Finding]
) -> Iterable[str]:
    for each in found:
        if each in done:
            yield f"- {plain(mended(str(each.mend), each.about, screen.t))}"
        else:
            yield f"- {problem_text(each.problem, screen.language)}"


async def remove_person(screen: ListScreen[None], opened: OpenSession) -> None:
    """Remove one person for who is sure, and say what is left for people to look through."""
    t = screen.t
    people = [(code, code) for code in sorted(opened.session.party_of, key=code_order)]
    title = t("Remove one person")
    whom = await screen.bart.ask(Choose(title, t("Who asks to be removed?"), people))
    if not whom:
        return
    text = t("All that {code} answered goes, in every round. This cannot be undone.", code=whom)
    answers = [(BACK, t("Back, do nothing")), (OK, t("Yes, remove {code}", code=whom))]
    if await screen.bart.ask(Choose(title, text, answers)) != OK:
        return
    gone = await screen.attempt(lambda: erase(opened, whom))
    if gone is not None:
        told = t("{code} was removed from this session.", code=whom)
        await screen.tell(told, "\n".join(map(plain, _left(screen, gone, whom))))


def _left(screen: ListScreen[None], gone: Erased, code: str) -> Iterable[str]:
    """What speaks of the person still, and where no program reaches."""
    t, where = screen.t, gone.opened.folder.where
    left = {"kept": gone.kept, "unread": gone.unread, "edited": gone.edited}
    yield from left_of_somebody(code, where, t, **left)
    if gone.opened.session.report_out_of_date:
        yield t("The report that was made is out of date. Make a new one.")
    for number in gone.rounds:
        yield t("The report of round {n} is out of date too. Make it anew.", n=number)
    yield ""
    yield t("bart cannot reach these places. Look there yourself:")
    yield from not_reached(t, in_database=is_address(where()))
