"""One person's own picture in words (organization in the mind): by task, authority and role."""

from dataclasses import dataclass

from bart_tool.domain.base import Language
from bart_tool.domain.question import Boundary
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.route import OwnPicture, Route
from bart_tool.domain.session import Party, Session
from bart_tool.domain.sheet import Sheet
from bart_tool.wording.labels import TAGS, label
from bart_tool.wording.naming import Naming, lower_first, upper_first


@dataclass(frozen=True, slots=True)
class MindCell:
    """What one person says where a boundary and a position meet.

    `position` is empty for questions about no party by itself. `lines`: what was answered, in
    words; `open_items`: the keys of what was not.
    """

    boundary: Boundary
    position: str
    items: tuple[str, ...]
    lines: tuple[str, ...]
    open_items: tuple[str, ...]


def mind_table(sheet: Sheet, question_set: QuestionSet, language: Language) -> tuple[MindCell, ...]:
    """Every cell of the picture that anything is asked about, row by row."""
    return cells(sheet, _naming(sheet, question_set, language))


def _naming(sheet: Sheet, question_set: QuestionSet, language: Language) -> Naming:
    """Names without a session: a loose sheet has none."""
    kind = _kind(sheet.party, question_set)
    session = Session(
        session=sheet.session,
        question_set=question_set.id,
        question_set_hash=sheet.question_set_hash,
        parties=(Party(id=sheet.party, kind=kind),),
        participants=(),
    )
    return Naming(question_set, session, language)


def _kind(party: str, question_set: QuestionSet) -> str:
    return party if party in question_set.parties else party.partition("-")[0]


def cells(sheet: Sheet, names: Naming) -> tuple[MindCell, ...]:
    """As `mind_table`, with names that are there already."""
    asked = Route(names.question_set, _kind(sheet.party, names.question_set))
    picture = OwnPicture(asked.of(sheet))
    places = [(row, column) for row in picture.rows for column in picture.columns]
    return tuple(
        _cell(row, column, items, sheet, names)
        for row, column in places
        if (items := picture.items_at(row, column))
    )


def _cell(
    boundary: Boundary, position: str, items: tuple[Item, ...], sheet: Sheet, names: Naming
) -> MindCell:
    said = [item for item in items if item.key in sheet.answers]
    return MindCell(
        boundary,
        position,
        tuple(item.key for item in items),
        tuple(f"{_about(item, names)}: {_words(item, sheet, names)}" for item in said),
        tuple(item.key for item in items if item.key not in sheet.answers),
    )


def _about(item: Item, names: Naming) -> str:
    """What an item is about, within its cell."""
    short = names.question(item)
    if item.object:
        return upper_first(names.object(item))
    if item.subject and item.subject not in names.question_set.parties:
        subject = names.text(names.question_set.named(item.subject).label)
        return f"{short}, {lower_first(subject)}"
    return short


def _words(item: Item, sheet: Sheet, names: Naming) -> str:
    answer = sheet.answers[item.key]
    value = answer.value
    if isinstance(value, dict):
        options = [each.id for each in names.question_set.options(item.question, item.subject)]
        said = [_tagged(item, each, value[each], names) for each in options if each in value]
        return ", ".join(said) or names.t("none of these")
    if answer.words:
        return answer.words
    return names.option(item, value)


def _tagged(item: Item, option: str, tag: str, names: Naming) -> str:
    text = names.option(item, option)
    if tag == "unknown":
        return text
    return f"{text} ({label(TAGS, tag, names.language)})"
