"""At the end: every agreement is read aloud, one a page, and then what comes next."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from bart_tool.domain.agreement import Agreement
from bart_tool.tui.discuss import agreeing
from bart_tool.tui.discuss.agreement import AgreementScreen, aloud
from bart_tool.tui.discuss.at_table import Leaf, PageScreen
from bart_tool.tui.discuss.meeting import Meeting
from bart_tool.tui.key_bar import Key
from bart_tool.tui.shell import Shell
from bart_tool.tui.text import GAP, Part, Row, heading, plain
from bart_tool.wording.naming import Naming
from bart_tool.wording.translation import Words


class ReadBack(PageScreen[bool]):
    """Every agreement once; closes with True when all were read, None when one goes back before."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("w", "change", show=False)]

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(meeting)
        self.kept = agreeing.kept(meeting)

    def headline(self) -> str:
        return self.t("Read every agreement aloud")

    def pages(self) -> Sequence[Leaf]:
        """An agreement a page, and the closing page."""
        names = self.meeting.names(self.language)
        read = [Leaf(tuple(self._one(each, names))) for each in self.kept]
        return (*read, Leaf(tuple(closing(self.kept, self.meeting, names, self.t))))

    def _one(self, agreement: Agreement, names: Naming) -> Iterable[Row]:
        yield Row("", plain(self.title_of(agreement.topic)), "dim")
        yield GAP
        yield heading(plain(agreement.sentence))
        for said in aloud(agreement, names, self.t):
            yield GAP
            yield Row("", plain(said))
        yield GAP
        yield Row("", self.t("Is this how everybody heard it?"), "strong")

    def keys(self) -> Iterable[Key]:
        """Leafing, and changing what was heard otherwise."""
        t = self.t
        is_last = self.at + 1 == len(self.pages())
        yield Key("Enter", t("close the talk") if is_last else t("yes, go on"), "on")
        if not is_last:
            yield Key("w", t("change it"), "change")
        yield from self.page_keys()
        yield from self.last_keys()

    def help_text(self) -> str:
        t = self.t
        return "\n".join(
            (
                t("Read every agreement aloud"),
                "",
                t("One reads, all listen. Only what everybody heard the same is agreed."),
                t("Enter goes on, w changes what somebody heard otherwise, Esc goes back."),
            )
        )

    @work(exclusive=True, group="do")
    async def action_change(self) -> None:
        """Change the agreement of this page."""
        if self.at < len(self.kept):
            await self.bart.ask(AgreementScreen(self.meeting, self.kept[self.at]))
            self.kept = agreeing.kept(self.meeting)
            self.fill()

    def ended(self) -> None:
        self.dismiss(True)


async def read_back(app: Shell, meeting: Meeting) -> bool:
    """Read everything back, and remember that it was done; whether it was."""
    if not await app.ask(ReadBack(meeting)):
        return False
    if meeting.discussion.talks:
        meeting.put(meeting.discussion.changed(read_back=True))
    return True


def closing(kept: Sequence[Agreement], meeting: Meeting, names: Naming, t: Words) -> Iterable[Row]:
    """How much was agreed and parked, when it is looked at again, and how to close."""
    parked = [each for each in kept if each.mandate == "parked"]
    agreed = len(kept) - len(parked)
    yield heading(t("This is what you leave with"))
    yield GAP
    if not kept:
        yield Row("", t("Nothing was agreed today. The differences are on the table now."))
    else:
        yield _bullet(t.plural("{number} agreement", "{number} agreements", agreed))
    if parked:
        yield _bullet(t.plural("{number} topic parked", "{number} topics parked", len(parked)))
    days = sorted(each.check_on for each in kept if each.check_on)
    if days:
        yield _bullet(t("You look again for the first time on {day}", day=names.t.day(days[0])))
    without = sum(each.check_on is None for each in kept)
    if without:
        told = t.plural(
            "{number} without a day to look again",
            "{number} without a day to look again",
            without,
        )
        yield _bullet(told)
    yield GAP
    yield Row("", t("A last round: what do you take with you? One sentence each."), "strong")
    yield GAP
    name = meeting.opened.session.session
    yield Row("", t("The agreements as a page: bart agreements page {name}", name=name), "dim")


def _bullet(text: str) -> Row:
    return Row("", plain(text), lead=(Part("- "),))
