"""One's own picture: a table of positions by boundary, what is open, and the way to hand in."""

from collections.abc import Iterable
from typing import ClassVar

from rich.cells import cell_len
from textual import events, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from bart_tool.domain.question import Boundary
from bart_tool.domain.question_set import Item
from bart_tool.domain.route import TOGETHER, OwnPicture
from bart_tool.tui.base import Command
from bart_tool.tui.dialogs import Choose
from bart_tool.tui.key_bar import Key, quiet
from bart_tool.tui.participant.visit import ParticipantScreen, Visit
from bart_tool.tui.rows import Rows
from bart_tool.tui.text import GAP, Part, Row, fitted, heading, plain, shown
from bart_tool.wording.labels import BOUNDARIES, label
from bart_tool.wording.questions import answer_words, short, subject_label
from bart_tool.wording.translation import N_

HAND_IN = "hand-in"
FIRST_OPEN = "first-open"
MOST_NAMED = 4  # open questions that the confirmation names
BOUNDARY_WIDTH = 14


class MyPicture(ParticipantScreen[str]):
    """Gives the key of the item to go to, "hand-in", or None for going back."""

    AUTO_FOCUS: ClassVar[str | None] = "#table"
    BINDINGS = quiet(("f2", "back"), ("i", "hand_in"))
    HELP_LINES = (
        N_("This is how you see it: the organisation in your mind."),
        "",
        N_(
            "Above stand the positions, beside them task, authority, role, boundary and means. "
            "What is empty is marked: [ empty ]."
        ),
        "",
        N_("Arrows move over the table. Below it you read what you answered."),
        N_("Enter goes to the question: the first open one of that cell."),
        N_("Tab goes to the list, to choose one question."),
        N_("i hands in. Then your answers are closed."),
        N_("Esc goes back to the question you came from."),
    )

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        page = visit.state.page
        self._picture = OwnPicture(visit.state.route)
        kinds = self._positions
        here = page.subject if page.subject in kinds else TOGETHER
        self._row: Boundary = page.question.boundary
        self._column = kinds.index(here) if here in kinds else 0

    def compose(self) -> ComposeResult:
        """The table above what stands in the cell."""
        yield Static(id="title", classes="title", markup=False)
        yield Static(id="left", classes="dim", markup=False)
        with VerticalScroll(id="page", can_focus=False):
            yield Rows(id="table", moved=self._pointer_moved)
            yield Static(id="cell", classes="title", markup=False)
            yield Rows(id="items")
        yield from super().compose()

    @property
    def _positions(self) -> tuple[str, ...]:
        return self._picture.columns

    @property
    def _cell(self) -> tuple[Item, ...]:
        return self._picture.items_at(self._row, self._positions[self._column])

    def fill(self) -> None:
        """Write the picture as it is now."""
        t, visit = self.t, self.visit
        left = len(visit.state.open_items)
        self.query_one("#title", Static).update(shown(t("My picture")))
        self.query_one("#left", Static).update(shown(self._what_is_open(left)))
        table = self.query_one("#table", Rows)
        table.display = not self.is_narrow
        self.query_one("#cell").display = not self.is_narrow
        if self.is_narrow:
            items = self.query_one("#items", Rows)
            items.show(self._whole_list(), visit.state.route.item_at(visit.state.place).key)
            self.set_focus(items, scroll_visible=False)
            self.call_after_refresh(items.show_pointer)
        else:
            table.show(self._table(), self._row, self._column)
            self._show_cell()
        self.show_keys()

    def _what_is_open(self, left: int) -> str:
        if self.visit.state.is_closed:
            return self.t("Handed in. You can read it here, not change it.")
        if not left:
            return self.t("Everything has an answer. Press i to hand in.")
        return self.t.plural(
            "{number} of {total} answers is still open. Leaving it open is fine.",
            "{number} of {total} answers are still open. Leaving them open is fine.",
            left,
            total=len(self.visit.state.route.items),
        )

    def _table(self) -> list[Row]:
        width = (self.app.size.width - BOUNDARY_WIDTH - 4) // max(len(self._positions), 1)
        names = [self._position_name(position) for position in self._positions]
        head = Row("", "", "strong", cells=tuple(_cell_part(name, width, "key") for name in names))
        rows = []
        for boundary in self._picture.rows:
            cells = []
            for number, position in enumerate(self._positions):
                items = self._picture.items_at(boundary, position)
                text, style = self._cell_words(items)
                cells.append(_cell_part(text, width, style, f"column:{number}"))
            name = label(BOUNDARIES, boundary, self.language)
            rows.append(Row(boundary, fitted(name, BOUNDARY_WIDTH), cells=tuple(cells)))
        return [head, *rows]

    def _cell_words(self, items: tuple[Item, ...]) -> tuple[str, str]:
        if not items:
            return "", "dim"
        answers = [self.visit.state.sheet.answers.get(item.key) for item in items]
        given = [answer for answer in answers if answer is not None]
        if not given:
            return self.t("[ empty ]"), "bad"
        if len(items) == 1:
            words = answer_words(self.visit.context.question_set, items[0], given[0], self.t)
            return plain(words), ""
        says = self.t("{given} of {total}", given=len(given), total=len(items))
        return (f"{says} …", "strong") if len(given) < len(items) else (says, "")

    def _position_name(self, position: str) -> str:
        if position == TOGETHER:
            return self.t("Together")
        return plain(subject_label(self.visit.context.question_set, position, self.language))

    def _show_cell(self) -> None:
        name = self._position_name(self._positions[self._column])
        title = f"{label(BOUNDARIES, self._row, self.language)} · {name}"
        self.query_one("#cell", Static).update(shown(title))
        rows = [self._item_row(item) for item in self._cell]
        self.query_one("#items", Rows).show(rows or [Row("", self.t("Nothing is asked here."))])
        self.query_one("#items").can_focus = bool(rows)

    def _whole_list(self) -> list[Row]:
        rows: list[Row] = []
        for boundary in self._picture.rows:
            for position in self._positions:
                items = self._picture.items_at(boundary, position)
                if items:
                    name = self._position_name(position)
                    rows += [GAP] if rows else []
                    rows.append(heading(f"{label(BOUNDARIES, boundary, self.language)} · {name}"))
                    rows += [self._item_row(item) for item in items]
        return rows

    def _item_row(self, item: Item) -> Row:
        the_set = self.visit.context.question_set
        answer = self.visit.state.sheet.answers.get(item.key)
        asked = plain(short(the_set, item, self.language))
        if answer is None:
            return Row(item.key, self.t("{label}: still open", label=asked), "bad", (_mark(False),))
        words = plain(answer_words(the_set, item, answer, self.t))
        return Row(item.key, f"{asked}: {words}", "", (_mark(True),))

    def keys(self) -> Iterable[Key]:
        t = self.t
        if not self.visit.state.is_closed:
            yield Key("Enter", t("to the question"), "enter")
            yield Key("i", t("hand in"), "hand_in")
        if not self.is_narrow:
            yield Key("↑↓←→", t("look around"), "app.focus('table')")
        yield Key("Esc", t("back"), "back")
        yield Key("?", t("help"), "app.help")
        yield Key("^Q", t("stop"), "app.leave")

    def commands(self) -> Iterable[Command]:
        if not self.visit.state.is_closed:
            yield Command(self.t("Hand in"), "hand_in")

    def fit(self, *, anew: bool) -> None:  # noqa: ARG002 (the columns have another width too)
        """The table becomes a list, and back."""
        self.fill()
        if not self.is_narrow and not self.query_one("#items").has_focus:
            self.query_one("#table").focus()

    async def on_key(self, event: events.Key) -> None:
        """Left and right move over the table, Enter goes to a question."""
        if event.key == "enter":
            event.stop()
            self.action_enter()
        elif event.key in ("left", "right") and self.query_one("#table").has_focus:
            event.stop()
            self._point(self._row, self._column + (1 if event.key == "right" else -1))
        elif event.key == "backspace":
            event.stop()
            await self.action_back()

    def _point(self, row: Boundary, column: int) -> None:
        self._row = row
        self._column = min(max(column, 0), len(self._positions) - 1)
        self.query_one("#table", Rows).point_at(row, self._column)
        self._show_cell()

    def _pointer_moved(self) -> None:
        self._to_row(self.query_one("#table", Rows).row_id, self._column)

    def _to_row(self, name: str, column: int) -> None:
        for boundary in self._picture.rows:
            if boundary == name:
                self._point(boundary, column)

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        """A click on the table looks there, a click on a question goes there."""
        event.stop()
        if event.rows.id == "items":
            self._go_to(event.row)
        elif event.does.startswith("column:"):
            self._to_row(event.row, int(event.does.removeprefix("column:")))

    def action_enter(self) -> None:
        """To the question of the list, or the first open one of the cell."""
        if self.is_narrow or self.query_one("#items").has_focus:
            self._go_to(self.query_one("#items", Rows).row_id)
            return
        items = self._cell
        left = tuple(item for item in items if item in self.visit.state.open_items)
        for item in (left or items)[:1]:
            self._go_to(item.key)

    def _go_to(self, key: str) -> None:
        if key and not self.visit.state.is_closed:
            self.dismiss(key)

    @work(exclusive=True)
    async def action_hand_in(self) -> None:
        """Say what is open, ask once, and hand in."""
        if self.visit.state.is_closed:
            return
        t, left = self.t, self.visit.state.open_items
        answers = [(HAND_IN, t("Hand in")), ("back", t("Not yet"))]
        if left:
            answers.insert(1, (FIRST_OPEN, t("To the first open question")))
        chosen = await self.bart.ask(Choose(t("Hand in?"), self._hand_in_text(left), answers))
        if chosen == HAND_IN:
            self.dismiss(HAND_IN)
        elif chosen == FIRST_OPEN:
            self.dismiss(left[0].key)

    def _hand_in_text(self, left: tuple[Item, ...]) -> str:
        t = self.t
        after = t(
            "After handing in you cannot change anything, unless the facilitator opens your sheet "
            "again."
        )
        if self.visit.context.is_practice:
            after = t("This is practice: nothing is kept, and nothing goes to the facilitator.")
        if not left:
            return "\n".join((t("Everything has an answer."), "", after))
        names = [short(self.visit.context.question_set, item, self.language) for item in left]
        lines = [f"- {name}" for name in names[:MOST_NAMED]]
        if len(left) > MOST_NAMED:
            lines.append(t("- and {number} more", number=len(left) - MOST_NAMED))
        return "\n".join((self._what_is_open(len(left)), after, "", t("Still open:"), *lines))


def _cell_part(text: str, width: int, style: str, does: str = "") -> Part:
    text = fitted(text, width - 1)
    return Part(text + " " * (width - cell_len(text)), style, does)


def _mark(answered: bool) -> Part:
    return Part("[x] " if answered else "[ ] ")
