"""The facilitator's interface as one function: home, until somebody stops."""

from pathlib import Path

from bart_tool.errors import Exit
from bart_tool.tui.facilitator.home import Home
from bart_tool.tui.shell import Shell


async def facilitate(app: Shell, root: Path, session: str = "") -> int:
    """Show every session in `root`, and first the one called `session` if one is named."""
    home = app.push_screen(Home(root), wait_for_dismiss=True)
    if session:
        from bart_tool.tui.facilitator.session import SessionScreen

        await app.push_screen(SessionScreen(root, session))
    await home
    return Exit.DONE
