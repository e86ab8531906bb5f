"""The values of a report.json as tables: nothing stands here that the report does not say.

What people wrote is left out, also where it may be printed: they allowed that for the report.
"""

from collections.abc import Iterator

from bart_tool.domain.answer import DONT_KNOW
from bart_tool.domain.question_set import Item
from bart_tool.export import beside
from bart_tool.export.columns import (
    CODE,
    ITEM,
    OUTCOME,
    PARTY,
    PEOPLE,
    Report,
    answers_list,
    stands_at,
)
from bart_tool.export.table import Column, Row, Table, listed, table
from bart_tool.wording.labels import CODES, label
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.translation import N_


def tables(report: Report, names: Naming) -> tuple[Table, ...]:
    """Every table of a report, the findings first. `names`: of the session that it is of."""
    return (
        _findings(report, names),
        _positions(report, names),
        _counts(report, names),
        _decisions(report, names),
        *beside.tables(report, names),
        _parties(report, names),
        _session(report),
    )


def _findings(report: Report, names: Naming) -> Table:
    columns = (
        ITEM,
        Column("label", N_("What was asked, in a few words.")),
        Column("boundary", N_("What kind of boundary it is about."), of="boundary"),
        Column("type", N_("How it is answered: one level, one choice, several, or own words.")),
        Column("tense", N_("As it is laid down, as it goes, or as it should be."), of="tense"),
        Column("subject", N_("Whom or what it is about."), of="subject"),
        Column("object", N_("The decision or the thing it is about."), of="object"),
        Column("answers", N_("The list of this codebook with what could be chosen.")),
        CODE,
        OUTCOME,
        Column("distance", N_("How far the parties stand apart, in steps of the scale."), "number"),
        Column("flags", N_("What to know with it: a flag, and the party it is about."), "list"),
        Column("item_hash", N_("The same in two sessions: the same was asked.")),
    )

    def row(found: Report) -> Row:
        item = names.item(found["item"])
        return (
            item.key,
            names.title(item),
            found["boundary"],
            found["type"],
            found["tense"],
            found.get("subject"),
            found.get("object"),
            answers_list(item) or None,
            found["code"],
            _outcome(found["code"], names),
            found["distance"],
            listed(found["flags"]),
            found["item_hash"],
        )

    rows = tuple(map(row, report["items"]))
    return table("findings", N_("What was found on each item."), columns, rows, ("item",))


def _positions(report: Report, names: Naming) -> Table:
    columns = (
        ITEM,
        PARTY,
        Column("standing", N_("Whether the party has one position on it."), of="standing"),
        Column("position", N_("Where it stands: a level or two, or what it names."), "list"),
        Column("median", N_("Its position on a scale, in steps from 0."), "number"),
        Column("invited", N_("How many people of the party were asked."), "whole"),
        Column("n", N_("How many of them gave an answer; empty for a group."), "whole"),
        Column("dont_know", N_("How many of them do not know; empty for a group."), "whole"),
        Column("consensus", N_("How much they are of one mind on a scale, from 0 to 1."), "number"),
        Column("kept_round", N_("The round from which a position was kept."), "whole"),
        Column("kept_closing", N_("The closing of that round from which it was kept."), "whole"),
    )
    rows = tuple(
        (found["item"], each["party"], each["standing"], *_stands(each, found["item"], names))
        for found in report["items"]
        for each in found["positions"]
    )
    means = N_("Where each party stands on each item.")
    return table("positions", means, columns, rows, ("item", "party"))


def _stands(position: Report, key: str, names: Naming) -> Row:
    kept = position.get("kept_from") or {}
    return (
        stands_at(position, names.item(key), names),
        position.get("median"),
        *(position.get(each) for each in ("invited", "n", "dont_know", "consensus")),
        kept.get("round"),
        kept.get("closing"),
    )


def _counts(report: Report, names: Naming) -> Table:
    columns = (
        ITEM,
        PARTY,
        Column("answer", N_("The answer: an option, a level, or a code such as dont-know.")),
        Column("level", N_("The number of the level on its scale, from 0."), "whole"),
        PEOPLE,
    )
    rows = tuple(
        (found["item"], position["party"], answer, level, people)
        for found in report["items"]
        for position in found["positions"]
        for answer, level, people in _given(position, names.item(found["item"]), names)
    )
    means = N_("How many people of an open party gave each answer; of a group nothing is counted.")
    return table("counts", means, columns, rows, ("item", "party", "answer"))


def _given(position: Report, item: Item, names: Naming) -> Iterator[tuple[str, int | None, int]]:
    """Every answer that somebody gave, with its number on a scale, in the order of the set."""
    if position.get("counts") is None:
        return
    scale = names.question_set.scale_of(item.question)
    options = [each.id for each in names.question_set.options(item.question, item.subject)]
    counted: dict[str, int] = {**position["counts"], DONT_KNOW: position["dont_know"]}
    for answer in (*options, *sorted(set(counted) - set(options))):
        if people := counted.get(answer, 0):
            yield answer, scale.numbers.get(answer) if scale else None, people


def _decisions(report: Report, names: Naming) -> Table:
    columns = (
        Column("decision", N_("The decision."), of="object"),
        Column("label", N_("What was asked, in a few words.")),
        CODE,
        OUTCOME,
        Column("claimed_by", N_("Who says of itself that it decides."), "list", of="subject"),
        Column("contested_by", N_("Which parties see that otherwise."), "list", of="party"),
        Column("items", N_("The items on which it stands."), "list", of="item"),
    )
    rows = tuple(
        (
            each["decision"],
            upper_first(names.object(names.item(each["items"][0]))),
            each["code"],
            _outcome(each["code"], names),
            listed(each["claimed_by"]),
            listed(each["contested_by"]),
            listed(each["items"]),
        )
        for each in report["coverage"]
    )
    means = N_("Who may take each decision, as the parties see it.")
    return table("decisions", means, columns, rows, ("decision",))


def _parties(report: Report, names: Naming) -> Table:
    columns = (
        PARTY,
        Column("label", N_("What the party is called.")),
        Column("invited", N_("How many people of the party were asked."), "whole"),
        Column("answered", N_("How many handed in and are counted; empty if not shown."), "whole"),
        Column("visibility", N_("How the party is shown."), of="visibility"),
    )
    rows = tuple(
        (
            each["party"],
            names.party(each["party"]),
            each["invited"],
            each.get("answered"),
            each["visibility"],
        )
        for each in report["parties"]
    )
    return table("parties", N_("The parties, and how they are shown."), columns, rows, ("party",))


_ABOUT = (
    Column("session", N_("The name of the session.")),
    Column("session_id", N_("Drawn once for the session: copies of it have the same.")),
    Column("title", N_("The wijk, as people call it.")),
    Column("municipality", N_("The municipality in which that lies.")),
    Column("year", N_("The year in which the round was closed."), "whole"),
    Column("round", N_("The number of the round."), "whole"),
    Column("question_set", N_("The set of questions.")),
    Column("question_set_hash", N_("The same in two sessions: they were asked from one set.")),
    Column("method", N_("The version of the rules by which this was found."), "whole"),
    Column("language", N_("The language of the labels: nl or en.")),
)


def _session(report: Report) -> Table:
    row = tuple(report[column.name] for column in _ABOUT)
    return table("session", N_("Of which session and round this is."), _ABOUT, (row,), ("session",))


def _outcome(code: str | None, names: Naming) -> str | None:
    return label(CODES, code, names.language) if code else None
