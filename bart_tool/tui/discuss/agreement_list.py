"""Every agreement in a list: what must be looked at now first, what is parked last."""

from collections.abc import Iterable

from textual import work

from bart_tool.domain.agreement import Agreement, waiting
from bart_tool.tui.base import Command
from bart_tool.tui.discuss.agreement import AgreementScreen
from bart_tool.tui.discuss.agreement_words import in_short
from bart_tool.tui.discuss.meeting import Meeting
from bart_tool.tui.discuss.screens import ListAtTable
from bart_tool.tui.key_bar import Key, quiet
from bart_tool.tui.list_screen import choice
from bart_tool.tui.text import GAP, Row, heading, plain
from bart_tool.wording.agreements import in_calendar
from bart_tool.wording.translation import N_
from bart_tool.workflow import agree
from bart_tool.workflow.publish import publish_agreements, publish_calendar

FIRST_KEYS = "123456789"


class AgreementList(ListAtTable[None]):
    """The agreements of the session, read anew whenever the list comes into sight."""

    BINDINGS = quiet(("u", "put_back"), ("p", "page"), ("k", "calendar"))
    HELP_LINES = (
        N_("Agreements"),
        "",
        N_("Enter opens one: change it, take it out, or write down whether it was kept."),
        N_("On top stands what must be looked at now: its day has come."),
        N_("What is parked has an owner too. It is not lost."),
        N_("p makes a page of them to print. It may be public: no answer is in it."),
        N_("k makes a calendar file of the days to look again, to send by mail."),
        N_("Arrows move, Enter or a digit opens, Esc goes back."),
    )

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(meeting)
        self.kept: tuple[Agreement, ...] | None = None
        self.removed: agree.Removed | None = None

    def headline(self) -> str:
        return self.t("Agreements")

    def body(self) -> str:
        """That there are none, and where they come from."""
        t = self.t
        if self.kept is None:
            return t("Reading …")
        if not self.kept:
            return t(
                "Nothing was agreed yet. Open a topic in the talk and press a to write down the "
                "first agreement."
            )
        return ""

    def listed(self) -> Iterable[Row]:
        """What is due, what was agreed, and what is parked."""
        t, today = self.t, self.meeting.clocks.today()
        kept = self.kept or ()
        due = [each for each in kept if each.is_due(today)]
        rest = [each for each in kept if each not in due]
        apart = (
            ("agreed", t("Agreed")),
            ("proposed", t("Written down, and nobody said yet that they agree")),
            ("parked", t("Parked")),
            ("withdrawn", t("Withdrawn: does not hold any more")),
        )
        keys = iter([*FIRST_KEYS, *" " * len(kept)])
        groups = (
            (t("To be looked at now: was it kept?"), due),
            *((says, [e for e in rest if e.standing == standing]) for standing, says in apart),
        )
        blocks = [
            [heading(title), *(self._row(next(keys), each) for each in group)]
            for title, group in groups
            if group
        ]
        for number, block in enumerate(blocks):
            yield from (GAP, *block) if number else block

    def _row(self, key: str, each: Agreement) -> Row:
        names = self.meeting.names(self.language)
        told = [self.title_of(each.topic), *in_short(each, names, self.t)]
        return choice(key, each.id, plain(each.sentence), plain(" · ".join(told)))

    def keys(self) -> Iterable[Key]:
        """Opening one, the page, and undoing."""
        if self.kept:
            yield Key("Enter", self.t("open"), "choose")
            yield Key("p", self.t("make page"), "page")
            yield Key("k", self.t("calendar"), "calendar")
        if self.removed is not None:
            yield Key("u", self.t("put back"), "put_back")
        yield from self.last_keys()

    def commands(self) -> Iterable[Command]:
        if self.kept:
            yield Command(self.t("Make a page of the agreements that may be public"), "page")
            days = self.t("Make a calendar file of the days to look again")
            yield Command(days, "calendar")
        if self.removed is not None:
            yield Command(self.t("Put back what was taken out"), "put_back")

    @work(exclusive=True, group="read")
    async def action_read(self) -> None:
        """Read the agreements; when that fails there is nothing to show here."""
        await self._read()

    async def _read(self) -> None:
        kept = await self.attempt(lambda: agree.agreements(self.meeting.opened))
        if kept is None:
            self.dismiss(None)
            return
        self.kept = kept.agreements
        self.fill_anew()

    def choose(self, row: str) -> None:
        chosen = next((each for each in self.kept or () if each.id == row), None)
        if chosen is not None:
            self._open(chosen)

    @work(exclusive=True, group="do")
    async def _open(self, agreement: Agreement) -> None:
        removed = await self.bart.ask(AgreementScreen(self.meeting, agreement))
        self.removed = removed or self.removed
        await self._read()
        if removed is not None:
            self.say(self.t("Taken out. u puts it back."))

    @work(exclusive=True, group="do")
    async def action_page(self) -> None:
        """Make the page that may be public, and say where it is."""
        if not self.kept:
            return
        t, meeting = self.t, self.meeting
        paths = await self.attempt(lambda: publish_agreements(meeting.opened, self.language))
        if paths is not None:
            told = t("No answer is in it. Read whether no name is either: then it may be public.")
            await self.tell(t("The page is made"), "\n".join((told, *(f"- {p}" for p in paths))))

    @work(exclusive=True, group="do")
    async def action_calendar(self) -> None:
        """Make a file that any calendar takes, and say where it is."""
        if not self.kept:
            return
        t, meeting = self.t, self.meeting
        days = len(waiting(self.kept))
        if not days:
            none = t("No agreement has a day yet to look again.")
            await self.tell(t("Nothing to make"), none)
            return
        path = await self.attempt(lambda: publish_calendar(meeting.opened, self.language))
        if path is not None:
            told = in_calendar(days, t)
            await self.tell(t("The calendar file is made"), "\n".join((told, f"- {path}")))

    @work(exclusive=True, group="do")
    async def action_put_back(self) -> None:
        """Undo the last time one was taken out."""
        removed = self.removed
        if removed is None:
            return
        if await self.attempt(lambda: agree.put_back(self.meeting.opened, removed)) is not None:
            self.removed = None
            await self._read()
