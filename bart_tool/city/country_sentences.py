"""Many municipalities side by side in words: short lines, each true of what they published."""

from collections.abc import Callable, Iterator

from bart_tool.city.country import Country, Line

Pair = tuple[int, int]  # in how many municipalities, and at least how many wijken


def summary(shown: Country) -> Iterator[str]:
    """In a terminal: what there is to talk about, what is seen the same, what patterns are seen."""
    t, number = shown.names.t, len(shown.municipalities)
    yield t.plural(
        "{number} municipality side by side", "{number} municipalities side by side", number
    )
    for heading, told in parts(shown):
        yield ""
        yield heading
        for what, said in told:
            yield f"  {what} {said}"
    if untold := not_told(shown):
        yield ""
        yield untold
    yield ""
    yield next(how_it_was_made(shown))


def parts(shown: Country) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Heading -> what there is to say below it, most municipalities first: of what, and where."""
    t, names = shown.names.t, shown.names
    found: dict[str, Callable[[Line], Pair]] = {
        t("Something to talk about"): lambda line: line.unclear,
        t("Seen the same"): lambda line: line.same,
        t("What this may point at"): lambda line: line.seen,
    }
    for heading, pair_of in found.items():
        lines = sorted((e for e in shown.lines if pair_of(e)[0]), key=pair_of, reverse=True)
        called = [names.called(each.entry) for each in lines]
        told = [where(shown, each, pair_of(each)) for each in lines]
        # A pattern asks something.
        whats = [each if each.endswith("?") else f"{each}:" for each in called]
        if lines:
            yield heading, list(zip(whats, told, strict=True))


def not_told(shown: Country) -> str:
    """Of what no municipality tells anything; empty where there is nothing such."""
    untold = [each.entry for each in shown.lines if not each.municipalities]
    items = "; ".join(shown.names.called(each).rstrip("?") for each in untold)
    return (
        shown.names.t("Not to be told of any municipality: {items}.", items=items) if items else ""
    )


def how_it_was_made(shown: Country) -> Iterator[str]:
    """The rules in plain words."""
    t = shown.names.t
    yield t(
        "We add up what municipalities published, and nothing else. What they told together is not "
        "counted here: it can be more."
    )
    yield t("We count municipalities and wijken, never people.")
    yield t("A municipality counts once, by its newest table.")
    yield t("The list of questions and patterns is fixed, and the same for every city.")


def where(shown: Country, line: Line, pair: Pair) -> str:
    """In how many municipalities and wijken, and what a reader must know beside it."""
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
