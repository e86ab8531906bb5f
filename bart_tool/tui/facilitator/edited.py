"""A report that somebody edited: make its page again, or a new report beside it."""

from bart_tool.tui.dialogs import Choose
from bart_tool.tui.facilitator.screen import OK, FacilitatorScreen
from bart_tool.wording.messages import problem_text
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.publish import has_edit, render_again

AGAIN = "again"


async def wants_new_report(screen: FacilitatorScreen[None], opened: OpenSession) -> bool:
    """Whether a new report is to be made; of an edited one its page may be made instead."""
    if not has_edit(opened):
        return True
    t = screen.t
    choices = [
        (AGAIN, t("Make the page again from what you edited")),
        (OK, t("Make a new report; what you edited is kept beside it")),
    ]
    chosen: str | None = await screen.bart.ask(Choose(t("You edited report.md"), "", choices))
    if chosen == AGAIN:
        made = await screen.attempt(lambda: render_again(opened))
        if made is not None:
            lines = [t("The page now says what you wrote."), "", f"- {made.path}"]
            lines += [f"- {problem_text(p, t.language)}" for p in made.about_colours]
            await screen.tell(t("The page is made"), "\n".join(lines))
    return chosen == OK
