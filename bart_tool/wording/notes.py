"""What a reader must know beside where the parties stand: flags, self against others, words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bart_tool.domain.findings import Code, ItemFinding, Position
from bart_tool.domain.question_set import Item
from bart_tool.wording.labels import FLAGS, label
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.rules import still_to_check


@dataclass(frozen=True, slots=True)
class Note:
    """A text beside an item, and what it is about."""

    about: str
    text: str


def notes(finding: ItemFinding, names: Naming) -> Iterator[Note]:
    """What a reader must know beside the table: flags, self against others, words.

    They stand on the item's flags, what others see beside its subject, its quotes and the number
    of its remarks.
    """
    item = names.item(finding.item)
    about = upper_first(names.about(item) or names.question(item))
    texts = beside(finding, names)
    if texts:
        yield Note(f"{about}: ", " ".join(texts))
    for quote in finding.quotes:
        yield Note(f"{about}, {names.party(quote.party)}: ", quote.text)
    if finding.remarks:
        remarks = names.t.plural(
            "{about}: {number} remark that may not be printed.",
            "{about}: {number} remarks that may not be printed.",
            finding.remarks,
            about=about,
        )
        yield Note("", remarks)


def beside(finding: ItemFinding, names: Naming) -> list[str]:
    """Flags, and self against others, in sentences about positions; nobody's own words."""
    return [*flagged(finding, names), *_self_and_others(finding, names)]


def flagged(finding: ItemFinding, names: Naming) -> list[str]:
    """What is laid down, and the flags, in sentences about positions."""
    found = " ".join(_laid_down(finding, names))
    return [*([found] if found else []), *_flags(finding, names)]


def _laid_down(finding: ItemFinding, names: Naming) -> Iterator[str]:
    """The formal source that the facilitator entered: where, what, and who sees it otherwise."""
    source = names.session.sources.get(finding.item)
    if source is None:
        return
    what, where = laid_down(finding, names), source.text.rstrip(".")
    if what:
        yield names.t("Laid down in {source}: {value}.", source=where, value=what)
    else:
        yield names.t("On paper, see: {source}.", source=where)
    if told := still_to_check((source,), names.t):
        yield told
    yield from seen_otherwise(finding, names)


def laid_down(finding: ItemFinding, names: Naming) -> str:
    """What the source that was entered for an item says; empty where it gives only a place."""
    values, item = _values(finding, names), names.item(finding.item)
    return names.t.listed([names.option(item, value) for value in values if value])


def seen_otherwise(finding: ItemFinding, names: Naming) -> Iterator[str]:
    """Whose position differs from the source that was entered; nobody is called wrong."""
    values, item = _values(finding, names), names.item(finding.item)
    if not any(values):
        return
    differing = [p for p in finding.positions if _differs(p, values, item, names)]
    if differing:
        yield names.t("Seen otherwise by: {parties}.", parties=names.speakers(differing))


def _values(finding: ItemFinding, names: Naming) -> Sequence[str]:
    value = names.session.sources[finding.item].value
    return (value,) if isinstance(value, str) else value


def _differs(position: Position, values: Sequence[str], item: Item, names: Naming) -> bool:
    if not position.has_position:
        return False
    scale = names.question_set.scale_of(item.question)
    if scale is not None:
        return position.median not in {scale.number(value) for value in values}
    return set(position.top) != set(values)


def _flags(finding: ItemFinding, names: Naming) -> Iterator[str]:
    """The flags in sentences; what holds for several parties is said once.

    They stand on the item's flags: of few answers it is said how many, of certainty by whom.
    """
    by_kind: dict[str, list[str]] = {}
    for flag in finding.flags:
        kind, _, party = flag.partition(":")
        by_kind.setdefault(kind, []).extend([party] if party else [])
    if finding.code is Code.TOO_FEW:  # its outcome says so already
        by_kind.pop("small", None)
    by_kind.pop("differs-from-source", None)  # said with the source itself
    for kind, parties in by_kind.items():
        about = [position for position in finding.positions if position.party in parties]
        yield label(FLAGS, kind, names.language, party=_whom(kind, about, finding, names))


def _whom(kind: str, about: Sequence[Position], finding: ItemFinding, names: Naming) -> str:
    t = names.t
    if kind == "small":
        return t.listed(
            [
                t(
                    "{party} ({n} of {invited})",
                    party=names.the(each.party),
                    n=each.n,
                    invited=each.invited,
                )
                for each in about
            ]
        )
    if kind == "information-gap":
        placed = [position for position in finding.positions if position.has_position]
        certain = [each for each in placed if each.certainty == "certain"]
        unsure = [each for each in placed if each.certainty == "unsure"]
        return t(
            "certain are those of {certain}, a guess is made by those of {unsure}",
            certain=names.speakers(certain),
            unsure=names.speakers(unsure),
        )
    return names.speakers(about)


def _self_and_others(finding: ItemFinding, names: Naming) -> list[str]:
    """Beside the subject's own picture: who sees more, who sees less, who names something else.

    It stands on the subject's kind having one position, and on the positions of other kinds. Of a
    group it is never said what it does not name.
    """
    t, item = names.t, names.item(finding.item)
    subject = names.about_whom(finding.subject)
    by_party = {position.party: position for position in finding.positions}

    def who(parties: Iterable[str]) -> str:
        return names.speakers([by_party[party] for party in parties])

    more = [s.party for s in finding.self_other if s.difference is not None and s.difference > 0]
    less = [s.party for s in finding.self_other if s.difference is not None and s.difference < 0]
    texts = []
    if more:
        said = t(
            "According to {parties} more than {subject} itself says.",
            parties=who(more),
            subject=subject,
        )
        texts.append(said)
    if less:
        said = t(
            "According to {parties} less than {subject} itself says.",
            parties=who(less),
            subject=subject,
        )
        texts.append(said)
    theirs, own = dict[str, list[str]](), dict[str, list[str]]()
    for other in finding.self_other:
        for option in other.only_other:
            theirs.setdefault(option, []).append(other.party)
        for option in other.only_self:
            own.setdefault(option, []).append(other.party)
    if theirs:
        options = "; ".join(
            f"{names.option(item, option)} ({who(parties)})" for option, parties in theirs.items()
        )
        texts.append(t("Named by others: {options}.", options=options))
    if own:
        options = "; ".join(
            t(
                "{option} (not by {parties})",
                option=names.option(item, option),
                parties=who(parties),
            )
            for option, parties in own.items()
        )
        texts.append(t("Named by {subject} itself: {options}.", subject=subject, options=options))
    return texts
