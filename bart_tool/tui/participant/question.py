"""The one question screen, for every type of question, and what its keys mean."""

from collections.abc import Iterable

from textual import events, work
from textual.containers import VerticalScroll

from bart_tool.domain.answer import OTHER
from bart_tool.errors import Problem
from bart_tool.tui.base import Command
from bart_tool.tui.dialogs import Choose
from bart_tool.tui.key_bar import quiet
from bart_tool.tui.participant.my_picture import HAND_IN, MyPicture
from bart_tool.tui.participant.question_page import QuestionPage
from bart_tool.tui.participant.visit import may_leave_unsaved
from bart_tool.tui.rows import Rows
from bart_tool.wording import page_texts
from bart_tool.wording.messages import problem_sentence
from bart_tool.wording.page_texts import Shown
from bart_tool.wording.questions import CODE_KEYS, TAG_KEYS, codes_of, keyed
from bart_tool.wording.welcome import what_is_kept
from bart_tool.workflow.answering import steps
from bart_tool.workflow.answering.choosing import CERTAINTIES
from bart_tool.workflow.answering.state import Answering

EVERYWHERE = {
    "enter": "enter",
    "space": "choose_pointed",
    "left": "previous",
    "backspace": "previous",
    "delete": "wipe",
}
LETTERS = {"s": "certainty", "t": "note"}
PICTURE = "picture"  # the workers that show the own picture


def key_action(event: events.Key, now: Shown, column: int | None) -> str:
    """The action for this key, or empty. `column`: where the pointer stands in a table."""
    if now.as_table and event.key == "right":
        return "point_column(1)"
    if now.as_table and event.key == "left" and column is not None:
        return "point_column(-1)"
    if event.key in EVERYWHERE:
        return EVERYWHERE[event.key]
    typed = (event.character or "").lower()
    if not typed.isalnum():
        return ""
    return _choosing(typed, now) or LETTERS.get(typed, "") or _tagging(typed)


def _choosing(typed: str, now: Shown) -> str:
    if now.as_table:
        keys = page_texts.column_keys(now)
        return f"fill_cell({keys.index(typed)})" if typed in keys else ""
    for key, option in keyed(now.options):
        if key == typed:
            return f"choose({option.id!r})"
    for code in codes_of(now.page.question):
        if CODE_KEYS[code] == typed:
            return f"choose({code!r})"
    return ""


def _tagging(typed: str) -> str:
    return next((f"tag({tag!r})" for tag, key in TAG_KEYS.items() if key == typed), "")


class Question(QuestionPage):
    """Asks page after page; closes with "hand-in", or None when the participant leaves."""

    BINDINGS = quiet(("f2", "picture"), ("f5", "quote"), ("ctrl+s", "keep"), ("ctrl+z", "undo"))

    def on_mount(self) -> None:
        self.visit.keeper.changed = self._show_saving
        self.bart.before_leaving.append(self._save_at_once)
        self._open_page()
        if self.state.in_review:
            self.action_picture()

    def on_unmount(self) -> None:
        self.bart.before_leaving.remove(self._save_at_once)

    def commands(self) -> Iterable[Command]:
        t = self.t
        yield Command(t("Go on to the next question"), "go_on")
        yield Command(t("Back to the question before"), "previous")
        yield Command(t("Add a note"), "note")
        yield Command(t("Wipe this answer"), "wipe")
        yield Command(t("Undo what you changed last"), "undo")
        yield Command(t("See my picture, or hand in"), "picture")

    def fit(self, *, anew: bool) -> None:
        """A table becomes rows one by one, and back; what is being written stays with its row."""
        if anew:
            key = self._writing.about if self._writing.what else self._now.item.key
            self.visit.to(self.state.at_item(key))
            self.fill()
        self.call_after_refresh(self._choices.show_pointer)

    # Going from page to page

    def _open_page(self) -> None:
        """Show the page of the place, and put the keys where one answers."""
        self._moved = False
        self._writing.close()
        if self.state.is_in_words:
            self._write_answer()
        self._choices.show(())
        self.fill()
        # Focusing would scroll to the options: one reads the question first.
        if self.state.is_in_words:
            self._writing.take_keys()
        else:
            self.set_focus(self._choices, scroll_visible=False)
        self.query_one("#page", VerticalScroll).scroll_home(animate=False)

    def _write_answer(self) -> None:
        self._writing.open("text", self.state.key, steps.written(self.state.answer, "text"))

    def _go(self, there: Answering) -> None:
        self.visit.to(there)
        self._open_page()

    def action_go_on(self) -> None:
        """To the next page, or past the last to the own picture."""
        self._commit()
        after = self.state.onward(by_row=self.is_narrow)
        if after.in_review:
            self.action_picture()
        else:
            self._go(after)

    def action_previous(self) -> None:
        """To the page before; from the first one is asked whether to stop."""
        self._commit()
        before = self.state.back(by_row=self.is_narrow)
        if before is not None:
            self._go(before)
        else:
            self._ask_to_stop()

    @work
    async def _ask_to_stop(self) -> None:
        if self.bart.screen is not self:  # a second Esc, before the first was dealt with
            return
        t = self.t
        answers = [("stay", t("Go on answering")), ("stop", t("Stop for now"))]
        here = t("This is the first question.")
        text = f"{here} {what_is_kept(self.visit.context, t)}"
        if await self.bart.ask(Choose(t("Stop?"), text, answers)) == "stop":
            await self.leave()

    async def action_back(self) -> None:
        """Esc: out of the text, else to the page before."""
        if not self._writing.has_keys:
            self.action_previous()
        elif self._writing.what == "text":
            self._extra.focus()
        else:
            self._close_writing()

    @work(exclusive=True, group=PICTURE)
    async def action_picture(self) -> None:
        """Show the own picture; from there one jumps to a question, or hands in."""
        self._commit()
        chosen = await self.bart.ask(MyPicture(self.visit))
        self.visit.to(self.state.reviewing(False))
        if self.visit.outcome is not None:
            self.close_for_good()
        elif chosen == HAND_IN:
            self._end(HAND_IN)
        elif chosen:
            self._go(self.state.at_item(chosen))

    async def leave(self) -> None:
        """Stop: first save what is being typed."""
        self._commit()
        kept = await self.visit.keeper.settled()
        if kept or await may_leave_unsaved(self):
            await super().leave()

    def close_for_good(self) -> None:
        self._end(None)

    def _end(self, said: str | None) -> None:
        self.visit.keeper.changed = lambda: None
        self.dismiss(said)

    # Keys and clicks

    def takes_keys(self) -> bool:
        """Not on the way to the own picture, nor from there to handing in."""
        to_picture = (each for each in self.workers if each.group == PICTURE)
        is_going = any(each.node is self and not each.is_finished for each in to_picture)
        return super().takes_keys() and not is_going

    def may_follow(self, now: str, before: str) -> bool:
        """The letter of an option, and that of how one has it, in turn: each is an answer."""
        page = self.state.page
        chosen = self.state.route.question_set.options(page.question, page.subject)
        options = {key for key, _ in keyed(chosen)}
        tags = set(TAG_KEYS.values()) if page.question.answered == "several" else set()
        in_turn = (now in tags and before in options) or (before in tags and now in options)
        return in_turn or super().may_follow(now, before)

    async def on_key(self, event: events.Key) -> None:
        """Keys that mean something on every question."""
        if self._writing.has_keys:
            return
        action = key_action(event, self._now, self._choices.column)
        if action:
            event.stop()
            await self.run_action(action)

    def action_enter(self) -> None:
        """Choose what the pointer was moved to, else go on."""
        if self._writing.has_keys:
            self.on_writing_finished()
        elif self._enter_chooses:
            self.action_choose_pointed()
        else:
            self.action_go_on()

    def on_writing_finished(self) -> None:
        if self._is_too_long():
            return
        if self._writing.what == "text":
            self._take_typed_key()
            self.action_go_on()
        else:
            self._close_writing()

    def _take_typed_key(self) -> None:
        """The key of a line below the field, typed in the field: that line is meant, no word."""
        typed = self._writing.text.lower()
        for code in codes_of(self.state.page.question):
            if CODE_KEYS[code] == typed:
                self.action_choose(code)

    def action_choose_pointed(self) -> None:
        """Choose what the pointer stands on."""
        if self.focused is self.query_one("#tick"):
            self.action_quote()
        elif self.focused is self._extra:
            self._use_extra(self._extra.row_id, "")
        elif not self._now.as_table:
            if self._choices.row_id:
                self.action_choose(self._choices.row_id)
        elif self._choices.column is not None:
            self.action_fill_cell(self._choices.column)

    def pointer_moved(self) -> None:
        if self._now.as_table:
            self._point_at_row(self._choices.row_id)
        else:
            self._moved = True
            self.show_keys()

    def _point_at_row(self, key: str) -> None:
        column = self._choices.column
        self._close_writing()
        self.visit.to(self.state.at_item(key))
        self._show_rows(key, column)

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        """A click does what the key would."""
        event.stop()
        kind, _, value = event.does.partition(":")
        if not self.is_open or event.row not in (row.id for row in event.rows.rows):
            return  # it was closed since, or turned the page
        if event.rows.id == "tick":
            self.action_quote()
        elif event.rows.id == "extra":
            self._use_extra(event.row, value)
        elif self._now.as_table:
            self._point_at_row(event.row)
            if kind == "column":
                self.action_fill_cell(int(value))
            elif kind == "certainty":
                self.action_certainty()
        elif kind == "tag":
            self._tag(event.row, value)
        else:
            self.action_choose(event.row)

    def _use_extra(self, row: str, value: str) -> None:
        if row == "note":
            self.action_note()
        elif row == "certainty":
            self.action_certainty(value)
        else:
            self.action_choose(row)

    # Answering

    def action_choose(self, chosen: str) -> None:
        """One option or code of a page that is no table."""
        self._commit()
        for problem in self.visit.do(steps.choose, self.state.key, chosen):
            if problem.code == "answer-too-many":
                said = self.t("Choose at most {most}. First take one away.")
                self.say(said.format_map(problem.params))
                return
        takes_words = self.state.answer is not None and self.state.answer.value == OTHER
        if self._writing.what == "words" and not takes_words:
            self._writing.close()
        elif self._writing.what == "text":
            self._write_answer()
        self._answered(chosen)
        if takes_words:
            self._open_writing("words")

    def _answered(self, at: str) -> None:
        self._moved = False
        self._show_rows(at)
        self._choices.show_pointer()
        self.say("")

    def action_fill_cell(self, column: int) -> None:
        """Answer the row of the pointer with this column, and move to the row below."""
        self._close_writing()
        now = self._now
        self.visit.do(steps.fill, now.item.key, page_texts.columns(now)[column])
        self._answered(self._now.item.key)
        self.say(page_texts.filled_row(now, column))

    def action_point_column(self, by: int) -> None:
        """Move the pointer over the columns of a table; left of the first it leaves them."""
        self._close_writing()
        now, column = self._now, self._choices.column
        there = 0 if column is None else column + by
        if there >= len(page_texts.columns(now)):
            return
        self.visit.to(self.state.at(self.state.place))
        self._show_rows(now.item.key, there if there >= 0 else None)
        words = page_texts.column_words(now, there, in_full=True) if there >= 0 else ""
        self.say(words)

    def action_tag(self, tag: str) -> None:
        """Say of the role under the pointer how it came about."""
        self._tag(self._choices.row_id, tag)

    def _tag(self, option: str, name: str) -> None:
        how = next((tag for tag in self.state.page.question.tagged if tag == name), None)
        if how is None:
            return
        if self._does(self.visit.do(steps.tag, self.state.key, option, how)):
            self._answered(option)

    def _does(self, problems: tuple[Problem, ...]) -> bool:
        for problem in problems:
            self.say(problem_sentence(problem, self.language))
        return not problems

    def action_certainty(self, name: str = "") -> None:
        """Say how sure one is; without a name the next step."""
        if not self.state.page.question.certainty:
            return
        step = next((step for step in CERTAINTIES if step == name), None)
        if self._does(self.visit.do(steps.rate, self.state.key, step)):
            self._show_rows(self._choices.row_id, self._choices.column)

    def action_wipe(self) -> None:
        """Take the answer away: the question is open again."""
        if self.state.answer is None:
            return
        self.visit.do(steps.wipe, self.state.key)
        self._writing.close()
        if self.state.is_in_words:
            self._write_answer()
        self._show_rows(self._choices.row_id)
        self.say(self.t("Wiped. This question is open again. Ctrl+Z puts it back."))

    def action_undo(self) -> None:
        """Put back what was changed last, on whichever page that was."""
        self._commit()
        undone = steps.undo(self.state)
        if undone is self.state:
            self.say(self.t("There is nothing to undo."))
            return
        self._go(undone)
        self.say(self.t("This answer is as it was before. Ctrl+Z goes back further."))
