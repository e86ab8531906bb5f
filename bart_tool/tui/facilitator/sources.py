"""What is laid down on an item: which item, what it says, and which answer that is."""

from collections.abc import Iterable
from typing import TypeVar

from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import FormalSource
from bart_tool.tui.dialogs import AskLine, Choose
from bart_tool.tui.list_screen import ListScreen, choice
from bart_tool.tui.text import GAP, Row, heading, plain
from bart_tool.wording.labels import BOUNDARIES, label
from bart_tool.wording.questions import asked_of, short
from bart_tool.workflow.session_draft import SessionDraft

T = TypeVar("T")
CHANGE, REMOVE = "change", "remove"
NO_VALUE = ""


class WhichItem(ListScreen[str]):
    """Every item of the set that may have a source; gives its key, None for going back."""

    def __init__(self, question_set: QuestionSet) -> None:
        super().__init__()
        self._question_set = question_set

    def headline(self) -> str:
        return self.t("On which question is something laid down?")

    def listed(self) -> Iterable[Row]:
        section = ""
        for item in self._question_set.items:
            if item.question.boundary != section:
                if section:
                    yield GAP
                section = item.question.boundary
                yield heading(label(BOUNDARIES, section, self.language))
            yield choice("", item.key, plain(short(self._question_set, item, self.language)))


async def ask_source(
    screen: ListScreen[T], draft: SessionDraft, question_set: QuestionSet, key: str
) -> SessionDraft:
    """`draft` with a source added, changed or taken away; the same when somebody goes back."""
    t = screen.t
    if key:
        asked = plain(short(question_set, question_set.by_key[key], screen.language))
        ways = [(CHANGE, t("Change it")), (REMOVE, t("Take it away"))]
        how = await screen.bart.ask(Choose(t("What is laid down"), asked, ways))
        if how == REMOVE:
            return draft.with_source(key, None)
        if how is None:
            return draft
    else:
        key = await screen.bart.ask(WhichItem(question_set)) or ""
    if not key:
        return draft
    item = question_set.by_key[key]
    before = draft.sources.get(key)
    text = "\n".join(
        (
            asked_of(question_set, item, screen.language),
            "",
            t("What does the rule say, and where? For example: Mandaatregeling 2024, article 3."),
        )
    )
    said = await screen.bart.ask(
        AskLine(t("What is laid down"), text, before.text if before else "")
    )
    if not said:
        return draft
    value = await _value(screen, question_set, item)
    return draft.with_source(key, FormalSource(text=said, value=value))


async def _value(screen: ListScreen[T], question_set: QuestionSet, item: Item) -> str:
    """Which of the answers the rule gives; empty when it is none of them."""
    t = screen.t
    options = question_set.options(item.question, item.subject)
    if item.question.answered != "one" or not options:
        return NO_VALUE
    answers = [
        ("none", t("None of these, or it does not say")),
        *((f"={each.id}", each.label.in_language(screen.language)) for each in options),
    ]
    text = t("Which answer fits what is laid down? The report then shows who differs from it.")
    said = await screen.bart.ask(Choose(t("What does it say?"), text, answers))
    return said[1:] if said and said.startswith("=") else NO_VALUE
