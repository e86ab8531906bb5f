"""What is read aloud: what is shared before the first topic, every agreement at the end."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from textual import work

from bart_tool.domain.agreement import Agreement, waiting
from bart_tool.domain.findings import Findings
from bart_tool.tui.discuss.agreement import AgreementScreen, kept
from bart_tool.tui.discuss.agreement_words import aloud
from bart_tool.tui.discuss.meeting import Meeting
from bart_tool.tui.discuss.screens import Leaf, PageScreen
from bart_tool.tui.key_bar import Key, quiet
from bart_tool.tui.shell import Shell
from bart_tool.tui.text import GAP, Row, bullet, heading, line, plain
from bart_tool.wording.finding_sentences import common, nothing_shared
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.questions import asked_of
from bart_tool.wording.translation import N_, Words

CLEAREST = 3
MORE_ON_PAGE = 5
WORDS = "words"


class SharedGround(PageScreen[bool]):
    """In own words, then what is shared; closes with True to go on to the first topic."""

    BINDINGS = quiet(("g", "skip"))
    HELP_LINES = (
        N_("What you see the same"),
        "",
        N_("A talk begins well with what you agree on. Read it out loud together."),
        N_("Enter and the arrows leaf, g goes on, Esc goes back."),
        N_("Larger letters: Ctrl and + in most windows."),
    )

    def headline(self) -> str:
        if self.page.name == WORDS:
            return self.t("In your own words")
        return self.t("What you see the same")

    def pages(self) -> Sequence[Leaf]:
        """What was asked in own words; the clearest things large on one page, others by five."""
        t, findings, names = self.t, self.meeting.findings, self.meeting.names(self.language)
        made = list(_in_own_words(findings, names))
        clearest = [findings.by_key[key] for key in findings.shared_list[:CLEAREST]]
        if not findings.shared:
            return (*made, Leaf((line(nothing_shared(findings, names)),)))
        rest = [findings.by_key[key] for key in findings.shared]
        rest = [finding for finding in rest if finding not in clearest]
        groups = [
            *([clearest] if clearest else []),
            *(rest[n : n + MORE_ON_PAGE] for n in range(0, len(rest), MORE_ON_PAGE)),
        ]
        for number, group in enumerate(groups):
            rows = [Row("", t("This you see the same already:") if not number else t("And this:"))]
            for finding in group:
                rows += [GAP, heading(plain(names.title(names.item(finding.item))))]
                rows.append(line(upper_first(common(finding, names))))
            made.append(Leaf(tuple(rows)))
        return made

    def keys(self) -> Iterable[Key]:
        yield Key("Enter", self.t("go on"), "on")
        yield from self.page_keys()
        if self.at + 1 < len(self.pages()):
            yield Key("g", self.t("to the first topic"), "skip")
        yield from self.last_keys()

    def action_skip(self) -> None:
        """On to the first topic, without reading the rest."""
        self.dismiss(True)

    def ended(self) -> None:
        self.dismiss(True)


def _in_own_words(findings: Findings, names: Naming) -> Iterator[Leaf]:
    """What people wrote to an open question and let be read, a page of five at a time."""
    for finding in findings.items:
        if finding.compared == "none":
            item = names.item(finding.item)
            asked = heading(plain(asked_of(names.question_set, item, names.language)))
            for first in range(0, len(finding.quotes), MORE_ON_PAGE):
                said = finding.quotes[first : first + MORE_ON_PAGE]
                rows = (
                    line(f"{upper_first(names.party(q.party))}: “{plain(q.text)}”") for q in said
                )
                yield Leaf((asked, *(row for each in rows for row in (GAP, each))), WORDS)


class ReadBack(PageScreen[bool]):
    """Every agreement once; closes with True when all were read, None when one goes back before."""

    BINDINGS = quiet(("w", "change"))
    HELP_LINES = (
        N_("Read every agreement aloud"),
        "",
        N_("One reads, all listen. Only what everybody heard the same is agreed."),
        N_("Enter goes on, w changes what somebody heard otherwise, Esc goes back."),
    )

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(meeting)
        self.kept = _holding(meeting)

    def headline(self) -> str:
        return self.t("Read every agreement aloud")

    def pages(self) -> Sequence[Leaf]:
        """An agreement a page, and the closing page."""
        names = self.meeting.names(self.language)
        read = [Leaf(tuple(self._one(each, names))) for each in self.kept]
        return (*read, Leaf(tuple(closing(self.kept, names, self.t))))

    def _one(self, agreement: Agreement, names: Naming) -> Iterable[Row]:
        yield line(self.title_of(agreement.topic), "dim")
        yield GAP
        yield heading(plain(agreement.sentence))
        for said in aloud(agreement, names, self.t):
            yield GAP
            yield line(said)
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

    @work(exclusive=True, group="do")
    async def action_change(self) -> None:
        """Change the agreement of this page."""
        if self.at < len(self.kept):
            await self.bart.ask(AgreementScreen(self.meeting, self.kept[self.at]))
            self.kept = _holding(self.meeting)
            self.fill()

    def ended(self) -> None:
        self.dismiss(True)


def _holding(meeting: Meeting) -> tuple[Agreement, ...]:
    """What was agreed, parked or only written down; not what was withdrawn."""
    return tuple(each for each in kept(meeting) if each.withdrawn is None)


async def read_back(app: Shell, meeting: Meeting) -> bool:
    """Read everything back, and remember that it was done; whether it was."""
    if not await app.ask(ReadBack(meeting)):
        return False
    if meeting.discussion.talks:
        today = meeting.clocks.today()
        meeting.put(meeting.discussion.changed(read_back=True, closed_on=today))
    return True


def closing(kept: Sequence[Agreement], names: Naming, t: Words) -> Iterable[Row]:
    """How much was agreed and parked, when it is looked at again, and how to close."""
    of = Counter(each.standing for each in kept)
    yield heading(t("This is what you leave with"))
    yield GAP
    if not kept:
        yield Row("", t("Nothing was agreed today. The differences are on the table now."))
    else:
        yield bullet(t.plural("{number} agreement", "{number} agreements", of["agreed"]))
    if of["proposed"]:
        yield bullet(
            t.plural(
                "{number} written down, and nobody said yet that they agree",
                "{number} written down, and nobody said yet that they agree",
                of["proposed"],
            )
        )
    if of["parked"]:
        yield bullet(t.plural("{number} topic parked", "{number} topics parked", of["parked"]))
    days = waiting(kept)
    if days:
        yield bullet(t("You look again for the first time on {day}", day=names.t.day(days[0][0])))
    without = len(kept) - len(days)
    if without:
        told = t.plural(
            "{number} without a day to look again",
            "{number} without a day to look again",
            without,
        )
        yield bullet(told)
    yield GAP
    yield Row("", t("A last round: what do you take with you? One sentence each."), "strong")
    yield GAP
    page = t("The agreements as a page: press p in the list of agreements.")
    yield Row("", page, "dim")
