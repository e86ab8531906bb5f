"""Who is shown, as what: decided once for everything that follows."""

from bart_tool.domain.findings import Visibility
from bart_tool.domain.sheet import Sheet, SheetStatus


def counts(sheet: Sheet) -> bool:
    """Whether a sheet counts: handed in, by somebody who lets it be used."""
    return sheet.status is SheetStatus.SUBMITTED and sheet.consent != "none"


def visibility_of(people: int, k: int, *, are_all_open: bool) -> Visibility:
    """How a party with this many counted sheets may be shown (docs/developer/method.md 5).

    `position` when every one of them chose so; else `group` from `k` people on; else `withheld`.
    """
    if are_all_open:
        return "position"
    return "group" if people >= k else "withheld"
