"""Why a party is in view or not: one reason, the true one, in the same words everywhere."""

from pathlib import Path

import pytest

from bart_tool.tui.findings.details import details
from bart_tool.wording.in_view import reasons
from bart_tool.wording.naming import Naming
from bart_tool.wording.translation import words
from bart_tool.workflow.findings import findings
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.phases import in_view
from bart_tool.workflow.session_draft import SessionDraft
from tests.cli.run import bart
from tests.workflow.on_disk import store_in
from tests.workshop import path_of

pytestmark = pytest.mark.usefixtures("each_store")

ITEM = "upholds-agreement"
HEADER = "participant,party,item,value,certainty,note,quote,consent"
# What each counted party says; of the wijkmanager nobody handed in, of the cluster one person did
# who does not want to be used.
ABOUT = {
    "wijkraad": "Wijkraad: antwoorden van 3 van de 3 mensen, getoond als groep.",
    "wijkmanager": "Wijkmanager: hier staan geen antwoorden van.",
    "cluster-groen": "Cluster Groen: hier staan geen antwoorden van.",
    "cluster-zorg": (
        "Cluster Zorg: niet in beeld, want iemand hier wil alleen als groep in beeld en er tellen "
        "minder dan 3 mensen mee."
    ),
    "cluster-stad": "Cluster Stad: antwoorden van 1 van de 2 mensen, herkenbaar getoond.",
}


def _gathered(root: Path, *rows: str) -> OpenSession:
    """A session of five parties into which one row a person came."""
    people = ("wijkraad=3", "wijkmanager=1", "cluster-groen=1", "cluster-zorg=2", "cluster-stad=2")
    options = [part for party in people for part in ("--party", party)]
    assert bart(root, "new", "wijk", *options).code == 0
    table = root / "in.csv"
    table.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    assert bart(root, "gather", "wijk", str(table)).code == 0
    return open_session(store_in(root), "wijk")


ROWS = (
    *(f"WR-0{n},wijkraad,{ITEM},college,,,,{'group' if n == 2 else 'position'}" for n in (1, 2, 3)),
    f"CL-01,cluster-groen,{ITEM},college,,,,none",
    f"CL-02,cluster-zorg,{ITEM},college,,,,group",
    f"CL-03,cluster-zorg,{ITEM},college,,,,position",
    f"CL-04,cluster-stad,{ITEM},college,,,,position",
)


def test_every_door_says_the_same_true_reason_of_each_party(tmp_path: Path) -> None:
    _gathered(tmp_path, *ROWS)
    closed = bart(tmp_path, "close", "wijk", "--yes", language="nl").out.splitlines()
    assert [line for line in closed if line in ABOUT.values()] == list(ABOUT.values())
    status = bart(tmp_path, "status", "wijk", language="nl").out.splitlines()
    assert [line.strip() for line in status if line.strip() in ABOUT.values()] == [*ABOUT.values()]
    opened = open_session(store_in(tmp_path), "wijk")
    names = Naming(opened.question_set, opened.session, "nl")
    assert list(reasons(in_view(opened), names)) == list(ABOUT.values())
    for party, said in ABOUT.items():
        rows = details(f"party:{party}", findings(opened), names, words("nl"), 200)
        shown = [row.text.plain if hasattr(row.text, "plain") else str(row.text) for row in rows]
        assert said.split(": ", 1)[1].casefold() in (line.casefold() for line in shown)
    assert bart(tmp_path, "report", "wijk", "--format", "md").code == 0
    report = " ".join((path_of(opened.folder) / "report" / "report.md").read_text("utf-8").split())
    assert "Van de wijkmanager en cluster Groen tellen geen antwoorden mee." in report
    assert (
        "1 partij is niet in beeld, want iemand daar wil alleen als groep in beeld en er tellen "
        "minder dan 3 mensen mee."
    ) in report


def test_two_parties_that_are_too_small_are_said_to_be_shown_together(tmp_path: Path) -> None:
    _gathered(
        tmp_path,
        f"CL-02,cluster-zorg,{ITEM},college,,,,group",
        f"CL-03,cluster-zorg,{ITEM},college,,,,position",
        f"CL-04,cluster-stad,{ITEM},college,,,,group",
    )
    out = bart(tmp_path, "close", "wijk", "--yes", language="nl").out
    assert "Cluster Zorg: alleen samen met andere partijen in beeld, want iemand hier" in out
    assert "Overige partijen: antwoorden van 3 van de 4 mensen, getoond als groep." in out
    assert "niet in beeld" not in out


@pytest.mark.parametrize("consent", ["group", "position", "none"])
def test_before_closing_status_says_nothing_of_what_people_chose(
    tmp_path: Path, consent: str
) -> None:
    _gathered(tmp_path, f"CL-02,cluster-zorg,{ITEM},college,,,,{consent}")
    out = bart(tmp_path, "status", "wijk", language="nl").out
    assert "In het verslag:" not in out
    assert "in beeld" not in out
    assert in_view(open_session(store_in(tmp_path), "wijk")) == ()


OUT_OF_VIEW = "‘alleen als groep’, dan komt deze partij niet in beeld: dat kan vanaf"


@pytest.mark.parametrize(
    ("people", "k", "said"),
    [
        (1, 3, f"1 persoon. Kiest die {OUT_OF_VIEW} 3."),
        (2, 3, f"2 mensen. Kiest een van hen {OUT_OF_VIEW} 3."),
        (3, 3, ""),
        (3, 4, f"3 mensen. Kiest een van hen {OUT_OF_VIEW} 4."),
        (0, 3, ""),
    ],
)
def test_a_party_too_small_for_a_group_is_told_so_where_it_is_named(
    people: int, k: int, said: str
) -> None:
    draft = SessionDraft(parties=(("wijkraad", people),), k=k)
    assert draft.too_few_ever("wijkraad", words("nl")) == said


def test_bart_new_tells_beside_a_party_that_it_is_too_small_for_a_group(tmp_path: Path) -> None:
    options = ("--party", "wijkraad=3", "--party", "wijkmanager=2")
    said = bart(tmp_path, "new", "wijk", *options, language="nl").out
    told = f"2 mensen. Kiest een van hen {OUT_OF_VIEW} 3."
    assert f"wijkmanager: WM-01, WM-02 {told}" in " ".join(said.split())
    assert said.count("alleen als groep") == 1
