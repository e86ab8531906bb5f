"""`bart city`: what returns in many sessions, without telling of one wijk."""

from collections.abc import Sequence

import click
from click.core import ParameterSource

from bart_tool.cli.front import Front, after, store_in
from bart_tool.cli.options import flag, formats_option, optional, verb
from bart_tool.wording.translation import Words


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart city sessions --format md,html\n\n"
        "Lay the reports of many sessions side by side: what returns in how many wijken. It reads "
        "each report.json in the folder, and no answer. What fewer than three wijken have is told "
        "together. The pages are written in the folder _city there. Without a folder it takes the "
        "sessions of --sessions. Those may be in a database: postgresql://…; then the pages are "
        "written in the folder city here. With --country it lays the tables of many "
        "municipalities side by side, from folders and https addresses; with --format it writes "
        "pages of them in the folder country here."
    )
    places = click.Argument(["places"], nargs=-1, metavar=optional(t("FOLDER|ADDRESS …")))
    country = flag(
        "--country",
        "is_country",
        text=t(
            "Lay the published tables of many municipalities side by side, from folders, files or "
            "https addresses."
        ),
    )
    number = click.Option(
        ["--round", "number"],
        type=click.IntRange(min=1),
        help=t("Tell of this round; without it of the newest of each wijk."),
    )
    formats = formats_option(t, _formats, text=t("md, html, pdf, json and xlsx, by commas."))
    return verb(t, "city", text, _city, places, country, number, formats)


def _formats() -> Sequence[str]:
    from bart_tool.city.files import FORMATS

    return FORMATS


def _city(
    front: Front,
    places: Sequence[str],
    is_country: bool,
    number: int | None,
    formats: Sequence[str],
) -> int:
    if is_country:
        return _country(front, places, formats)
    if len(places) > 1:
        raise click.UsageError(front.t("Name one folder. More than one goes with --country."))
    return _one_city(front, "".join(places), number, formats)


def _one_city(front: Front, place: str, number: int | None, formats: Sequence[str]) -> int:
    from bart_tool.city import page
    from bart_tool.city.make import make
    from bart_tool.city.sentences import summary

    with front.busy():
        made = make(
            store_in(place or front.sessions),
            number=number,
            formats=formats,
            language=front.language,
        )
    if front.as_json:
        front.say_json({**page.plain(made.shown), "files": list(made.files)})
    else:
        for line in summary(made.shown, made.names):
            front.say(line)
        front.say()
        for path in made.files:
            front.say_unbroken(path)
    front.tell_problems(made.problems, front.t("Not all that lies there could be used:"))
    return after(made.problems)


def _country(front: Front, places: Sequence[str], formats: Sequence[str]) -> int:
    from bart_tool.city import country
    from bart_tool.city.country_make import make
    from bart_tool.city.country_sentences import summary

    given = click.get_current_context().get_parameter_source
    if not places:
        raise click.UsageError(front.t("Name the folders or addresses of the tables."))
    if given("number") is not ParameterSource.DEFAULT:
        raise click.UsageError(front.t("With --country there are no rounds: leave --round out."))
    is_asked = given("formats") is not ParameterSource.DEFAULT
    with front.busy():
        shown, files = make(places, formats=formats if is_asked else (), language=front.language)
    if front.as_json:
        front.say_json({**country.plain(shown), **({"files": list(files)} if is_asked else {})})
    else:
        for line in summary(shown):
            front.say(line)
        if files:
            front.say()
        for path in files:
            front.say_unbroken(path)
    front.tell_problems(shown.problems, front.t("Not all that lies there could be used:"))
    return after(shown.problems)
