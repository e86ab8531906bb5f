"""The empty form as XLSForm, for ODK Central, KoboToolbox and what else reads that: a kind each.

Nothing that was answered stands in it, and no code of anybody.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import assert_never

from bart_tool.domain.answer import DONT_KNOW, NONE, OTHER, PREFER_NOT
from bart_tool.domain.base import LANGUAGES, Language
from bart_tool.domain.free_text import MAX_WORDS
from bart_tool.domain.names import CODE_PATTERN
from bart_tool.domain.question import Option
from bart_tool.domain.question_set import Item
from bart_tool.domain.route import Page, Route
from bart_tool.domain.session import Session
from bart_tool.export import files
from bart_tool.export.table import Column, Table, table
from bart_tool.store.form_table import MARK, NONE_OF_THESE, mark_of, name_of, tag_name
from bart_tool.store.locations import FORMS
from bart_tool.wording import questions, welcome
from bart_tool.wording.forms import ON_PAPER, UNTITLED
from bart_tool.wording.labels import BOUNDARIES, CERTAINTY, TAGS, TENSES, Kind, label
from bart_tool.wording.translation import N_, Words, words
from bart_tool.workflow.answering.choosing import CERTAINTIES
from bart_tool.workflow.open_session import OpenSession, identified
from bart_tool.workflow.xlsform_welcome import welcome_texts

FORMAT = "xlsform"
_NAMES: Mapping[Language, str] = {"nl": "Nederlands (nl)", "en": "English (en)"}
_IN_BOTH = ("label", "hint", "constraint_message")
_PLAIN = ("type", "name", "required", "relevant", "constraint", "appearance", "calculation")
ITEM = "bart::item"  # the key of the item that a question asks
_CODE = rf"regex(normalize-space(.), '^({CODE_PATTERN}|{CODE_PATTERN.replace('A-Z', 'a-z')})$')"
_SHORT = f"string-length(.) <= {MAX_WORDS}"
Said = Callable[[Words], str]
Row = dict[str, str]


def write(opened: OpenSession) -> tuple[str, ...]:
    """Write a form for each kind of party, in place of earlier ones; gives where.

    Raises CannotCreate when what XLSX takes is not installed, and as `put`.
    """
    files.must_be_there(("xlsx",))
    from bart_tool.export import workbook  # an extra

    opened = identified(opened)
    kinds = dict.fromkeys(party.kind for party in opened.session.parties)
    day = opened.session.closed_on or date(2000, 1, 1)
    made: dict[str, bytes] = {}
    for kind in kinds:
        name = f"{FORMAT}-{kind}.xlsx"
        made[name] = workbook.written(name, _tables(opened, kind), _title(opened), day)
    folder = opened.folder
    return tuple(folder.where(folder.put(f"{FORMS}/{n}", content)) for n, content in made.items())


def _title(opened: OpenSession) -> str:
    session = opened.session
    return session.title or words(session.language)(UNTITLED)


def _tables(opened: OpenSession, kind: str) -> tuple[Table, ...]:
    """The sheets of the form for a kind: survey, choices and settings."""
    session = opened.session
    form = _Form(session, Route(session.said_to(opened.question_set, kind), kind))
    survey = tuple(form.rows())
    languages = [f"{name}::{_NAMES[each]}" for name in _IN_BOTH for each in LANGUAGES]
    settings = {
        "form_title": f"{_title(opened)} – {_kind_called(opened, kind)}",
        "form_id": f"bart_{session.session}_{kind}".replace("-", "_"),
        "version": str(session.round),
        "default_language": _NAMES[session.language],
        "style": "pages",
    }
    return (
        _sheet("survey", (*_PLAIN, *languages, ITEM), survey),
        _sheet("choices", ("list_name", "name", *languages[: len(LANGUAGES)]), form.choices()),
        _sheet("settings", tuple(settings), [settings]),
    )


def _kind_called(opened: OpenSession, kind: str) -> str:
    return opened.question_set.parties[kind].label.in_language(opened.session.language)


def _sheet(name: str, header: tuple[str, ...], rows: "tuple[Row, ...] | list[Row]") -> Table:
    columns = [Column(each, "") for each in header]
    return table(name, "", columns, [tuple(row.get(each) for each in header) for row in rows])


def _both(name: str, say: Said) -> Row:
    """A text in both languages; `${` would be read as the answer to another question."""
    return {f"{name}::{_NAMES[each]}": say(words(each)).replace("${", "$ {") for each in LANGUAGES}


@dataclass
class _Form:
    """The rows of one form, and the lists of choices that they came across."""

    session: Session
    route: Route
    _lists: dict[str, tuple[Row, ...]] = field(default_factory=dict)

    def choices(self) -> tuple[Row, ...]:
        """Every list of choices, once."""
        return tuple(
            {"list_name": name, **row} for name, rows in self._lists.items() for row in rows
        )

    def rows(self) -> Iterator[Row]:
        """Everything that is shown, in the order of the route."""
        yield {"type": "calculate", "name": MARK, "calculation": f"'{mark_of(self.session)}'"}
        for name, say in welcome_texts(self.session, self.route).items():
            yield {"type": "note", "name": name, **_both("label", say)}
        # Of nobody: a form in which a code stands is looked through where that person is erased.
        code = f"{self.route.question_set.parties[self.route.kind].prefix}-00"
        yield {
            "type": "text",
            "name": "participant",
            "required": "yes",
            "constraint": _CODE,
            **_both("label", lambda t: t("Your code")),
            **_both("constraint_message", lambda t: t("A code looks like {code}.", code=code)),
        }
        consents = [
            (name, partial(_consent, called, says, self.session.k))
            for name, (called, says) in welcome.CONSENTS.items()
        ]
        asked = _both("label", lambda t: t(welcome.CONSENT_ASKED))
        yield {"name": "consent", "required": "yes", **self._one("consent", consents), **asked}
        for number, page in enumerate(self.route.pages, 1):
            yield from self._page(number, page)

    def _page(self, number: int, page: Page) -> Iterator[Row]:
        """A page, whose rows are shown together."""
        group = {"name": f"page_{number}", "appearance": "field-list"}
        yield {"type": "begin_group", **group, **_both("label", partial(self._heading, page))}
        if page.is_table:
            about = _both("label", partial(self._about, page.items[0]))
            yield {"type": "note", "name": f"page_{number}_about", **about}
        for item in page.items:
            yield from self._item(item, page)
        yield {"type": "end_group"}

    def _heading(self, page: Page, t: Words) -> str:
        """Of a table the question that all of its rows answer; else what kind of boundary it is."""
        if page.is_table:
            return questions.asked_at_once(self.route.question_set, page, t.language)
        return label(BOUNDARIES, page.question.boundary, t.language)

    def _about(self, item: Item, t: Words) -> str:
        """The tense, an example and how many may be chosen: what stands under a question."""
        question, the_set = item.question, self.route.question_set
        example = questions.filled(question.example, the_set, item, t.language)
        said = (
            label(TENSES, item.tense, t.language),
            t("For example: {example}", example=example) if example else "",
            questions.how_many(question, t),
        )
        return "\n".join(filter(None, said))

    def _item(self, item: Item, page: Page) -> Iterator[Row]:
        name, question, the_set = name_of(item.key), item.question, self.route.question_set
        row: Row = {"name": name, ITEM: item.key, "relevant": self._relevant(item)}
        if page.is_table:
            row |= _both("label", lambda t: questions.asked_in_row(the_set, item, t.language))
        else:
            row |= _both("label", lambda t: questions.asked_of(the_set, item, t.language))
            row |= _both("hint", partial(self._about, item))
        match question.answered:
            case "words":
                yield {**row, **self._words(), "appearance": "multiline"}
                yield self._quote(item, f"string-length(${{{name}}}) > 0")
                return
            case "several":
                yield {**row, **self._list("select_multiple", item), **_exclusive(question.at_most)}
                yield from self._tags(item)
                given = f"count-selected(${{{name}}}) > 0"
            case "one":
                yield {**row, **self._list("select_one", item)}
                given = f"${{{name}}} != ''"
            case _:
                assert_never(question.answered)
        if question.has_other:
            said = _both("label", lambda t: t(questions.CODE_WORDS[OTHER]))
            is_other = f"selected(${{{name}}}, '{OTHER}')"
            yield {
                "name": name_of(item.key, "words"),
                "relevant": is_other,
                **self._words(),
                **said,
            }
            yield self._quote(item, is_other)
        if question.certainty:
            yield self._certainty(item, given)

    def _relevant(self, item: Item) -> str:
        """Who is asked: everybody, but for whose own answer before leaves it out."""
        if item.key not in self.route.question_set.depending:
            return ""
        before, value = self.route.question_set.depending[item.key]
        return f"not(selected(${{{name_of(before)}}}, '{value}'))"

    def _list(self, kind: str, item: Item) -> Row:
        """What can be chosen, and the codes below it; items that share a list have one."""
        question, the_set = item.question, self.route.question_set
        of = question.id
        if item.subject in question.option_sources:
            of = f"{of}/{item.subject}"
        listed: list[tuple[str, Said]] = [
            (option.id, partial(_in_full, option))
            for option in the_set.options(question, item.subject)
        ]
        for code in questions.codes_of(question):
            called = NONE_OF_THESE if code == NONE else code
            listed.append((called, partial(_said, questions.CODE_WORDS[code])))
        return {"type": f"{kind} {self._kept(name_of(of), listed)}"}

    def _one(self, name: str, listed: Iterable[tuple[str, Said]]) -> Row:
        return {"type": f"select_one {self._kept(name, listed)}"}

    def _kept(self, name: str, listed: Iterable[tuple[str, Said]]) -> str:
        self._lists[name] = tuple({"name": each, **_both("label", say)} for each, say in listed)
        return name

    def _words(self) -> Row:
        said = _both(
            "constraint_message", lambda t: t("At most {most} characters.", most=MAX_WORDS)
        )
        return {"type": "text", "constraint": _SHORT, **said}

    def _quote(self, item: Item, relevant: str) -> Row:
        listed = [("yes", partial(_said, N_("yes"))), ("no", partial(_said, N_("no")))]
        asked = _both("label", lambda t: t(ON_PAPER["quote"]))
        name = {"name": name_of(item.key, "quote"), "relevant": relevant}
        return {**name, **self._one("yes_no", listed), **asked}

    def _certainty(self, item: Item, given: str) -> Row:
        name = name_of(item.key)
        known = (f"not(selected(${{{name}}}, '{code}'))" for code in (DONT_KNOW, PREFER_NOT))
        listed = [(each, partial(_labelled, CERTAINTY, each)) for each in CERTAINTIES]
        asked = _both("label", lambda t: t(ON_PAPER["sure"]))
        relevant = " and ".join((given, *known))
        of = {"name": name_of(item.key, "certainty"), "relevant": relevant}
        return {**of, **self._one("certainty", listed), **asked}

    def _tags(self, item: Item) -> Iterator[Row]:
        """Below roles: of each that was chosen how it came about."""
        if not item.question.tagged:
            return
        tags = (*item.question.tagged, "unknown")
        listed = [(each, partial(_labelled, TAGS, each)) for each in tags]
        of = self._one(f"tags_{name_of(item.question.id)}", listed)
        for option in self.route.question_set.options(item.question, item.subject):
            name = {"name": tag_name(item.key, option.id)}
            relevant = {"relevant": f"selected(${{{name_of(item.key)}}}, '{option.id}')"}
            yield {**name, **relevant, **of, **_both("label", partial(_called, option))}


def _exclusive(most: int | None) -> Row:
    """That “none”, “don't know” and “rather not” stand alone, and how many may be chosen."""
    alone = " or ".join(f"selected(., '{e}')" for e in (NONE_OF_THESE, DONT_KNOW, PREFER_NOT))
    rules = [f"(count-selected(.) <= 1 or not({alone}))"]
    if most is not None:
        rules.append(f"count-selected(.) <= {most}")
    message = N_("Choose this alone, or not at all.")
    many = N_("Choose at most {most}.")

    def say(t: Words) -> str:
        return " ".join((t(message), *([t(many, most=most)] if most else [])))

    return {"constraint": " and ".join(rules), **_both("constraint_message", say)}


def _said(msgid: str, t: Words) -> str:
    return t(msgid)


def _called(option: Option, t: Words) -> str:
    return option.label.in_language(t.language)


def _in_full(option: Option, t: Words) -> str:
    return questions.option_in_full(option, t.language)


def _labelled(kind: Kind, code: str, t: Words) -> str:
    return label(kind, code, t.language)


def _consent(called: str, says: str, k: int, t: Words) -> str:
    return f"{t(called)}: {t(says, k=k)}"
