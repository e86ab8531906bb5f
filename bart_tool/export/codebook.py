"""The codebook: every key in the tables, in both languages, with its level and what it means."""

from collections.abc import Iterator, Sequence

from bart_tool.domain.answer import CODES as ANSWER_CODES
from bart_tool.domain.base import LANGUAGES, Language
from bart_tool.domain.findings import OTHERS, Code, ExpectationCode
from bart_tool.domain.question import BOUNDARIES
from bart_tool.domain.question_set import Item
from bart_tool.domain.set_parts import Named
from bart_tool.domain.text import Text
from bart_tool.export.columns import answers_list
from bart_tool.export.table import Column, Row, Table, table
from bart_tool.wording import labels
from bart_tool.wording.labels import Kind, label
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.questions import asked_of
from bart_tool.wording.translation import N_, words

NAME = "codebook"
COLUMNS = (
    Column("list", N_("The column, the kind of key, or the question that the key is of.")),
    Column("key", N_("What stands in the tables.")),
    Column("level", N_("The number of the level on its scale, from 0."), "whole"),
    Column("label_nl", N_("What it is called in Dutch.")),
    Column("label_en", N_("What it is called in English.")),
    Column("meaning_nl", N_("What is meant, in Dutch.")),
    Column("meaning_en", N_("What is meant, in English.")),
)
MEANS = N_("Every key in the tables and what it means.")
_STANDINGS = {
    "position": (N_("has one position"), N_("Most people of the party say about the same.")),
    "divided": (N_("divided"), N_("The people of the party do not say the same.")),
    "unknown": (N_("doesn't know"), N_("At least half of those who answered do not know.")),
    "closed": (N_("cannot be told"), N_("A group, of which this may not be shown.")),
    "none": (N_("no answer"), N_("Nobody of the party answered, or it was not asked.")),
}
_FLAGS = (
    "divided",
    "minority",
    "small",
    "tips",
    "outspoken",
    "shared-uncertainty",
    "information-gap",
    "formal-differs",
    "differs-from-source",
)
_KINDS = {
    "boundary": (labels.BOUNDARIES, BOUNDARIES),
    "tense": (labels.TENSES, ("formal", "practice", "wish")),
    "code": (labels.CODES, tuple(map(str, Code))),
    "code of a guess": (labels.EXPECTATIONS, tuple(map(str, ExpectationCode))),
    "flag": (labels.FLAGS, _FLAGS),
    "tag": (labels.TAGS, ("formal", "given", "informal", "unknown")),
    "mandate": (labels.MANDATES, ("within", "submitted", "fixed", "parked")),
    "test": (labels.TESTED, ("no", "partly", "yes")),
    "visibility": (labels.VISIBILITY, ("position", "group", "withheld")),
    "answer": (labels.ANSWERS, ANSWER_CODES),
}
# What each outcome says, in short; docs/developer/method.md 4.5 has the rules.
_CODES = {
    "too-few": N_("Fewer than two parties can be compared."),
    "not-assigned": N_("Half of the parties or more say mostly nobody, or do not know."),
    "unknown": N_("Half of the parties or more do not know."),
    "double-claim": N_("Two kinds of party or more name themselves."),
    "passed-on": N_("Parties point at each other, and none names itself."),
    "one-sided-claim": N_("One party names itself, and no other names it."),
    "wide-gap": N_("The parties stand far apart."),
    "gap": N_("The parties differ."),
    "divided": N_("The people of one party do not say the same."),
    "nuance": N_("The parties differ a little."),
    "incomplete": N_("Who has a position says the same, but some have none."),
    "shared": N_("Every party in view has the same position."),
    "joint": N_("Two kinds of party or more do it together, and all see that."),
    "unclaimed": N_("Every kind of party says that it does not decide."),
    "claimed": N_("One kind of party says that it decides."),
    "open": N_("Nobody claims it, and not every kind of party is known."),
}


def codebook(tables: Sequence[Table], in_both: Sequence[Naming]) -> Table:
    """The codebook of `tables`. `in_both`: the names of the session in Dutch and in English."""
    rows = (*_of_items(in_both), *_of_answers(in_both), *_of_names(in_both), *_of_codes())
    return of_keys(tables, rows)


def of_keys(tables: Sequence[Table], rows: Sequence[Row]) -> Table:
    """The codebook of `tables`, of which `rows` say what their keys mean."""

    def with_rows(rows: Sequence[Row]) -> Table:
        return table(NAME, MEANS, COLUMNS, rows, ("list", "key"))

    return with_rows((*_of_columns((*tables, with_rows(()))), *rows))


def _of_columns(tables: Sequence[Table]) -> Iterator[Row]:
    """What each table and each of its columns holds."""
    for each in tables:
        yield ("table", each.name, None, None, None, *_said(each.means))
        for column in each.columns:
            yield ("column", f"{each.name}.{column.name}", None, None, None, *_said(column.means))


def _of_items(in_both: Sequence[Naming]) -> Iterator[Row]:
    for item in in_both[0].question_set.items:
        called = [names.title(item) for names in in_both]
        asked = [asked_of(names.question_set, item, names.language) for names in in_both]
        yield ("item", item.key, None, *called, *asked)


def _of_answers(in_both: Sequence[Naming]) -> Iterator[Row]:
    """What can be chosen, once for all items that share it."""
    question_set, lists = in_both[0].question_set, dict[str, Item]()
    for item in question_set.items:
        lists.setdefault(answers_list(item), item)
    lists.pop("", None)
    for name, item in lists.items():
        is_scale = item.question.compared == "level"
        for number, option in enumerate(question_set.options(item.question, item.subject)):
            level = number if is_scale else None
            yield (name, option.id, level, *_in_both(option.label), *_in_both(option.help))


def _of_names(in_both: Sequence[Naming]) -> Iterator[Row]:
    dutch, english = in_both
    question_set = dutch.question_set
    parties = [party.id for party in dutch.session.parties]
    for party in (*parties, OTHERS):
        yield ("party", party, None, dutch.party(party), english.party(party), None, None)
    for names in (question_set.parties, question_set.actors, question_set.subjects):
        yield from (_named("subject", key, named) for key, named in names.items())
    for pattern, _ in question_set.patterns.bound():
        kinds = (labels.PATTERNS, labels.PATTERN_QUESTIONS)
        said = (label(kind, pattern, language) for kind in kinds for language in LANGUAGES)
        yield ("pattern", pattern, None, *said)
    things = {key: named for some in question_set.objects.values() for key, named in some.items()}
    yield from (_named("object", key, named) for key, named in things.items())


def _named(of: str, key: str, named: Named) -> Row:
    return (of, key, None, *_in_both(named.label), *_in_both(named.help))


def _of_codes() -> Iterator[Row]:
    for key, (called, means) in _STANDINGS.items():
        yield ("standing", key, None, *_said(called), *_said(means))
    for of, (kind, keys) in _KINDS.items():
        for key in sorted(keys):
            in_both = (_called(kind, key, language) for language in LANGUAGES)
            yield (of, key, None, *in_both, *_said(_CODES.get(key, "") if of == "code" else ""))


def _called(kind: Kind, key: str, language: Language) -> str:
    """What a key is called; `…` stands where a name is filled in."""
    return upper_first(label(kind, key, language, party="…", words="…"))


def _said(msgid: str) -> tuple[str | None, ...]:
    return tuple(words(language)(msgid) or None for language in LANGUAGES)


def _in_both(text: Text) -> tuple[str | None, ...]:
    return tuple(text.in_language(language) or None for language in LANGUAGES)
