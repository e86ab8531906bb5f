"""Many municipalities side by side in words: short lines, each true of what they published."""

from collections.abc import Callable, Iterator

from bart_tool.city.country import Country, Line

Pair = tuple[int, int]  # in how many municipalities, and at least how many wijken


def summary(shown: Country) -> Iterator[str]:
    """In a terminal: what there is to talk about, what is seen the same, what patterns are seen."""
    t, names, number = shown.names.t, shown.names, len(shown.municipalities)
    yield t.plural(
        "{number} municipality side by side", "{number} municipalities side by side", number
    )
    parts: dict[str, Callable[[Line], Pair]] = {
        t("Something to talk about"): lambda line: line.unclear,
        t("Seen the same"): lambda line: line.same,
        t("What this may point at"): lambda line: line.seen,
    }
    for heading, pair_of in parts.items():
        lines = sorted((e for e in shown.lines if pair_of(e)[0]), key=pair_of, reverse=True)
        if lines:
            yield ""
            yield heading
        for each in lines:
            what = names.called(each.entry)
            mark = " " if what.endswith("?") else ": "  # a pattern asks something
            yield f"  {what}{mark}{_where(shown, each, pair_of(each))}"
    untold = [
        names.called(each.entry).rstrip("?") for each in shown.lines if not each.municipalities
    ]
    if untold:
        yield ""
        yield t("Not to be told of any municipality: {items}.", items="; ".join(untold))
    yield ""
    yield t(
        "We add up what municipalities published, and nothing else. What they told together is not "
        "counted here: it can be more."
    )


def _where(shown: Country, line: Line, pair: Pair) -> str:
    t = shown.names.t
    said = t(
        "in {n} of {all} municipalities, in at least {wijken} of their {of} wijken",
        n=pair[0],
        all=line.municipalities,
        wijken=pair[1],
        of=line.wijken,
    )
    if not line.otherwise:
        return said
    asked = t.plural(
        "{number} municipality asked it otherwise and is not counted",
        "{number} municipalities asked it otherwise and are not counted",
        line.otherwise,
    )
    return f"{said} ({asked})"
