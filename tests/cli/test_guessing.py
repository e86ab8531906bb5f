"""A workshop in which people also guess what another fills in, from making it to its report."""

import json
from pathlib import Path

from tests.cli.run import Done, bart

PARTIES = ("--party", "wijkraad=3", "--party", "wijkmanager=1", "--party", "cluster-zorg=3")
NEW = ("new", "wijk", "--set", "wijkprogramma", "--title", "Voorbeeldwijk", *PARTIES)
ABOUT_ALL = ("--guess-about", "wijkraad", "--guess-about", "wijkmanager")


def gathered(root: Path, *rows: str) -> Done:
    path = root / "answers.csv"
    path.write_text("\n".join(("participant,party,item,value,consent", *rows)), "utf-8")
    return bart(root, "gather", "wijk", str(path))


def test_of_one_person_nobody_guesses_without_consent_and_bart_says_how(tmp_path: Path) -> None:
    refused = bart(tmp_path, *NEW, *ABOUT_ALL, language="en")
    assert (refused.code, refused.out) == (2, "")
    assert "--guess-consent wijkmanager" in refused.err
    assert not (tmp_path / "wijk").exists()
    assert bart(tmp_path, *NEW, *ABOUT_ALL, "--guess-consent", "wijkmanager").code == 0
    assert bart(tmp_path, "check", str(tmp_path / "wijk" / "session.yaml")).code == 0


def test_a_set_without_guesses_and_a_party_that_is_not_there_are_refused(tmp_path: Path) -> None:
    other = ("new", "kort", "--set", "wijk-kort", *PARTIES, "--guess-about", "wijkraad")
    assert "wijk-kort" in bart(tmp_path, *other).err
    nobody = bart(tmp_path, *NEW, "--guess-about", "college", language="en")
    assert (nobody.code, "“college”" in nobody.err) == (2, True)
    strange = bart(tmp_path, *NEW, "--guess-about", "De Wijkraad", language="en")
    assert (strange.code, "De Wijkraad" in strange.err) == (2, True)


def test_the_whole_walk_names_apparent_agreement(tmp_path: Path) -> None:
    bart(tmp_path, *NEW, *ABOUT_ALL, "--guess-consent", "wijkmanager")
    told = bart(tmp_path, "answer", "wijk", "WR-01", "--plain", typed="\n")
    assert "Bij 3 vragen raden andere partijen wat jouw partij invult." in told.out
    rows = [f"WR-0{n},wijkraad,plans,on-top,position" for n in (1, 2, 3)]
    rows += [f"WR-0{n},wijkraad,guess-wijkmanager-plans,on-top,position" for n in (1, 2, 3)]
    rows += [f"CL-0{n},cluster-zorg,plans,on-top,group" for n in (1, 2)]
    rows += [f"CL-0{n},cluster-zorg,guess-wijkmanager-plans,apart,group" for n in (1, 2)]
    rows.append("WM-01,wijkmanager,plans,apart,position")
    assert gathered(tmp_path, *rows).code == 0
    not_asked = gathered(tmp_path, "WM-01,wijkmanager,guess-wijkmanager-plans,apart,position")
    assert (not_asked.code, "guess-wijkmanager-plans" in not_asked.err) == (65, True)
    assert bart(tmp_path, "close", "wijk", "--no-input").code == 0
    assert bart(tmp_path, "report", "wijk", "--format", "md,html,json").code == 0
    folder = tmp_path / "wijk" / "report"
    report = " ".join((folder / "appendix.md").read_text("utf-8").split())
    assert (
        "- **Schijnovereenstemming.** De wijkraad verwacht dat de wijkmanager (1 persoon) "
        "hetzelfde ziet, maar de wijkmanager (1 persoon) ziet het anders." in report
    )
    values = json.loads((folder / "report.json").read_text("utf-8"))
    found = [(each["party"], each["about"], each["code"]) for each in values["coorientation"]]
    assert found == [("wijkraad", "wijkmanager", "apparent-agreement")]  # of the cluster too few
    assert [each["item"] for each in values["items"] if "guess" in each["item"]] == []
    assert "Schijnovereenstemming" in (folder / "appendix.html").read_text("utf-8")
