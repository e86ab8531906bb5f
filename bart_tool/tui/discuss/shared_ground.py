"""What all parties see the same, before the first topic: a talk begins well with shared ground."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from bart_tool.domain.findings import ItemFinding
from bart_tool.tui.discuss.at_table import Leaf, PageScreen
from bart_tool.tui.key_bar import Key
from bart_tool.tui.text import GAP, Row, heading, plain
from bart_tool.wording.finding_sentences import common, three_shared
from bart_tool.wording.naming import upper_first

MORE_ON_PAGE = 5


class SharedGround(PageScreen[bool]):
    """First the three clearest, then the rest; closes with True to go on to the first topic."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("g", "skip", show=False)]

    def headline(self) -> str:
        return self.t("What all see the same")

    def pages(self) -> Sequence[Leaf]:
        """The three clearest things large on one page, the others on pages of five."""
        t, findings, names = self.t, self.meeting.findings, self.meeting.names(self.language)
        clearest = three_shared(findings)
        if not clearest:
            text = t("There is nothing that all parties see the same. That is worth saying too.")
            return (Leaf((Row("", text),)),)
        rest = [findings.by_key[key] for key in findings.shared]
        # What differs by half a step is left to the report: this page must hold at one glance.
        rest = [f for f in rest if f not in clearest and is_one(f)]
        groups = [
            clearest,
            *(rest[n : n + MORE_ON_PAGE] for n in range(0, len(rest), MORE_ON_PAGE)),
        ]
        made = []
        for number, group in enumerate(groups):
            rows = [Row("", t("On this you agree already:") if not number else t("And on this:"))]
            for finding in group:
                rows += [GAP, heading(plain(names.title(names.item(finding.item))))]
                rows.append(Row("", plain(upper_first(common(finding, names)))))
            made.append(Leaf(tuple(rows)))
        return made

    def keys(self) -> Iterable[Key]:
        yield Key("Enter", self.t("go on"), "on")
        yield from self.page_keys()
        if self.at + 1 < len(self.pages()):
            yield Key("g", self.t("to the first topic"), "skip")
        yield from self.last_keys()

    def help_text(self) -> str:
        t = self.t
        return "\n".join(
            (
                t("What all see the same"),
                "",
                t("A talk begins well with what you agree on. Read it out loud together."),
                t("Enter and the arrows leaf, g goes on, Esc goes back."),
                t("Larger letters: Ctrl and + in most windows."),
            )
        )

    def action_skip(self) -> None:
        """On to the first topic, without reading the rest."""
        self.dismiss(True)

    def ended(self) -> None:
        self.dismiss(True)


def is_one(finding: ItemFinding) -> bool:
    """Whether all parties stand at the very same place."""
    placed = [each for each in finding.positions if each.has_position]
    return len({(each.median, each.top) for each in placed}) == 1
