"""What is said of erasing: by which day that must be, what goes, and what no program reaches."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from bart_tool.wording.translation import N_, Words

if TYPE_CHECKING:  # the home screen says this, and starts without the models
    from bart_tool.domain.days import Deadline

# Where a copy may lie that no program here can reach.
NOT_REACHED = {
    "mail": N_("mail in which a sheet was sent"),
    "own-forms": N_("forms and sheets on the phones and computers of who answered"),
    "sync-history": N_("older versions in a synced folder (OneDrive, Nextcloud)"),
    "bart-backups": N_("files made with bart backup: putting one back brings the answers back"),
    "backups": N_("backups of this computer"),
    "saved-elsewhere": N_("what was saved outside the session: tables, pages, calendars"),
    "printed": N_("reports and forms that were printed or handed on"),
}


# … and where the session lay in a database, beside those.
NOT_REACHED_OF_DATABASE = {
    "database-backups": N_(
        "backups and logs of the database: its administrator knows for how long"
    ),
}

# … of a session that was put away.
STAYS_IN_SIGHT = N_("It stays in the list until its answers are erased: that day is near.")


def not_reached(t: Words, *, in_database: bool = False) -> list[str]:
    """A line for each place that no program here reaches."""
    return [f"- {t(place)}" for place in places_not_reached(in_database=in_database).values()]


def places_not_reached(*, in_database: bool) -> dict[str, str]:
    """Those places, by what a program calls them."""
    return NOT_REACHED | (NOT_REACHED_OF_DATABASE if in_database else {})


def left_of_somebody(
    code: str,
    where: Callable[[str], str],
    t: Words,
    *,
    kept: Sequence[str],
    unread: Sequence[str],
    edited: Sequence[str],
) -> Iterator[str]:
    """What only a person can look through after `code` was removed: why, and the files below it.

    `where`: what a file of the session is called outside it.
    """
    for files, why in (
        (kept, N_("These files speak of {code} and stay. Take it out yourself:")),
        (unread, N_("bart could not read these. Look yourself whether they are of {code}:")),
        (edited, N_("Edited by hand, so they stay. Take out yourself what they say of {code}:")),
    ):
        if files:
            yield t(why, code=code)
            yield from (f"- {where(file)}" for file in files)


def what_goes(sheets: int, agreements: int, reports: int, t: Words) -> str:
    """What is in a session, counted: it all goes when that is deleted."""
    held = []
    if sheets:
        held.append(t.plural("{number} sheet with answers", "{number} sheets with answers", sheets))
    if agreements:
        held.append(t.plural("{number} agreement", "{number} agreements", agreements))
    if reports:
        held.append(t.plural("{number} report", "{number} reports", reports))
    if not held:
        return t("Nobody has answered in it yet. It cannot be brought back.")
    return t("In it lie {what}. All of it goes, and that cannot be undone.", what=t.listed(held))


def must_be_erased(due: "Deadline", t: Words) -> str:
    """The whole sentence: by when, and how many days are left."""
    day = t.day(due.day)
    if due.left < 0:
        return t("The answers had to be erased by {day}. That day has gone by.", day=day)
    if not due.left:
        return t("The answers must be erased today, {day}.", day=day)
    return t.plural(
        "The answers must be erased by {day}: {number} more day.",
        "The answers must be erased by {day}: {number} more days.",
        due.left,
        day=day,
    )


def erase_by(due: "Deadline", t: Words) -> str:
    """The same in a few words, behind the name of a session."""
    if due.left < 0:
        return t("had to be erased by {day}", day=t.day(due.day))
    return t("to be erased by {day}", day=t.day(due.day))
