"""What is pasted in one line is kept whole."""

import pytest
from textual import events
from textual.app import App, ComposeResult

from bart_tool.tui.widgets.editor import Field


class OneField(App[None]):
    def compose(self) -> ComposeResult:
        yield Field()


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
        field = pilot.app.query_one(Field)
        field.post_message(events.Paste(pasted))
        await pilot.pause()
        assert field.value == kept
