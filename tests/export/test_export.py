"""`bart export`: the tables say what the report says, as figures and text, and nothing more."""

import csv
import errno
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bart_tool.export import files
from bart_tool.store import atomic
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.agree import agree
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.open_session import open_session
from tests.city.cities import city
from tests.cli.run import bart
from tests.cli.some_session import answered, closed, listing
from tests.disclosure.test_all_that_is_published import DRAFT, TODAY

ALL = ("--format", "csv,xlsx")
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sessions")
    make_demo(DiskStore(root))
    opened = open_session(DiskStore(root), "demo")
    agree(opened, DRAFT.changed(topic="ties-broken-by", sentence="=1+1"), TODAY)
    assert bart(root, "report", "demo").code == 0
    assert bart(root, "export", "demo", *ALL, language="nl").code == 0
    return root / "demo" / "report"


def rows(demo: Path, name: str) -> Rows:
    text = (demo / "export" / f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def contents(tables: Path) -> dict[str, bytes]:
    there = (path for path in tables.iterdir() if not path.name.startswith("."))
    return {path.name: path.read_bytes() for path in there}


def report(demo: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((demo / "report.json").read_text("utf-8"))
    return read


def test_every_item_has_its_code_and_distance(demo: Path) -> None:
    said = [(each["item"], each["code"], each["distance"]) for each in report(demo)["items"]]
    found = [
        (each["item"], each["code"] or None, float(each["distance"]) if each["distance"] else None)
        for each in rows(demo, "findings")
    ]
    assert found == said


def test_every_position_is_the_one_of_the_report(demo: Path) -> None:
    def figure(text: str) -> float | None:
        return float(text) if text else None

    found = {(each["item"], each["party"]): each for each in rows(demo, "positions")}
    said = {(i["item"], p["party"]): p for i in report(demo)["items"] for p in i["positions"]}
    assert found.keys() == said.keys()
    for key, position in said.items():
        assert found[key]["standing"] == position["standing"]
        assert figure(found[key]["median"]) == position.get("median")
        assert figure(found[key]["n"]) == position.get("n")
        if "top" in position:
            assert found[key]["position"] == ";".join(position["top"])


def test_counts_are_those_of_open_parties_alone(demo: Path) -> None:
    found: dict[tuple[str, str], dict[str, int]] = {}
    for each in rows(demo, "counts"):
        found.setdefault((each["item"], each["party"]), {})[each["answer"]] = int(each["people"])
    said = {
        (i["item"], p["party"]): {
            answer: n for answer, n in {**p["counts"], "dont-know": p["dont_know"]}.items() if n
        }
        for i in report(demo)["items"]
        for p in i["positions"]
        if p.get("counts") is not None
    }
    assert found == {key: counts for key, counts in said.items() if counts}
    groups = {p["party"] for p in report(demo)["parties"] if p["visibility"] != "position"}
    assert groups
    assert not groups & {party for _, party in found}
    assert not groups & {each["party"] for each in rows(demo, "tags")}


def test_every_key_that_refers_stands_in_the_codebook(demo: Path) -> None:
    known = {(each["list"], each["key"]) for each in rows(demo, "codebook")}
    metadata = json.loads((demo / "export" / "csv-metadata.json").read_text("utf-8"))
    names = [each["url"].removesuffix(".csv") for each in metadata["tables"]]
    for name in names:
        assert ("table", name) in known
        for each in metadata["tables"][names.index(name)]["tableSchema"]["columns"]:
            assert ("column", f"{name}.{each['name']}") in known
    lists = {each["item"]: each["answers"] for each in rows(demo, "findings")}
    for name, column, of in (
        ("findings", "item", "item"),
        ("findings", "boundary", "boundary"),
        ("findings", "tense", "tense"),
        ("findings", "subject", "subject"),
        ("findings", "object", "object"),
        ("findings", "code", "code"),
        ("positions", "party", "party"),
        ("positions", "standing", "standing"),
        ("decisions", "decision", "object"),
        ("patterns", "pattern", "pattern"),
        ("tags", "tag", "tag"),
        ("parties", "visibility", "visibility"),
        ("agreements", "mandate", "mandate"),
    ):
        used = {each[column] for each in rows(demo, name)} - {""}
        assert {(of, key) for key in used} <= known, (name, column)
    for each in rows(demo, "counts"):
        options = {(lists[each["item"]], each["answer"]), ("answer", each["answer"])}
        assert options & known, each


def test_the_codebook_says_everything_in_both_languages(demo: Path) -> None:
    said = rows(demo, "codebook")
    assert len({(each["list"], each["key"]) for each in said}) == len(said)
    for each in said:
        assert bool(each["label_nl"]) == bool(each["label_en"]), each
        assert bool(each["meaning_nl"]) == bool(each["meaning_en"]), each
        assert each["label_nl"] or each["meaning_nl"], each
    (level,) = [s for s in said if (s["list"], s["key"]) == ("mandate", "decides")]
    assert (level["level"], level["label_nl"], level["label_en"]) == ("4", "Beslist", "Decides")


def test_a_figure_is_a_figure_and_a_text_never_reckons(demo: Path) -> None:
    book = openpyxl.load_workbook(demo / "export" / "findings.xlsx")
    distance = [cell.value for cell in book["findings"]["K"][1:]]
    assert book["findings"]["K1"].value == "distance"
    assert {type(value) for value in distance} <= {int, float, type(None)}
    sentence = book["agreements"]["D2"]
    assert (sentence.value, sentence.data_type) == ("=1+1", "s")
    for sheet in book:
        assert [c.coordinate for row in sheet for c in row if c.data_type == "f"] == []
    assert [each["sentence"] for each in rows(demo, "agreements")] == ["'=1+1"]
    shown = {c.value for c in book["codebook"]["B"]}
    assert "decides" in shown


def test_the_same_findings_give_the_same_bytes(demo: Path) -> None:
    there = sorted((demo / "export").iterdir())
    before = {path: path.read_bytes() for path in there}
    assert bart(demo.parents[1], "export", "demo", *ALL, language="nl").code == 0
    assert {path: path.read_bytes() for path in there} == before


def test_a_program_reads_where_it_is_and_how_much(demo: Path) -> None:
    said = bart(demo.parents[1], "export", "demo", "--json", "--no-input").json
    assert set(said) == {"session", "round", "files", "tables"}
    assert said["tables"]["findings"] == len(report(demo)["items"])
    assert all(Path(each).is_file() for each in said["files"])


def test_parquet_has_the_same_values_with_their_types(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pip install -e '.[parquet]'")
    make_demo(DiskStore(tmp_path))
    assert bart(tmp_path, "export", "demo", "--format", "csv,parquet").code == 0
    report = tmp_path / "demo" / "report"
    for name in ("findings", "positions", "counts", "decisions", "agenda", "session", "guesses"):
        read = parquet.read_table(report / "export" / f"{name}.parquet")
        kinds = {field.name: str(field.type) for field in read.schema}
        assert all(field.metadata[b"description"] for field in read.schema)
        for each, said in zip(read.to_pylist(), rows(report, name), strict=True):
            assert each.keys() == said.keys()
            for column, text in said.items():
                assert as_typed(text.removeprefix("'"), kinds[column]) == each[column], column
    assert parquet.read_schema(report / "export" / "agenda.parquet").field(3).type == "bool"


def as_typed(text: str, kind: str) -> object:
    if not text:
        return None
    if kind.startswith("list"):
        return text.split(";")
    return {"int64": int, "double": float, "bool": lambda said: said == "true"}.get(kind, str)(text)


# When it cannot be


def test_before_closing_nothing_is_exported(tmp_path: Path) -> None:
    folder = answered(tmp_path)
    before = listing(folder)
    done = bart(tmp_path, "export", "wijk")
    assert (done.code, done.out, done.err.count("\n")) == (77, "", 1)
    assert listing(folder) == before


@pytest.mark.parametrize("args", [("wijk", "--format", "ods"), (), ("wijk", "--city", ".")])
def test_what_cannot_be_asked_is_wrong_use(tmp_path: Path, args: tuple[str, ...]) -> None:
    closed(tmp_path)
    done = bart(tmp_path, "export", *args)
    assert (done.code, done.out) == (2, "")


def test_what_is_not_installed_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = closed(tmp_path)
    monkeypatch.setattr(files, "find_spec", lambda _: None)
    done = bart(tmp_path, "export", "wijk", *ALL, language="en")
    assert (done.code, done.err.count("\n")) == (73, 1)
    assert '".[xlsx]"' in done.err
    assert not (folder / "report").exists()


def test_on_a_full_disk_the_tables_of_before_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = closed(tmp_path)
    assert bart(tmp_path, "export", "wijk", *ALL, language="nl").code == 0
    tables = folder / "report" / "export"
    before = contents(tables)
    real, left = atomic._write_new, iter(range(3))

    def full(*args: Any, **more: Any) -> Any:
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, "full")
        return real(*args, **more)

    monkeypatch.setattr(atomic, "_write_new", full)
    done = bart(tmp_path, "export", "wijk", *ALL, language="en")
    assert (done.code, done.err.count("\n")) == (74, 1)
    assert contents(tables) == before


def test_where_temporary_files_have_no_room_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = closed(tmp_path)

    def full(*_: Any, **__: Any) -> Any:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("openpyxl.worksheet._writer.NamedTemporaryFile", full)
    done = bart(tmp_path, "export", "wijk", language="en")
    assert (done.code, done.err.count("\n")) == (74, 1)
    assert "the disk is full" in done.err
    assert not (folder / "report").exists()


def test_when_somebody_is_erased_or_the_round_opens_no_old_table_stays(tmp_path: Path) -> None:
    folder = closed(tmp_path)
    bart(tmp_path, "export", "wijk", *ALL)
    assert bart(tmp_path, "erase", "wijk", "WR-02", "--yes").code == 0
    tables = folder / "report" / "export"
    assert contents(tables) == {}
    bart(tmp_path, "export", "wijk", "--format", "csv")
    assert bart(tmp_path, "reopen", "wijk", "WR-01").code == 0
    assert "true" in (folder / "session.yaml").read_text("utf-8").split("report_out_of_date")[1]
    assert bart(tmp_path, "close", "wijk", "--yes").code == 0
    assert bart(tmp_path, "report", "wijk").code == 0
    assert contents(tables) == {}


def test_an_earlier_round_is_exported_in_its_own_folder(tmp_path: Path) -> None:
    make_demo(DiskStore(tmp_path))
    opened = open_session(DiskStore(tmp_path), "demo")
    agree(opened, DRAFT.changed(topic="ties-broken-by"), TODAY)
    assert bart(tmp_path, "follow-up", "demo", "--yes").code == 0
    assert bart(tmp_path, "export", "demo").code == 77
    done = bart(tmp_path, "export", "demo", "--round", "1", "--format", "csv")
    assert done.code == 0, done.err
    there = tmp_path / "demo" / "rounds" / "1" / "report" / "export"
    assert (there / "findings.csv").is_file()


# A city


def test_of_a_city_only_what_its_pages_tell(tmp_path: Path) -> None:
    city(tmp_path)
    done = bart(tmp_path, "export", "--city", str(tmp_path), *ALL, language="nl")
    assert done.code == 0, done.err
    assert bart(tmp_path, "city", str(tmp_path), language="nl").code == 0
    told = json.loads((tmp_path / "_city" / "city.json").read_text("utf-8"))
    said = {
        (each["item"], code): number
        for each in (*told["items"], *told["patterns"])
        if each["told"]
        for code, number in (
            *each["told"]["codes"].items(),
            *([("other", each["told"]["other"])] if each["told"]["other"] else []),
        )
    }
    text = (tmp_path / "_city" / "city.csv").read_text("utf-8")
    found = {(r["item"], r["code"]): int(r["wijken"]) for r in csv.DictReader(io.StringIO(text))}
    assert found == said
    book = openpyxl.load_workbook(tmp_path / "_city" / "city.xlsx")
    assert all(type(cell.value) is int for cell in book["city"]["E"][1:])


def test_a_city_of_which_what_was_told_is_lost_is_not_told_anew(tmp_path: Path) -> None:
    city(tmp_path)
    assert bart(tmp_path, "export", "--city", str(tmp_path), "--format", "csv").code == 0
    (tmp_path / "_city" / "private" / "editions.yaml").unlink()
    done = bart(tmp_path, "export", "--city", str(tmp_path), "--format", "csv")
    assert (done.code, done.err.count("\n")) == (65, 1)
