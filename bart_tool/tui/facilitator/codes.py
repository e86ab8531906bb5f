"""Who gets which code: shown once a session is made."""

from collections.abc import Iterable, Mapping

from bart_tool.domain.session import party_label
from bart_tool.tui.list_screen import ListScreen, choice
from bart_tool.tui.text import GAP, Part, Row, heading, plain
from bart_tool.wording.pins import ON_THE_CARD, PIN
from bart_tool.workflow.open_session import OpenSession

GO_ON = "go-on"


class Codes(ListScreen[None]):
    """Shows every code, by party, with its PIN where there are any."""

    def __init__(self, opened: OpenSession, pins: Mapping[str, str]) -> None:
        super().__init__()
        self._opened = opened
        self._pins = pins

    def headline(self) -> str:
        return self.t("The session is ready for answers")

    def body(self) -> str:
        """What to do with the codes."""
        name = self._opened.session.session
        return "\n".join(
            (
                self.t("Give everybody their own code. Keep who has which code to yourself."),
                self.t("You can see the codes again at any time, in the session."),
                *([self.t(ON_THE_CARD)] if self._pins else []),
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
            codes = [code for code, of in session.party_of.items() if of == party.id]
            yield GAP
            yield heading(plain(party_label(self._opened.question_set, party, self.language)))
            if self._pins:
                yield from (Row("", self.t(PIN, code=code, pin=self._pins[code])) for code in codes)
            else:
                yield Row("", under=(tuple(Part(f"{code}   ") for code in codes),))

    def choose(self, row: str) -> None:
        if row == GO_ON:
            self.dismiss(None)
