"""Where the facilitator begins: every session, how far it is, and what else can be done."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import work

from bart_tool.errors import Exit
from bart_tool.store.protocol import Store
from bart_tool.tui.base import Command
from bart_tool.tui.key_bar import Key, quiet
from bart_tool.tui.list_screen import ListScreen, choice
from bart_tool.tui.shell import Shell
from bart_tool.tui.text import GAP, Row, heading, plain
from bart_tool.wording.erasing import erase_by
from bart_tool.wording.translation import N_

if TYPE_CHECKING:  # they bring the models along, and the first screen does not wait for those
    from bart_tool.workflow.course import SessionLine
    from bart_tool.workflow.publish import Published

NEW, DEMO, SETS, STOP = "new", "demo", "sets", "stop"
# Row -> the key that chooses it, and what it says.
BEGINNINGS = {
    NEW: ("n", N_("New session")),
    DEMO: ("d", N_("Make an example session, with a report")),
    SETS: ("v", N_("Question sets: read one through, or practise")),
    STOP: ("q", N_("Stop")),
}
SESSION, AWAY = "session:", "away"


class Home(ListScreen[None]):
    """The sessions in one folder. It reads them again whenever it comes back into sight."""

    BINDINGS = quiet(("f5", "read"))
    HELP_LINES = (
        N_("How a workshop goes"),
        "",
        N_("1. Make a session: the wijk, the parties, and a code for each person."),
        N_("2. Everybody answers alone, under their own code."),
        N_("3. You close the round. Only then can anything be compared."),
        N_("4. You read the report and choose what to talk about."),
        N_("5. You talk about it in the wijk-MT."),
        "",
        N_("Arrows move, Enter chooses, Esc goes back. Digits and letters choose too."),
        N_("F3 changes the language, F4 the colours. Ctrl+P shows everything you can do."),
    )

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._lines: tuple[SessionLine, ...] | None = None
        self._shows_all = False  # also what was put away

    def headline(self) -> str:
        """The name of the program, and what it is for."""
        return self.t("bart – who does what, who may decide what, who plays which role")

    def body(self) -> str:
        """A word of welcome as long as there is nothing."""
        if self._lines is None:
            return self.t("Looking for sessions …")
        if self._lines:
            return ""
        return self.t(
            "There is no session yet. Make one for your wijk, or look at an example first."
        )

    def listed(self) -> Iterable[Row]:
        """The sessions, and below them what can be begun."""
        t, lines = self.t, self._lines or ()
        shown = [line for line in lines if self._shows_all or not line.is_hidden]
        hidden = sum(line.is_hidden for line in lines)
        if lines:
            yield heading(t("Sessions"))
            for number, line in enumerate(shown, 1):
                key = str(number) if number < 10 else ""
                yield choice(key, SESSION + line.name, _name(line), self._says(line))
            if hidden:
                says = t("Hide what was put away") if self._shows_all else t("Put away: {number}")
                yield choice("g", AWAY, says.format(number=hidden))
            yield GAP
        yield from (choice(key, row, t(says)) for row, (key, says) in BEGINNINGS.items())

    def _says(self, line: "SessionLine") -> str:
        from bart_tool.wording.course import course, phase

        t = self.t
        if line.stage is None:
            return t("cannot be read – choose it to see why")
        told = [phase(line.stage, t), course(line.stage, t)]
        if line.to_erase:
            told.append(erase_by(line.to_erase, t))
        return plain(" · ".join(told))

    def keys(self) -> Iterable[Key]:
        """Esc does nothing here: there is nothing to go back to."""
        t = self.t
        yield Key("Enter", t("choose"), "choose")
        yield Key("F3", t("in Dutch"), "app.other_language")
        yield Key("F4", self.t("colours"), "app.other_theme")
        yield Key("^P", self.t("everything"), "app.palette")
        yield Key("?", t("help"), "app.help")
        yield Key("^Q", self.t("stop"), "app.leave")

    def commands(self) -> Iterable[Command]:
        for row, (_, says) in BEGINNINGS.items():
            if row != STOP:  # that is offered everywhere
                yield Command(self.t(says), f"row('{row}')")

    def help_lines(self) -> Iterable[str]:
        """The round in short, and where the sessions are."""
        yield from super().help_lines()
        yield self.t("Sessions lie in {folder}", folder=plain(self._store.where("")))

    async def action_back(self) -> None:
        """There is nothing before this screen."""

    @work(exclusive=True, group="read")
    async def action_read(self) -> None:
        if self._lines is None:
            await self.wait_for_refresh()  # loading would hold up the very first paint
        lines = await self.attempt(self._read)
        if lines is not None:
            if self._lines is None:
                self.choices.show(())  # so that the pointer comes to stand on the first session
            self._lines = lines
            self.fill_anew()

    def _read(self) -> "tuple[SessionLine, ...]":
        from bart_tool.workflow.course import overview

        return overview(self._store)

    def choose(self, row: str) -> None:
        """Open a session, or begin something."""
        if row == STOP:
            self.app.exit(0)
        elif row == AWAY:
            self._shows_all = not self._shows_all
            self.fill_anew()
        else:
            self._do(row)

    @work(exclusive=True, group="do")
    async def _do(self, row: str) -> None:
        if row == NEW:
            await self._new()
        elif row == DEMO:
            await self._demo()
        elif row == SETS:
            from bart_tool.tui.facilitator.sets import Sets

            await self.bart.ask(Sets())
        else:
            await self._session(row.removeprefix(SESSION))
        self.action_read()

    async def _new(self) -> None:
        from bart_tool.tui.facilitator.new_session import NewSession

        name = await self.bart.ask(NewSession(self._store))
        if name:
            await self._session(name)

    async def _demo(self) -> None:
        def make() -> "Published":
            from bart_tool.workflow.demo import make_demo

            return make_demo(self._store, self.language)

        made = await self.attempt(make)
        if made is not None:
            await self._session(made.opened.session.session)

    async def _session(self, name: str) -> None:
        from bart_tool.tui.facilitator.session import SessionScreen

        trouble = next((line.trouble for line in self._lines or () if line.name == name), None)
        if trouble is not None:
            await self.tell(self.t("This session cannot be opened"), self.describe_error(trouble))
            return
        await self.bart.ask(SessionScreen(self._store, name))


def _name(line: "SessionLine") -> str:
    return plain(f"{line.title} ({line.name})" if line.title else line.name)


async def facilitate(app: Shell, store: Store, session: str = "") -> int:
    """Show every session in `store`, and first the one called `session` if one is named."""
    home = app.push_screen(Home(store), wait_for_dismiss=True)
    if session:
        from bart_tool.tui.facilitator.session import SessionScreen

        await app.push_screen(SessionScreen(store, session))
    await home
    return Exit.DONE
