"""More of a report.json as tables: patterns, self against others, tags, guesses, agreements."""

from collections.abc import Iterator, Mapping
from typing import Any

from bart_tool.domain.findings import ExpectationCode
from bart_tool.export.columns import CODE, ITEM, OUTCOME, PARTY, PEOPLE, Report, stands_at
from bart_tool.export.table import Column, Row, Table, listed, table
from bart_tool.wording.labels import EXPECTATIONS, PATTERNS, label
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.translation import N_


def tables(report: Report, names: Naming) -> tuple[Table, ...]:
    """Every table beside what was found on each item."""
    return (
        _agenda(report, names),
        _patterns(report, names),
        _self_others(report),
        _tags(report, names),
        _guesses(report, names),
        _agreements(report),
    )


def _agenda(report: Report, names: Naming) -> Table:
    columns = (
        Column("place", N_("The place on the agenda, from 1."), "whole"),
        Column("topic", N_("The key of an item, or decision/ and that of a decision.")),
        Column("label", N_("The topic, in a few words.")),
        Column("page_one", N_("Whether the first page of the report shows it."), "yes-no"),
    )
    items = {f"decision/{each['decision']}": tuple(each["items"]) for each in report["coverage"]}
    rows = tuple(
        (place, topic, names.topic(topic, items.get(topic, (topic,))), topic in report["page_one"])
        for place, topic in enumerate(report["agenda"], 1)
    )
    return table("agenda", N_("What there is to talk about, in order."), columns, rows, ("place",))


def _patterns(report: Report, names: Naming) -> Table:
    columns = (
        Column("pattern", N_("The key of a pattern."), of="pattern"),
        Column("label", N_("What the pattern asks.")),
        Column("subject", N_("Whom or what it is about."), of="subject"),
        Column("items", N_("The items on which it stands."), "list", of="item"),
        Column("options", N_("The roles or tasks that it is about."), "list"),
    )
    rows = tuple(
        (
            each["pattern"],
            label(PATTERNS, each["pattern"], names.language),
            each["subject"] or None,
            listed(each["items"]),
            listed(each["options"]),
        )
        for each in report["patterns"]
    )
    means = N_("What the answers may point at: questions, no conclusions.")
    return table("patterns", means, columns, rows)


def _self_others(report: Report) -> Table:
    columns = (
        ITEM,
        Column("party", N_("A party that says something of another."), of="party"),
        Column("difference", N_("Theirs minus what it says of itself, in steps."), "number"),
        Column("only_self", N_("What only the other names of itself."), "list"),
        Column("only_other", N_("What only this party names of it."), "list"),
    )
    rows = tuple(
        (
            found["item"],
            each["party"],
            each.get("difference"),
            listed(each.get("only_self", ())),
            listed(each.get("only_other", ())),
        )
        for found in report["items"]
        for each in found["self_other"]
    )
    means = N_("How a party sees another, beside how that one sees itself.")
    return table("self-others", means, columns, rows, ("item", "party"))


def _tags(report: Report, names: Naming) -> Table:
    columns = (
        ITEM,
        PARTY,
        Column("option", N_("What was chosen.")),
        Column("tag", N_("How it came about."), of="tag"),
        PEOPLE,
    )
    rows = tuple(_each_tag(report, names))
    means = N_("How many people of an open party say how each choice came about.")
    return table("tags", means, columns, rows, ("item", "party", "option", "tag"))


def _each_tag(report: Report, names: Naming) -> Iterator[Row]:
    for found in report["items"]:
        is_asked = bool(names.item(found["item"]).question.tagged)
        for position in found["positions"] if is_asked else ():
            tagged: Mapping[str, Mapping[str, int]] = position.get("tags") or {}
            for option, tags in sorted(tagged.items()):
                for tag, people in sorted(tags.items()):
                    if people:
                        yield found["item"], position["party"], option, tag, people


def _guesses(report: Report, names: Naming) -> Table:
    columns = (
        ITEM,
        Column("party", N_("The party that guessed."), of="party"),
        Column("about", N_("The party of which it guessed what that fills in."), of="party"),
        CODE,
        OUTCOME,
        Column("agree", N_("Whether the two parties see it the same."), "yes-no"),
        Column("expects_agreement", N_("Whether it expects that they do."), "yes-no"),
        Column("accurate", N_("Whether its guess is right."), "yes-no"),
        Column("own", N_("Where the party stands itself."), "list"),
        Column("guess", N_("Where it expects the other to stand."), "list"),
        Column("theirs", N_("Where the other stands."), "list"),
    )

    def row(each: Report) -> Row:
        item = names.item(each["item"])
        return (
            *(each[name] for name in ("item", "party", "about", "code")),
            upper_first(label(EXPECTATIONS, ExpectationCode(each["code"]), names.language)),
            *(each[name] for name in ("agree", "expects_agreement", "accurate")),
            *(stands_at(each[name], item, names) for name in ("own", "guess", "theirs")),
        )

    rows = tuple(map(row, report.get("coorientation", ())))
    means = N_("What parties expect of each other, where they were asked to guess.")
    return table("guesses", means, columns, rows, ("item", "party", "about"))


def _agreements(report: Report) -> Table:
    columns = (
        Column("agreement", N_("The id of the agreement.")),
        Column("round", N_("The number of the round."), "whole"),
        Column("topic", N_("The key of an item, or decision/ and that of a decision.")),
        Column("sentence", N_("What was agreed.")),
        Column("agreed_by", N_("The parties that agreed."), "list", of="party"),
        Column("mandate", N_("Within whose mandate it is."), of="mandate"),
        Column("mandate_words", N_("To whom it was put, or where it stands already.")),
        Column("done_by", N_("Who carries it out."), "list", of="subject"),
        Column("owner", N_("Who sees to it."), of="subject"),
        Column("check_on", N_("The day to look at it again.")),
        Column("specified", N_("Whether it is clear what was agreed."), of="test"),
        Column("agreed", N_("Whether all who must, agree."), of="test"),
        Column("kept", N_("Whether it was kept, when somebody last looked."), of="test"),
        Column("withdrawn_on", N_("The day since which it does not hold any more.")),
    )
    rows = tuple(map(_agreement, report["agreements"]))
    means = N_("What was agreed up to this round.")
    return table("agreements", means, columns, rows, ("agreement",))


def _agreement(each: Mapping[str, Any]) -> Row:
    withdrawn = each["withdrawn"] or {}
    return (
        *(each[name] for name in ("id", "round", "topic", "sentence")),
        listed([assent["party"] for assent in each["parties"]]),
        each["mandate"],
        each["mandate_words"] or None,
        listed(each["done_by"]),
        each["owner"],
        each["check_on"],
        *(each["tests"][name] for name in ("specified", "agreed", "kept")),
        withdrawn.get("on"),
    )
