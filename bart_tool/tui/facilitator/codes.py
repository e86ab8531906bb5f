"""The codes of a new session: who gets which is for the facilitator alone to know."""

from collections.abc import Iterable

from bart_tool.domain.session import party_label
from bart_tool.tui.at_work import FacilitatorScreen
from bart_tool.tui.list_screen import choice
from bart_tool.tui.text import GAP, Part, Row, heading, plain
from bart_tool.workflow.open_session import OpenSession

GO_ON = "go-on"


class Codes(FacilitatorScreen[None]):
    """Shows every code, by party."""

    def __init__(self, opened: OpenSession) -> None:
        super().__init__()
        self._opened = opened

    def headline(self) -> str:
        return self.t("The session is ready for answers")

    def body(self) -> str:
        """What to do with the codes."""
        name = self._opened.session.session
        return "\n".join(
            (
                self.t("Give everybody their own code. Keep who has which code to yourself."),
                self.t("You can see the codes again at any time, in the session."),
                "",
                self.t("On another computer with this folder: bart answer {name} CODE", name=name),
                self.t("The folder: {folder}", folder=plain(self._opened.folder.where())),
            )
        )

    def listed(self) -> Iterable[Row]:
        """The codes, and on to the session."""
        yield choice("→", GO_ON, self.t("To the session"))
        session = self._opened.session
        for party in session.parties:
            codes = [each.code for each in session.participants if each.party == party.id]
            yield GAP
            yield heading(plain(party_label(self._opened.question_set, party, self.language)))
            yield Row("", under=(tuple(Part(f"{code}   ") for code in codes),))

    def choose(self, row: str) -> None:
        if row == GO_ON:
            self.dismiss(None)
