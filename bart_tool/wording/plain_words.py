"""Words of the work that not everybody knows, each in a sentence, as the question set has it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bart_tool.domain.findings import Findings, ItemFinding
from bart_tool.domain.set_parts import Named, PartyKind
from bart_tool.wording.naming import Naming, lower_first, upper_first

Word = tuple[str, str]  # what it is called, and what is meant


def on_page_one(findings: Findings, names: Naming) -> Iterator[Word]:
    """What stands on page one and needs a word more: a cluster is a department of the city.

    That is a kind of party of which there may be several, and who has a task of its own without
    being a party, as the team that reads the report, where page one names it. Where the session
    names all parties itself, everybody there knows the words.
    """
    asked, kinds = names.question_set, list(_taking_part(names))
    if not kinds:
        return
    yield from _said((each for each in kinds if each.many), names)
    with_a_task = {item.subject for item in asked.items if item.question.boundary == "task"}
    shown = [findings.by_key[key] for topic in findings.page_one for key in topic.items]
    shown += [findings.by_key[key] for key in findings.shared_list]
    found = [a for a in asked.actors if a in with_a_task and any(_names(a, f) for f in shown)]
    yield from _said((asked.actors[actor] for actor in found), names)


def _names(actor: str, finding: ItemFinding) -> bool:
    """Whether an item is about it, or somebody is known to have named it."""
    return finding.subject == actor or any(
        actor in position.top or bool((position.counts or {}).get(actor))
        for position in finding.positions
    )


def everywhere(names: Naming) -> Iterator[Word]:
    """Who and what the set speaks of: who takes part, who else is named, what else is asked about.

    Of what the set does not explain nothing is said.
    """
    asked = names.question_set
    of_the_set = (*asked.actors.values(), *asked.subjects.values())
    yield from _said((*_taking_part(names), *of_the_set), names)


def _taking_part(names: Naming) -> Iterator[PartyKind]:
    """The kinds of parties of this session that the set itself names.

    What a set says of all parties that a session names is the same of each, and explains none.
    """
    parties, kinds = names.question_set.parties, {party.kind for party in names.session.parties}
    told = Counter(names.text(what.help) for what in parties.values())
    return (
        what for kind, what in parties.items() if kind in kinds and told[names.text(what.help)] == 1
    )


def _said(some: Iterable[Named], names: Naming) -> Iterator[Word]:
    for each in some:
        if meant := names.text(each.help):
            yield upper_first(names.text(each.label)), lower_first(meant)
