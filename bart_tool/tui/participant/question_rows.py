"""What one page shows as rows: options, a table of levels, and what goes with an answer."""

from collections.abc import Iterator
from typing import assert_never

from bart_tool.domain.answer import NONE, OTHER, Answer
from bart_tool.tui.text import GAP, Part, Row, plain
from bart_tool.wording import page_texts
from bart_tool.wording.labels import CERTAINTY, TAGS, label
from bart_tool.wording.page_texts import Shown
from bart_tool.wording.questions import (
    CODE_KEYS,
    CODE_WORDS,
    TAG_KEYS,
    asked_in_row,
    codes_of,
    keyed,
    object_label,
    option_in_full,
)
from bart_tool.wording.translation import Words
from bart_tool.workflow.answering.choosing import CERTAINTIES, may_be_rated, picked_in

DOTS = {None: "    ", "guess": " •  ", "fairly": " •• ", "certain": " •••"}


def rows_of(shown: Shown) -> list[Row]:
    """The rows that are answered by: options with their codes, or the table."""
    if shown.as_table:
        return list(_table(shown))
    match shown.page.question.answered:
        case "words":
            return []
        case "one":
            return [*_options(shown, many=False), GAP, *_codes(shown)]
        case "several":
            return [*_options(shown, many=True), GAP, *_codes(shown)]
        case _ as unknown:
            assert_never(unknown)


def row_chosen(shown: Shown) -> str:
    """The id of the row that the answer stands on, where there is one."""
    if shown.as_table:
        return shown.item.key
    answer = shown.answer
    if answer is None:
        return ""
    if isinstance(answer.value, dict):
        return next(iter(answer.value), NONE)
    return answer.value


def legend(shown: Shown, *, in_full: bool) -> list[Row]:
    """The columns of the table in words; nothing where there is no table.

    `in_full`: each level on a line of its own, with what it means.
    """
    if not shown.as_table:
        return []
    keys = page_texts.column_keys(shown)
    apart = len(shown.options) if in_full else 0
    rows = [
        Row("", plain(page_texts.column_words(shown, n, in_full=True)), lead=(Part(f"{key} "),))
        for n, key in enumerate(keys[:apart])
    ]
    parts = tuple(
        Part(plain(f"{key} {page_texts.column_words(shown, n, in_full=False)}   "))
        for n, key in enumerate(keys[apart:], apart)
    )
    return [*rows, Row("", under=(parts,))]


def _options(shown: Shown, *, many: bool) -> Iterator[Row]:
    picked = picked_in(shown.answer)
    for key, option in keyed(shown.options):
        on = option.id in picked if many else _is(shown.answer, option.id)
        says = option_in_full(option, shown.language)
        yield Row(
            option.id,
            plain(says),
            "chosen" if on else "",
            (Part(f"{key or ' '} ", "key"), _mark(on, many)),
            under=_tags(shown, option.id) if on and many else (),
        )


def _tags(shown: Shown, option: str) -> tuple[tuple[Part, ...], ...]:
    tag = picked_in(shown.answer).get(option)
    parts = []
    for name in shown.page.question.tagged:
        # Key and label in one part, so that no line ends between them.
        on = name == tag
        says = f"{TAG_KEYS[name]} {'(●)' if on else '( )'} {label(TAGS, name, shown.language)}   "
        parts.append(Part(says, "chosen" if on else "", f"tag:{name}"))
    return (tuple(parts),) if parts else ()


def _codes(shown: Shown) -> Iterator[Row]:
    answer = shown.answer
    for code in codes_of(shown.page.question):
        on = (answer is not None and answer.value == {}) if code == NONE else _is(answer, code)
        says = shown.t(CODE_WORDS[code])
        if code == OTHER:
            words = answer.words if on and answer else ""
            says = f"{says}: {plain(words)}" if words else f"{says} …"
        lead = (Part(f"{CODE_KEYS[code]} ", "key"), _mark(on, many=False))
        yield Row(code, says, "chosen" if on else "", lead)


def _table(shown: Shown) -> Iterator[Row]:
    rated = shown.page.question.certainty
    heads = [Part(f" {key}  ", "key") for key in page_texts.column_keys(shown)]
    yield Row("", "", cells=(*heads, *([Part("    ")] if rated else [])))
    for item in shown.page.items:
        answer = shown.sheet.answers.get(item.key)
        cells = [
            Part("(●) " if on else "( ) ", "chosen" if on else "", f"column:{n}")
            for n, on in enumerate(_is(answer, value) for value in page_texts.columns(shown))
        ]
        if rated:
            cells.append(Part(DOTS[answer.certainty if answer else None], "dim", "certainty"))
        says = plain(asked_in_row(shown.question_set, item, shown.language))
        yield Row(item.key, says, cells=tuple(cells))


def extra_rows(shown: Shown) -> list[Row]:
    """What goes with an answer: certainty, the note, and for own words the codes."""
    rows = []
    if shown.page.question.answered == "words":
        return [*_codes(shown)]
    if shown.page.question.certainty:
        rows.append(_certainty(shown))
    rows.append(_note(shown))
    return rows


def _certainty(shown: Shown) -> Row:
    t, answer = shown.t, shown.answer
    now = answer.certainty if answer else None
    parts = []
    for step in CERTAINTIES:
        mark = "(●)" if step == now else "( )"
        dots = f"{DOTS[step].strip()} " if shown.as_table else ""
        says = f"{mark} {dots}{label(CERTAINTY, step, shown.language)}  "
        parts.append(Part(says, "chosen" if step == now else "", f"certainty:{step}"))
    style = "" if may_be_rated(answer) else "dim"
    lead = (Part("s ", "key"),)
    question = t("How sure are you?")
    if shown.as_table:
        row = plain(object_label(shown.question_set, shown.item, shown.language))
        question = t("How sure? {row}", row=row)
    if shown.narrow or shown.as_table:
        return Row("certainty", question, style, lead, under=(tuple(parts),))
    return Row("certainty", question, style, lead, cells=tuple(parts))


def _note(shown: Shown) -> Row:
    t, answer = shown.t, shown.answer
    note = plain(answer.note) if answer else ""
    says = t("Note: {note}", note=note) if note else t("Add a note")
    style = "" if answer is not None else "dim"
    return Row("note", says, style, (Part("t ", "key"),))


def tick_row(answer: Answer | None, t: Words) -> Row:
    """The tick that gives leave to print the words."""
    on = answer is not None and answer.quote
    says = t("these words may be printed literally in the report")
    return Row("quote", says, "chosen" if on else "", (Part("F5 ", "key"), _mark(on, many=True)))


def _is(answer: Answer | None, value: str) -> bool:
    return answer is not None and answer.value == value


def _mark(on: bool, many: bool) -> Part:
    text = ("[x] " if on else "[ ] ") if many else ("(●) " if on else "( ) ")
    return Part(text, "chosen" if on else "")
