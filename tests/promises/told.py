"""What stands in words for a picture: each part of it is true of what parties said."""

from collections.abc import Iterator

from bart_tool.domain.question_set import Item
from tests.promises.reckoned import Stand
from tests.promises.sentences import About, Reader, lower, upper

CUT = 149  # characters; what is longer ends in an ellipsis


def is_true(r: Reader, about: About, text: str) -> bool:
    """Whether all parts are true, and an ellipsis stands only where something is left out."""
    whole = text.removesuffix("…")
    parts = whole.split("; ")
    if not about.items or len(text) > CUT + 1 or len(set(parts)) < len(parts):
        return False
    if any(item.question.type == "scale" for item in about.items) and _all(
        _ladders(r, about), whole
    ):
        return True
    return any(
        _rows_hold(dict(_rows(r, item)), whole, is_cut=whole != text)
        for item in about.items
        if item.question.type != "scale"
    )


def _parties(r: Reader, item: Item) -> Iterator[tuple[str, Stand | None]]:
    for label, party in r.names.label.items():
        yield upper(label), r.on(item, party)


# Ladders: who looks, at whom or what, and where the party stands


def _ladders(r: Reader, about: About) -> set[str]:
    found = set()
    for item in about.items:
        if item.question.type != "scale":
            continue
        subject = f"over {r.names.subject(item.subject)}" if item.subject else ""
        thing = r.names.object(item) if item.object else ""
        for party, stand in _parties(r, item):
            where = r.names.position(item, stand) if stand else "niet gevraagd"
            for which in ((subject,), (thing,), (lower(thing),), (subject, lower(thing)), ()):
                of = ", ".join(part for part in which if part)
                found.add(f"{party} {of}".rstrip() + f": {where}")
    return found


def _all(expected: set[str], text: str) -> bool:
    return all(part in expected for part in text.split("; "))


# Counts: who is named or what is chosen, and by how many


def _said(item: Item, stand: Stand, r: Reader) -> Iterator[tuple[str, str]]:
    """Option -> how many, where that is shown."""
    if stand.n is None:
        top = {*stand.top, *(("dont-know",) if stand.standing == "unknown" else ())}
        yield from ((r.names.option(item, option), "") for option in top)
        return
    counts = {**(stand.counts or {}), "dont-know": stand.dont_know}
    yield from ((r.names.option(item, option), f" {n}") for option, n in counts.items() if n)


def _rows(r: Reader, item: Item) -> Iterator[tuple[str, set[str]]]:
    by_option: dict[str, set[str]] = {}
    for party, stand in _parties(r, item):
        said = list(_said(item, stand, r)) if stand else []
        if item.question.type == "who":
            yield party, {option + people for option, people in said}
        for option, people in said:
            by_option.setdefault(upper(option), set()).add(party + people)
    if item.question.type != "who":
        yield from by_option.items()


def _rows_hold(rows: dict[str, set[str]], text: str, *, is_cut: bool) -> bool:
    """Whether each row says everything of it; only of one that is too long the end is not there."""
    parts = text.split("; ")
    for part in parts:
        head = max((each for each in rows if part.startswith(f"{each}: ")), key=len, default=None)
        if head is None or not rows[head]:
            return False
        rest, left = part.removeprefix(f"{head}: "), set(rows[head])
        while left and rest:
            begins = [each for each in left if rest == each or rest.startswith(f"{each}, ")]
            if not begins:
                break
            longest = max(begins, key=len)
            left.discard(longest)
            rest = rest[len(longest) + 2 :]
        is_the_end = is_cut and len(parts) == 1 and len(text) == CUT
        if (left or rest) and not (is_the_end and any(each.startswith(rest) for each in left)):
            return False
    return True
