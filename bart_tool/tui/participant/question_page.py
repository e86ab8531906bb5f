"""A page of questions as it stands on the screen: its answers, and the field for own words."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from bart_tool.domain.free_text import MAX_WORDS
from bart_tool.tui.dialogs import Stop
from bart_tool.tui.key_bar import Key
from bart_tool.tui.participant import question_rows
from bart_tool.tui.participant.visit import ParticipantScreen, Visit, offer_help
from bart_tool.tui.participant.widgets import QuestionHeading, Writing
from bart_tool.tui.rows import ReadingText, Rows
from bart_tool.tui.text import shown
from bart_tool.wording import page_texts
from bart_tool.wording.messages import problem_sentence
from bart_tool.wording.page_texts import Shown
from bart_tool.wording.questions import how_many
from bart_tool.workflow.answering import steps
from bart_tool.workflow.answering.state import Answering
from bart_tool.workflow.answering.steps import Writes


class QuestionPage(ParticipantScreen[str]):
    """Shows the page of the visit's place. Who asks says what keys do, and where one goes next."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._moved = False  # the pointer was moved, so Enter means what it stands on

    @property
    def state(self) -> Answering:
        """What was answered, and where one is."""
        return self.visit.state

    # What is on the screen

    def compose(self) -> ComposeResult:
        yield QuestionHeading(id="heading")
        with VerticalScroll(id="page", can_focus=False):
            yield Static(id="tense", markup=False)
            yield Static(id="question", markup=False)
            yield Static(id="example", classes="dim", markup=False)
            yield Static(id="how-many", markup=False)
            yield ReadingText(id="legend", classes="dim")
            yield Rows(id="choices", starts_nowhere=True, moved=self.pointer_moved)
            yield Writing(id="writing")
            yield Rows(id="extra")
        yield Static(id="message", markup=False)
        yield from super().compose()

    @property
    def _choices(self) -> Rows:
        return self.query_one("#choices", Rows)

    @property
    def _extra(self) -> Rows:
        return self.query_one("#extra", Rows)

    @property
    def _writing(self) -> Writing:
        return self.query_one(Writing)

    @property
    def _now(self) -> Shown:
        return self._shown(self.state.place.row)

    def _shown(self, row: int) -> Shown:
        state = self.state
        return Shown(state.route.question_set, state.page, row, state.sheet, self.t, self.is_narrow)

    def pointer_moved(self) -> None:
        """A key moved the pointer over the answers."""
        raise NotImplementedError

    def fill(self) -> None:
        """Write the page anew, as it stands now."""
        self._show_texts(self._now)
        self._show_rows()
        self._show_saving()

    def _show_texts(self, now: Shown) -> None:
        place, route = self.state.place, self.state.route
        where = page_texts.place(now, route)
        self.query_one("#heading", QuestionHeading).show(where, place.page / len(route.pages))
        texts = {
            "tense": page_texts.tense(now, self.visit.context.kind),
            "question": page_texts.question(now),
            "example": page_texts.example(now),
            "how-many": how_many(now.page.question, self.t),
        }
        for name, text in texts.items():
            widget = self.query_one(f"#{name}", Static)
            widget.update(shown(text))
            widget.display = bool(text)
        self.query_one("#question").set_class(bool(texts["example"]), "-with-example")
        legend = self.query_one("#legend", ReadingText)
        in_full = route.is_first_on_scale(now.page)
        legend.show(question_rows.legend(now, in_full=in_full))
        legend.display = now.as_table
        self.say(page_texts.first_of_section(now, route, place, self.state.sheet.shown_as))

    def _show_rows(self, at: str = "", column: int | None = None) -> None:
        """Show the answers as they stand, with the pointer on row `at`."""
        now, choices = self._now, self._choices
        here = at or (choices.row_id if self._moved else question_rows.row_chosen(now))
        rows = question_rows.rows_of(now)
        choices.show(rows, here, column)
        choices.display = bool(rows)
        target = self._shown(self.state.row)
        self._extra.show(question_rows.extra_rows(target), self._extra.row_id)
        self._writing.show(
            page_texts.caption(self._writing.what, target),
            question_rows.tick_row(target.answer, self.t),
            self.t("Do not name people."),
        )
        self.show_keys()

    def keys(self) -> Iterable[Key]:
        """What can be done here and now."""
        t = self.t
        if self._writing.has_keys:
            is_text = self._writing.what == "text"
            yield Key("Enter", t("go on") if is_text else t("done"), "enter")
            yield Key("Esc", t("out of the text"), "back")
            yield Key("F5", t("may be printed"), "quote")
        else:
            yield Key("Enter", t("choose") if self._enter_chooses else t("go on"), "enter")
            yield Key("←", t("back"), "previous")
            if self.state.answer is not None:
                yield Key("Del", t("wipe"), "wipe")
            yield Key("?", t("help"), "app.help")
        yield Key("F2", t("my picture"), "picture")
        yield Key("^Q", t("stop"), "app.leave")

    @property
    def _enter_chooses(self) -> bool:
        if self.focused in (self._extra, self.query_one("#tick")):
            return True
        now, column = self._now, self._choices.column
        if not now.as_table:
            return self._moved
        chosen = now.answer.value if now.answer else None
        return column is not None and page_texts.columns(now)[column] != chosen

    def help_text(self) -> str:
        """Help with this question, then the keys."""
        return page_texts.help_text(self._now, is_practice=self.visit.context.is_practice)

    def on_descendant_focus(self) -> None:
        """The keys say what is meant where the keys go."""
        self.show_keys()

    # Own words

    def action_note(self) -> None:
        """Write a note with the answer."""
        if self.state.is_in_words:
            return
        if self.state.answer is None:
            # A line of text would go by unseen, and what is typed after it would answer.
            self.app.push_screen(Stop(problem_sentence(steps.NO_NOTE, self.language)))
            return
        self._open_writing("note")

    def action_quote(self) -> None:
        """Give leave to print the words, or take it back."""
        self._commit()
        if self._writing.what:
            self.visit.do(steps.quote, self._writing.about)
            self._show_rows(self._choices.row_id)

    def _open_writing(self, what: Writes) -> None:
        self._commit()
        self._writing.open(what, self.state.key, steps.written(self.state.answer, what))
        self._show_rows(self._choices.row_id)
        self._writing.take_keys()

    def _close_writing(self) -> None:
        if self._writing.what in ("note", "words"):
            self._commit()
            self._writing.close()
            self._choices.focus()
            self._show_rows(self._choices.row_id)

    def _is_too_long(self) -> bool:
        """Whether more stands in the field than fits, which is then said."""
        problems = steps.too_long(self._writing.text) if self._writing.what else ()
        if problems:
            said = self.t("Esc keeps the first {most}.", most=MAX_WORDS)
            self.say(f"{problem_sentence(problems[0], self.language)} {said}")
        return bool(problems)

    def on_writing_typed(self) -> None:
        """The screen says honestly that this is not on the disk yet."""
        self._show_saving()
        if self._writing.has_keys and not self._is_too_long():
            self.say("")

    def on_writing_paused(self) -> None:
        self._commit()

    def _commit(self) -> None:
        """Make what was typed part of the answer."""
        typed = self._writing.take()
        if typed is not None and self._writing.what:
            first = self._writing.text[:MAX_WORDS]  # of more it says so, as long as one writes
            self.visit.do(steps.write, self._writing.about, self._writing.what, first)
            self._show_rows(self._choices.row_id)

    # Saving

    def action_keep(self) -> None:
        """Ctrl+S, by habit: everything is saved already, or now."""
        self._commit()

    def _save_at_once(self) -> None:
        if self.is_open:  # else what was typed was taken when it closed
            self._commit()
        self.visit.keeper.save_now()

    def _show_saving(self) -> None:
        if not self.is_open:
            return
        keeper, heading = self.visit.keeper, self.query_one("#heading", QuestionHeading)
        if keeper.trouble is not None:
            heading.show_state(self.t("NOT KEPT"), bad=True)
            offer_help(self)
        elif keeper.is_kept and not self._writing.is_unsaved:
            practice = self.visit.context.is_practice
            heading.show_state(self.t("practice") if practice else self.t.of("answer", "kept"))
        else:
            heading.show_state("…")
