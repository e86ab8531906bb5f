"""What a key means on the page that is open, as the action of the screen that it asks for."""

from textual import events

from bart_tool.wording import page_texts
from bart_tool.wording.page_texts import Shown
from bart_tool.wording.questions import CODE_KEYS, TAG_KEYS, codes_of, keyed

EVERYWHERE = {
    "enter": "enter",
    "space": "choose_pointed",
    "left": "previous",
    "backspace": "previous",
    "delete": "wipe",
}
LETTERS = {"s": "certainty", "t": "note"}


def action(event: events.Key, now: Shown, column: int | None) -> str:
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
