"""The question sets: read one through, or try it without leaving a trace."""

from collections.abc import Iterable

from textual import work

from bart_tool.tui.key_bar import Key
from bart_tool.tui.list_screen import ListScreen, choice
from bart_tool.tui.participant.flow import visit
from bart_tool.tui.text import GAP, Part, Row, heading, plain
from bart_tool.wording.duration import told_at_most, told_by_kind
from bart_tool.wording.questions import read_through
from bart_tool.workflow.answering.context import practice_context
from bart_tool.workflow.prepare import shipped_sets, usable_set

READ, PRACTISE = "read", "practise:"


class Sets(ListScreen[None]):
    """The sets that come with bart."""

    def __init__(self) -> None:
        super().__init__()
        self._sets = shipped_sets()

    def headline(self) -> str:
        return self.t("Question sets")

    def body(self) -> str:
        return self.t(
            "Your own set? Copy one of these files, change it, and have it checked with: "
            "bart check FILE"
        )

    def listed(self) -> Iterable[Row]:
        for number, (name, found) in enumerate(self._sets.items(), 1):
            title = found.title.in_language(self.language)
            yield choice(str(number), name, plain(f"{title} ({name})"), told_at_most(found, self.t))

    def choose(self, row: str) -> None:
        self.app.push_screen(OneSet(row))


class OneSet(ListScreen[None]):
    """One set: to read, or to practise with as one of the parties."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._set_name = name
        self._set = usable_set(name)[0].spoken

    def headline(self) -> str:
        return f"{self._set.title.in_language(self.language)} ({self._set_name})"

    def body(self) -> str:
        about = self._set.about.in_language(self.language)
        return "\n".join((about, "", *told_by_kind(self._set, self.t)))

    def listed(self) -> Iterable[Row]:
        t = self.t
        yield choice("1", READ, t("Read it through"))
        yield GAP
        yield heading(t("Practise: nothing is kept"))
        for number, (kind, what) in enumerate(self._set.parties.items(), 2):
            the = what.in_sentence.in_language(self.language)
            yield choice(str(number), PRACTISE + kind, t("Answer for {party}", party=plain(the)))

    def choose(self, row: str) -> None:
        if row == READ:
            self.app.push_screen(ReadThrough(self._set_name))
        else:
            self._practise(row.removeprefix(PRACTISE))

    @work(exclusive=True, group="do")
    async def _practise(self, kind: str) -> None:
        context = await self.attempt(lambda: practice_context(self._set_name, kind))
        if context is not None:
            await visit(self.bart, context)


class ReadThrough(ListScreen[None]):
    """Every question with its answers, to scroll through."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._set = usable_set(name)[0].spoken

    def headline(self) -> str:
        return self._set.title.in_language(self.language)

    def listed(self) -> Iterable[Row]:
        """Section by section; the pointer goes from question to question."""
        own_words = self.t("(own words)")
        for section in read_through(self._set, self.t):
            yield GAP
            yield heading(section.title)
            for number, page in enumerate(section.pages):
                if number:
                    yield GAP
                about = f"{page.tense} · {page.key}" if page.key else page.tense
                rows = (f"{row} · {key}" for key, row in page.rows)
                under = [(Part(plain(each), "dim"),) for each in (about, *rows)]
                under += [(Part(page.how_many),)] if page.how_many else []
                said = [says for _, says in page.options] or [own_words]
                under += [(Part(plain(f"- {says}")),) for says in said]
                yield Row(page.key or page.rows[0][0], plain(page.text), under=tuple(under))

    def keys(self) -> Iterable[Key]:
        """There is nothing to choose: it is for reading."""
        yield Key("↑↓", self.t("read"), "app.focus('choices')")
        yield from self.last_keys()

    def help_lines(self) -> Iterable[str]:
        yield self.headline()
        yield self.t("Every question with its answers, to read. Arrows scroll, Esc goes back.")

    def choose(self, row: str) -> None:
        """There is nothing to choose."""
