"""What several tables of a report share: their columns, and where a party stands in ids."""

from collections.abc import Mapping
from math import ceil, floor
from typing import Any

from bart_tool.domain.question_set import Item
from bart_tool.export.table import Column, listed
from bart_tool.wording.naming import Naming
from bart_tool.wording.translation import N_

Report = Mapping[str, Any]  # the values of a report.json

ITEM = Column("item", N_("The key of what was asked."), of="item")
PARTY = Column("party", N_("The party it is about."), of="party")
CODE = Column("code", N_("What was found, as a code."), of="code")
OUTCOME = Column("outcome", N_("What was found, in words."))
PEOPLE = Column("people", N_("How many people."), "whole")


def answers_list(item: Item) -> str:
    """The list of the codebook that holds what can be chosen at `item`; empty for own words."""
    question = item.question
    if question.answered == "words":
        return ""
    return (
        f"{question.id}/{item.subject}" if item.subject in question.option_sources else question.id
    )


def stands_at(position: Report, item: Item, names: Naming) -> str | None:
    """The position in ids: its level, or the two around a half step, or its options."""
    median = position.get("median")
    if median is None:
        return listed(position.get("top", ()))
    levels = names.question_set.options(item.question, item.subject)
    return listed([levels[at].id for at in dict.fromkeys((floor(median), ceil(median)))])
