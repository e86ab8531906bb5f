"""What is pasted in one line is kept whole, and a window's text can be read with the keys."""

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll

from bart_tool.tui.app import BartApp
from bart_tool.tui.dialogs import Choose, LineField
from bart_tool.tui.rows import Rows
from bart_tool.tui.shell import Shell


class OneField(App[None]):
    def compose(self) -> ComposeResult:
        yield LineField()


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Voorbeeldwijk\n", "Voorbeeldwijk"),
        ("eerste regel\r\ntweede regel", "eerste regel tweede regel"),
        ("voor\x85na", "voor<U+0085>na"),
        ("voor\u2028na", "voor<U+2028>na"),
        ("\n", ""),
    ],
)
async def test_no_part_of_what_is_pasted_is_dropped(pasted: str, kept: str) -> None:
    async with OneField().run_test() as pilot:
        field = pilot.app.query_one(LineField)
        field.post_message(events.Paste(pasted))
        await pilot.pause()
        assert field.value == kept


async def test_paging_in_a_window_scrolls_its_text_and_moves_no_choice() -> None:
    text = "\n".join(f"regel {number}" for number in range(60))

    async def flow(app: Shell) -> int:
        await app.ask(Choose("Lang", text, [("a", "eerste"), ("b", "tweede")]))
        return 0

    async with BartApp(flow, "nl").run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        window = pilot.app.screen
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        assert window.query_one(VerticalScroll).scroll_offset.y == 10
        assert window.query_one("#answers", Rows).row_id == "a"
        await pilot.press("pageup")
        await pilot.pause()
        assert window.query_one(VerticalScroll).scroll_offset.y == 5
