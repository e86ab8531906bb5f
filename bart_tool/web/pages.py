"""What stands on each page, for the templates: one question a screen, and what is around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bart_tool.domain.answer import DONT_KNOW, NONE, OTHER, PREFER_NOT, Answer
from bart_tool.domain.free_text import MAX_WORDS
from bart_tool.domain.question_set import Item
from bart_tool.domain.sheet import Sheet
from bart_tool.page_templates import templates_of
from bart_tool.web.fields import Posted, revision_of
from bart_tool.wording import page_texts, questions, web
from bart_tool.wording import welcome as welcome_text
from bart_tool.wording.labels import BOUNDARIES, CERTAINTY, TAGS, label
from bart_tool.wording.messages import too_long
from bart_tool.wording.page_texts import Shown
from bart_tool.wording.questions import CODE_WORDS, RESUMING
from bart_tool.wording.translation import Words
from bart_tool.wording.welcome import CONSENTS
from bart_tool.workflow.answering.choosing import CERTAINTIES
from bart_tool.workflow.room import Seat

Html = str
AT_ONCE = 8  # answers in sight below each other; of more each section is opened by itself
MANY = 12  # choices in a list; a longer one stands closer together, to stay within two screens


@dataclass(frozen=True)
class Page:
    """How pages are made for one person, in the language they read; nobody when `key` is empty.

    `key` stands in every form, and says whose form it is. `is_by_link`: the address of the page is
    that of a card, and is left at once.
    """

    t: Words
    key: str = ""
    is_by_link: bool = False

    def render(self, template: str, **values: object) -> Html:
        """A whole page. `title` says what the page is, never whose or what was answered."""
        texts = {name: self.t(text) for name, text in web.TEXTS.items()}
        return (
            templates_of("bart_tool.web")
            .get_template(template)
            .render(
                t=texts,
                language=self.t.language,
                key=self.key,
                is_by_link=self.is_by_link,
                **values,
            )
        )

    def message(self, name: str, more: str = "", template: str = "message.html.j2") -> Html:
        """A page that says one thing, or `more` instead."""
        title, text = web.PAGES[name]
        return self.render(template, title=self.t(title), text=more or self.t(text))

    def done(self) -> Html:
        """That the sheet is handed in, and can be read."""
        return self.message("done", template="done.html.j2")

    # Before the first question

    def welcome(self, seat: Seat) -> Html:
        """What this is about, for somebody who comes for the first time."""
        title, text = self._step("about", seat)
        on = (("/seen", self.t(web.TEXTS["go_on"]), True),)
        return self.render("words.html.j2", title=title, blocks=_blocks(text), ways=on)

    def resume(self, seat: Seat, sheet: Sheet) -> Html:
        """How somebody who comes back goes on."""
        title, text = welcome_text.step("resume", seat.context, seat.asked(sheet), sheet, self.t)
        route = seat.asked(sheet)
        here = seat.number_of(route.item_at(route.goes_on_at(sheet)))
        where = dict(zip(RESUMING, (f"/q/{here}", "/q/1", "/mine", "/seen"), strict=True))
        ways = tuple(
            (where[name], self.t(says), name == questions.GO_ON) for name, says in RESUMING.items()
        )
        return self.render("words.html.j2", title=title, blocks=_blocks(text), ways=ways)

    def seen(self, seat: Seat) -> Html:
        """Who will see what, before it is asked."""
        title, text = self._step("seen", seat)
        on = (("/consent", self.t(web.TEXTS["go_on"]), True),)
        return self.render("words.html.j2", title=title, blocks=_blocks(text), ways=on)

    def consent(self, seat: Seat, sheet: Sheet | None, problem: str = "") -> Html:
        """How one's answers may stand in the report."""
        title, text = self._step("consent", seat)
        k = seat.context.k
        choices = [
            (name, self.t(called), self.t(says, k=k)) for name, (called, says) in CONSENTS.items()
        ]
        chosen = sheet.consent if sheet is not None else ""
        return self._choices("/consent", title, text, choices, chosen, problem)

    def function(self, seat: Seat, sheet: Sheet) -> Html:
        """One's function, which one need not say."""
        title, text = welcome_text.step("function", seat.context, seat.asked(sheet), sheet, self.t)
        choices = [(each, each, "") for each in seat.context.functions]
        choices.append(("", self.t("I would rather not say"), ""))
        return self._choices("/function", title, text, choices, sheet.function)

    def _step(self, name: str, seat: Seat) -> tuple[str, str]:
        blank = seat.context.blank
        return welcome_text.step(name, seat.context, seat.asked(blank), blank, self.t)

    def _choices(
        self,
        to: str,
        title: str,
        text: str,
        choices: Sequence[tuple[str, str, str]],
        chosen: str,
        problem: str = "",
    ) -> Html:
        return self.render(
            "choices.html.j2",
            title=title,
            to=to,
            blocks=_blocks(text),
            choices=choices,
            chosen=chosen,
            told=problem,
        )

    # The questions

    def question(
        self, seat: Seat, sheet: Sheet, item: Item, posted: Posted | None = None, told: str = ""
    ) -> Html:
        """One question with what was answered, or with what was `posted` and could not be kept."""
        now = shown(seat, sheet, item, self.t)
        asked, _, row = page_texts.question(now).partition("\n")
        question, route = item.question, seat.asked(sheet)
        place = route.place_of(item.key)
        explains = route.is_first_with(now.page) and not place.row
        meant = [
            (
                each.id,
                each.label.in_language(self.t.language),
                each.help.in_language(self.t.language),
            )
            for each in now.options
        ]
        return self.render(
            "question.html.j2",
            **self._heading(seat, sheet, item),
            tense=page_texts.tense(now, route.kind),
            shown_as=page_texts.first_of_section(now, route, place, sheet.shown_as)
            if not place.row
            else "",
            asked=asked,
            row=row,
            example=page_texts.example(now),
            help=questions.filled(question.help, route.question_set, item, self.t.language),
            meanings=[] if explains else [(name, says) for _, name, says in meant if says],
            limit=questions.how_many(question, self.t),
            most_words=MAX_WORDS,
            too_long=too_long(self.t.language),
            control=question.answered,
            certainty=question.certainty,
            options=[(value, name, says if explains else "") for value, name, says in meant],
            codes=[(code, self.t(CODE_WORDS[code])) for code in questions.codes_of(question)],
            certainties=[(each, label(CERTAINTY, each, self.t.language)) for each in CERTAINTIES],
            given=_given(now.answer) if posted is None else _posted(posted),
            is_answered=now.answer is not None,
            told=told,
            other=OTHER,
            many=MANY,
        )

    def _heading(self, seat: Seat, sheet: Sheet, item: Item) -> dict[str, Any]:
        """Where somebody is, by answers and not by pages."""
        route = seat.asked(sheet)
        given, total = route.given(sheet), len(route.items)
        return {
            "title": self._place(seat, sheet, item),
            "number": seat.number_of(item),
            "is_first": item == route.items[0],
            "item": item.key,
            "total": total,
            "count": given,
            "kept": self.t(web.TEXTS["kept"], given=given, total=total),
            "revision": revision_of(sheet, item.key),
        }

    def how(self, seat: Seat, sheet: Sheet, item: Item, told: str = "") -> Html:
        """How each chosen option came about: a screen of its own, behind the choice."""
        answer = sheet.answers.get(item.key)
        picked = answer.value if answer and isinstance(answer.value, dict) else {}
        now = shown(seat, sheet, item, self.t)
        return self.render(
            "how.html.j2",
            title=self.t(web.TEXTS["how_title"]),
            place=self._place(seat, sheet, item),
            asked=page_texts.question(now),
            number=seat.number_of(item),
            item=item.key,
            revision=revision_of(sheet, item.key),
            picked=[
                (each.id, each.label.in_language(self.t.language), picked[each.id])
                for each in now.options
                if each.id in picked
            ],
            tags=[(tag, label(TAGS, tag, self.t.language)) for tag in item.question.tagged],
            told=told,
        )

    # Behind the last question

    def mine(self, seat: Seat, sheet: Sheet) -> Html:
        """Everything that was asked, with one's own answer, each a way to its question."""
        sections: dict[str, list[tuple[int, int, str, str]]] = {}
        for shown_as, item in enumerate(seat.asked(sheet).items, 1):
            title = label(BOUNDARIES, item.question.boundary, self.t.language)
            said = sheet.answers.get(item.key)
            words = self.said(seat, item, said) if said is not None else ""
            short = questions.short(seat.context.question_set, item, self.t.language)
            sections.setdefault(title, []).append((seat.number_of(item), shown_as, short, words))
        return self.render(
            "mine.html.j2",
            title=self.t(web.TEXTS["mine"]),
            sections=[(self._counted(title, lines), lines) for title, lines in sections.items()],
            is_short=sum(map(len, sections.values())) <= AT_ONCE,
            is_closed=sheet.status == "submitted",
            opens=self._opens(seat, sheet),
        )

    def _counted(self, title: str, lines: Sequence[tuple[int, int, str, str]]) -> str:
        given = sum(bool(words) for *_, words in lines)
        return self.t(web.TEXTS["section"], section=title, given=given, total=len(lines))

    def end(self, seat: Seat, sheet: Sheet, told: str = "") -> Html:
        """Handing in, with what is open in one line."""
        return self.render(
            "end.html.j2",
            title=self.t(web.TEXTS["end_title"]),
            opens=self._opens(seat, sheet),
            open_numbers=[
                (seat.number_of(item), shown_as, self._place(seat, sheet, item))
                for shown_as, item in enumerate(seat.asked(sheet).items, 1)
                if item.key not in sheet.answers
            ],
            last=seat.number_of(seat.asked(sheet).items[-1]),
            told=told,
        )

    def said(self, seat: Seat, item: Item, answer: Answer) -> str:
        """An answer in words, for its own writer."""
        return questions.answer_words(seat.context.question_set, item, answer, self.t)

    def _place(self, seat: Seat, sheet: Sheet, item: Item) -> str:
        asked = seat.asked(sheet)
        number = asked.number_of(item) if item.key in asked.places else 0
        return self.t(web.TEXTS["number"], number=number, total=len(asked.items))

    def _opens(self, seat: Seat, sheet: Sheet) -> str:
        left = len(seat.asked(sheet).open_items(sheet))
        if not left:
            return self.t(web.EVERYTHING)
        number = self.t.plural("{number} answer is open.", "{number} answers are open.", left)
        return f"{number} {self.t('You may leave them open.')}"

    # The way in without a card

    def enter(self, code: str = "", problem: str = "") -> Html:
        """Code and PIN."""
        return self.render(
            "enter.html.j2", title=self.t(web.TEXTS["enter_title"]), code=code, told=problem
        )


def shown(seat: Seat, sheet: Sheet, item: Item, t: Words) -> Shown:
    """The question of `item` as a narrow screen shows it: one row of a table at a time."""
    route = seat.asked(sheet)
    place = route.place_of(item.key)
    return Shown(route.question_set, route.page_at(place), place.row, sheet, t, narrow=True)


def _given(answer: Answer | None) -> Mapping[str, Any]:
    """What stands in the fields for an answer."""
    if answer is None:
        return {"v": [], "text": "", "words": "", "note": "", "sure": "", "quote": False}
    value = answer.value
    if isinstance(value, dict):
        chosen, text = [*value] or [NONE], ""
    else:
        is_code = value in (DONT_KNOW, PREFER_NOT)
        chosen, text = [value], "" if is_code else value
    return {
        "v": chosen,
        "text": text,
        "words": answer.words,
        "note": answer.note,
        "sure": answer.certainty or "",
        "quote": answer.quote,
    }


def _posted(posted: Posted) -> Mapping[str, Any]:
    """What stood in the fields, as it was sent: nothing that was typed is lost."""
    return {
        "v": [*posted.several("v")],
        "text": posted.one("text"),
        "words": posted.one("words"),
        "note": posted.one("note"),
        "sure": posted.one("sure"),
        "quote": posted.one("quote") == "yes",
    }


def _blocks(text: str) -> list[tuple[str, list[str]]]:
    """A text of the other doors as paragraphs and lists: `- ` begins an entry of a list."""
    blocks: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        kind = "list" if line.startswith("- ") else "lines"
        if not line:
            blocks.append(("lines", []))
        elif blocks and blocks[-1][0] == kind:
            blocks[-1][1].append(line.removeprefix("- "))
        else:
            blocks.append((kind, [line.removeprefix("- ")]))
    return [each for each in blocks if each[1]]
