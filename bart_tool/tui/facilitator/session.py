"""One session: its phase, the one next step, who has answered, and everything to be done."""

from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial

from textual import events, work
from textual.containers import VerticalScroll

from bart_tool.domain.course import Stage, Step
from bart_tool.domain.days import Deadline
from bart_tool.domain.findings import PartyFinding
from bart_tool.domain.session import party_label
from bart_tool.errors import BartError, Problem
from bart_tool.store.protocol import Store
from bart_tool.tui.base import Command
from bart_tool.tui.facilitator import actions
from bart_tool.tui.facilitator.reports import ROUND, PastRound, for_round, past_rounds, rows_of
from bart_tool.tui.facilitator.steps import STEPS
from bart_tool.tui.key_bar import Key, quiet
from bart_tool.tui.list_screen import ListScreen, choice
from bart_tool.tui.text import GAP, Row, heading, line, plain
from bart_tool.wording.course import course, phases
from bart_tool.wording.erasing import must_be_erased
from bart_tool.wording.in_view import reason
from bart_tool.wording.labels import STATES, label
from bart_tool.wording.naming import Naming
from bart_tool.wording.translation import N_
from bart_tool.workflow.course import stage_of
from bart_tool.workflow.merging import LastLook
from bart_tool.workflow.open_session import OpenSession, open_session, with_notes_heeded
from bart_tool.workflow.phases import Presence, Status, in_view, status
from bart_tool.workflow.retention import to_erase

PERSON = "person:"
NEXT = "next:"
MATTER = "matter"
Act = Callable[[ListScreen[None], OpenSession, Status], Awaitable[None]]
MARKS = {"submitted": "[x]", "reopened": "[~]", "draft": "[~]", "not-started": "[ ]"}


@dataclass(frozen=True)
class Seen:
    """What the screen shows of a session: who has answered, never what."""

    opened: OpenSession
    status: Status
    stage: Stage
    notes: tuple[Problem, ...] = ()
    parties: tuple[PartyFinding, ...] = ()  # how each is shown, once that is known
    to_erase: Deadline | None = None  # when its answers are to be erased, where that is near
    past: tuple[PastRound, ...] = ()


def look(store: Store, name: str, last: LastLook | None = None) -> Seen:
    """Read the session; with `last` only the sheets that look otherwise. Raises as opening does."""
    opened, notes = with_notes_heeded(open_session(store, name))
    now = status(opened, last)
    due = to_erase(opened.folder, opened.session, date.today())
    past: tuple[PastRound, ...] = ()
    with suppress(BartError):  # one that cannot be read: the doctor says why
        past = past_rounds(opened)
    return Seen(opened, now, stage_of(opened, now), notes, in_view(opened), due, past)


class SessionScreen(ListScreen[None]):
    """A session of the facilitator. It reads the session again whenever it comes into sight."""

    BINDINGS = quiet(("f5", "read"))
    HELP_LINES = (
        N_("One session"),
        "",
        N_("[x] done: the answers are handed in."),
        N_("[~] busy: answers are kept, but not handed in yet."),
        N_("[~] opened again: handed in before, and it counts until it is handed in again."),
        N_("[ ] not yet: nothing was answered."),
        "",
        N_("You see who has answered. Nobody sees what, until you close the round."),
        N_("Choose a person to hand them the laptop, or to open their sheet again."),
        "",
        N_("Arrows move, Enter chooses, Esc goes back. Digits and letters choose too."),
        N_("F5 reads the session again."),
    )

    def __init__(self, store: Store, name: str) -> None:
        super().__init__()
        self._store = store
        self._session_name = name
        self._last = LastLook()
        self.seen: Seen | None = None

    def headline(self) -> str:
        """The wijk and the session's name."""
        title = self.seen.opened.session.title if self.seen else ""
        return f"{title} ({self._session_name})" if title else self._session_name

    def body(self) -> str:
        """The phase among the others, and what else is to be known."""
        if self.seen is None:
            return self.t("Reading …")
        lines = [phases(self.seen.stage, self.t), plain(course(self.seen.stage, self.t))]
        number = self.seen.opened.session.round
        if number > 1:
            lines.append(self.t("Round {number}: it comes back to what was agreed.", number=number))
        if self.seen.to_erase:
            key = STEPS[Step.DELETE][0]
            lines += ["", must_be_erased(self.seen.to_erase, self.t)]
            lines += [self.t("The key {key} deletes the session.", key=key)]
        lines += self.problem_lines(self.seen.notes)
        if self.seen.opened.session.report_out_of_date:
            lines += ["", self._out_of_date(self.seen.stage)]
        return "\n".join(lines)

    def _out_of_date(self, stage: Stage) -> str:
        if not stage.said.is_revealed:  # a report is made of a round that is closed
            return self.t(
                "The report that was made is out of date. Close the round, then make a new one."
            )
        return self.t("The report that was made is out of date. Make a new one.")

    def listed(self) -> Iterable[Row]:
        """The next step, what else can be done, and the people."""
        if self.seen is None:
            return
        t, stage = self.t, self.seen.stage
        yield heading(t("The next step"))
        yield choice("1", NEXT + stage.next_step, t(STEPS[stage.next_step][1]), self._why(stage))
        others = [step for step in stage.steps if step is not stage.next_step]
        if others:
            yield GAP
            yield heading(t("What you can also do"))
        for step in others:
            key, says = STEPS[step]
            yield choice(key, step, t(says))
        problems = len(self.seen.status.problems)
        if problems:
            told = t.plural(
                "{number} answer or file that something is the matter with",
                "{number} answers or files that something is the matter with",
                problems,
            )
            yield choice("m", MATTER, told)
        yield from rows_of(self.seen.past, t)
        yield from self._people(self.seen)
        yield GAP
        yield heading(t("The session as a whole"))
        for step in stage.steps_of_all:
            key, says = STEPS[step]
            yield choice(key, step, t(says))

    def _people(self, seen: Seen) -> Iterable[Row]:
        for party in seen.status.parties:
            people = seen.status.of_party(party.id)
            done = sum(each.state == "submitted" for each in people)
            told = self.t("{done} of {people} done", done=done, people=len(people))
            named = plain(party_label(seen.opened.question_set, party, self.language))
            yield GAP
            yield heading(f"{named} · {told}")
            yield from self._why_shown(party.id)
            yield from map(self._person, people)

    def _why_shown(self, party: str) -> Iterable[Row]:
        assert self.seen is not None
        session = self.seen.opened.session
        names = Naming(self.seen.opened.question_set, session, self.language)
        for each in self.seen.parties:
            if each.party == party:
                yield line(plain(reason(each, self.seen.parties, names)))

    def _why(self, stage: Stage) -> str:
        t = self.t
        if stage.next_step is Step.HAND_ON:
            return t.plural(
                "{number} person has not handed in yet.",
                "{number} people have not handed in yet.",
                len(stage.due),
            )
        if stage.next_step is Step.CLOSE:
            return t("Everybody has handed in.")
        if stage.next_step is Step.SETTLE:
            return t("Some answers came in twice and differ. Until you choose none counts.")
        if stage.next_step is Step.AGREEMENTS and stage.talk.due:
            return t.plural(
                "Of {number} agreement the day has come: was it kept?",
                "Of {number} agreements the day has come: were they kept?",
                stage.talk.due,
            )
        return ""

    def _person(self, person: Presence) -> Row:
        says = f"{person.code}  {label(STATES, person.shown, self.language)}"
        return choice(" ", PERSON + person.code, says, mark=MARKS[person.shown])

    def commands(self) -> Iterable[Command]:
        if self.seen is not None:
            for step in (*self.seen.stage.steps, *self.seen.stage.steps_of_all):
                yield Command(self.t(STEPS[step][1]), f"row('{step}')")

    def keys(self) -> Iterable[Key]:
        """As everywhere, with reading again: others may have answered meanwhile."""
        yield from super().keys()
        yield Key("F5", self.t("read again"), "read")

    @work(exclusive=True, group="read")
    async def action_read(self) -> None:
        """Read the session again; when that fails there is nothing to show here."""
        seen = await self._look_again()
        if seen is None:
            self.dismiss(None)
            return
        before, self.seen = self.seen, seen
        self.fill_anew()
        if before is not None and before.stage.phase is not seen.stage.phase:
            self.query_one("#page", VerticalScroll).scroll_home(animate=False)

    async def _look_again(self) -> Seen | None:
        return await self.attempt(lambda: look(self._store, self._session_name, self._last))

    def on_key(self, event: events.Key) -> None:
        """A step keeps its letter when it is the next one and stands at the top."""
        if self.seen is not None and event.character == STEPS[self.seen.stage.next_step][0]:
            event.stop()
            event.prevent_default()  # Textual calls the handler of the list too
            self.choose(NEXT + self.seen.stage.next_step)

    def knows_key(self, event: events.Key) -> bool:
        step = STEPS[self.seen.stage.next_step][0] if self.seen is not None else ""
        return event.character == step or super().knows_key(event)

    def choose(self, row: str) -> None:
        """Do a step, or something for one person."""
        if self.seen is None:
            return
        if row == MATTER:
            self._say_what_is_the_matter()
        elif row.startswith(ROUND):
            self._look_back(row)
        elif row.startswith(PERSON):
            self._do(partial(actions.for_person, code=row.removeprefix(PERSON)))
        else:
            self._do(partial(actions.do, step=Step(row.removeprefix(NEXT))))

    @work(exclusive=True, group="do")
    async def _say_what_is_the_matter(self) -> None:
        assert self.seen is not None
        lines = self.problem_lines(self.seen.status.problems)
        await self.tell(self.t("What is the matter"), "\n".join(lines))

    @work(exclusive=True, group="do")
    async def _look_back(self, row: str) -> None:
        seen = await self._look_again()
        if seen is not None:
            await for_round(self, seen.opened, row)
        self.action_read()

    @work(exclusive=True, group="do")
    async def _do(self, act: Act) -> None:
        # Not what the screen showed: somebody may have handed in on this laptop a moment ago.
        seen = await self._look_again()
        if seen is not None:
            await act(self, seen.opened, seen.status)
        if self.is_open:  # not of a session that was deleted
            self.action_read()
