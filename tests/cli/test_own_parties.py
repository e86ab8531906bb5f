"""A workshop of any organisation, its parties named on the command line."""

from pathlib import Path

from tests.cli.run import bart

PARTIES = ("--party", "verpleging=2", "--party", "staf=1", "--party", "leiding=1")
CALLED = ("--label", "verpleging=de verpleging", "--label", "leiding=de teamleiding")


def made(root: Path) -> Path:
    done = bart(root, "new", "zorg", "--set", "bart-basis", *PARTIES, *CALLED, "--title", "Noord")
    assert done.code == 0, done.err
    return root / "zorg"


def test_the_whole_walk_from_names_to_report(tmp_path: Path) -> None:
    folder = made(tmp_path)
    assert (
        "verpleging: P-01, P-02\n"
        in bart(tmp_path, "new", "b", "--set", "bart-basis", *PARTIES, *CALLED).out
    )
    form = bart(tmp_path, "form", "zorg", "P-01")
    assert form.code == 0
    page = (folder / "forms" / "P-01.html").read_text("utf-8")
    assert "Wat is de belangrijkste taak van de teamleiding?" in page
    assert "taak van een partij" not in page
    rows = ["participant,party,item,value,certainty,note,quote"]
    for code, party in (("P-01", "verpleging"), ("P-02", "verpleging"), ("P-03", "staf")):
        rows.append(f"{code},{party},ties-broken-by,{party},,,")
        rows.append(f"{code},{party},mandate/{party}/staffing,decides,,,")
    rows.append("P-04,leiding,mandate/staf/staffing,informed,,,")
    answers = tmp_path / "answers.csv"
    answers.write_text("\n".join(rows), "utf-8")
    gathered = bart(tmp_path, "gather", "zorg", str(answers), "--consent", "position")
    assert gathered.code == 0, gathered.err
    assert bart(tmp_path, "close", "zorg", "--no-input").code == 0
    assert bart(tmp_path, "report", "zorg").code == 0
    report = " ".join((folder / "report" / "report.md").read_text("utf-8").split())
    appendix = (folder / "report" / "appendix.md").read_text("utf-8")
    assert "de verpleging (2 van 2)" in appendix
    assert "| Inzet van mensen |" in appendix
    assert "zeggen allebei van zichzelf: wij beslissen" in report
    assert bart(tmp_path, "check", str(folder / "session.yaml")).code == 0


def test_a_name_that_means_something_in_the_set_is_refused_and_nothing_is_made(
    tmp_path: Path,
) -> None:
    done = bart(tmp_path, "new", "zorg", "--set", "bart-basis", "--party", "clients=2")
    assert done.code == 2
    assert "clients" in done.err
    assert not (tmp_path / "zorg").exists()


def test_step_by_step_the_parties_are_asked_by_name(tmp_path: Path) -> None:
    typed = "Noord\nnoord\nbart-basis\nde verpleging\n2\nhet bestuur\n1\n\nnee\nja\n"
    done = bart(tmp_path, "new", language="nl", typed=typed)
    assert done.code == 0, done.err
    assert "verpleging: P-01, P-02\n" in done.out
    assert "bestuur: P-03\n" in done.out


def test_a_loose_sheet_does_not_know_the_parties_and_says_what_to_do(tmp_path: Path) -> None:
    loose = tmp_path / "blad.yaml"
    away = ("answer", "elders", "P-01", "--sheet", str(loose), "--set", "bart-basis", "--plain")
    refused = bart(tmp_path, *away, "--party", "verpleging", language="en", typed="\n")
    assert (refused.code, refused.out, loose.exists()) == (65, "", False)
    assert "bart form elders CODE" in refused.err
