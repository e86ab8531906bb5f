"""Municipalities side by side, from what they publish: what is told, and what is passed over."""

import csv
import http.server
import io
import json
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from bart_tool.city import country
from bart_tool.city.country import Cell, Line, Published
from bart_tool.city.files import FORMATS
from bart_tool.city.safe import Told, Wijk, told
from bart_tool.city.sentences import OTHER
from bart_tool.store import published, queries, reports
from tests.benchmarks import whole_country
from tests.city.cities import city
from tests.cli.run import Done, bart
from tests.web.test_https import pair

PLACES = ("Delft", "Gouda", "Rotterdam")
Row = dict[str, str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What three municipalities publish, each in its folder, as bart writes it."""
    root = tmp_path_factory.mktemp("land")
    for name in PLACES:
        sessions = city(root / f"sessions-{name}")
        for path in sessions.rglob("report.json"):
            data = {**json.loads(path.read_text("utf-8")), "municipality": name}
            path.write_text(json.dumps(data), "utf-8")
        done = bart(root, "export", "--city", str(sessions), "--format", "csv,parquet")
        assert done.code == 0, done.err
        (sessions / "_city").rename(root / name)
    return root


def rows(path: Path) -> list[Row]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def put(folder: Path, table: Sequence[Mapping[str, str]], name: str = "city.csv") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, table[0].keys() if table else published.COLUMNS)
        writer.writeheader()
        writer.writerows(table)
    return folder / name


def aside(root: Path, *places: str, language: str = "en") -> Done:
    return bart(root, "city", "--country", *places, language=language)


def of(done: Done, item: str) -> Any:
    (found,) = [each for each in done.json["items"] if each["item"] == item]
    return found


# What is told


def test_what_each_published_is_added_up(made: Path) -> None:
    done = bart(made, "city", "--country", *(str(made / each) for each in PLACES), "--json")
    assert (done.code, done.json["municipalities"]) == (0, list(PLACES))
    upholds = of(done, "upholds-agreement")
    assert (upholds["unclear"], upholds["municipalities"], upholds["wijken"]) == ([3, 105], 3, 117)
    assert upholds["codes"] == {"unknown": [3, 60], "not-assigned": [3, 45], "shared": [3, 12]}
    assert of(done, "clarity")["same"] == [3, 108]
    assert of(done, "role-exceeds-mandate")["seen"] == [3, 48]
    assert of(done, "primary-task/wijk-mt")["municipalities"] == 0


def test_it_is_said_in_words(made: Path) -> None:
    done = aside(made, str(made), language="nl")
    assert done.code == 0, done.err
    assert "3 gemeenten naast elkaar" in done.out
    assert (
        "  Wie zorgt dat het wijkakkoord wordt nagekomen: "
        "in 3 van de 3 gemeenten, in minstens 105 van hun 117 wijken"
    ) in done.out.splitlines()
    assert "zeggenschap? in 3 van de 3" in done.out
    assert "Van geen gemeente te vertellen: De belangrijkste taak van het wijk-MT" in done.out


def test_it_is_written_in_every_format_and_each_says_the_same(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = aside(made, str(made), "--format", "md,html,pdf,json,xlsx", language="nl")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-5:] == [f"country/country.{each}" for each in FORMATS]
    folder = tmp_path / "country"
    text = " ".join((folder / "country.md").read_text("utf-8").split())
    assert text.startswith("# Wat 3 gemeenten zien")
    assert "Dit komt het meest terug: wie zorgt dat het wijkakkoord wordt nagekomen" in text
    assert "in 3 van de 3 gemeenten, in minstens 105 van hun 117 wijken." in text
    assert "niet bekend 3, veel ‘niemand’ of ‘weet ik niet’ 3, gedeeld beeld 3" in text
    assert "Van geen gemeente te vertellen: De belangrijkste taak van het wijk-MT" in text
    assert all(f"{each}" in text for each in PLACES)
    assert (folder / "country.html").read_text("utf-8").count("<figure>") == 1
    assert (folder / "figures" / "map.svg").is_file()
    assert (folder / "country.pdf").read_bytes().startswith(b"%PDF")
    of_json = json.loads((folder / "country.json").read_text("utf-8"))
    said = aside(made, str(made), "--json").json
    assert of_json == said
    book = openpyxl.load_workbook(folder / "country.xlsx")
    head, *found = book["codes"].iter_rows(values_only=True)
    cells = {(row[0], row[2]): [*row[4:6]] for row in found}
    assert head[:3] == ("item", "label", "code")
    assert cells == {
        (each["item"], code): pair for each in said["items"] for code, pair in each["codes"].items()
    }


def test_from_answers_to_a_country(tmp_path: Path) -> None:
    """Each wijk is compared and each municipality told for real; what was planted is told."""
    went, shown = whole_country.whole(tmp_path, 3, wijken=9, people=20, seed=17, at_once=1)
    assert (went.wijken, went.answers > 20_000) == (27, True)
    assert [*shown.municipalities] == [f"Gemeente {number}" for number in range(3)]
    (same,) = (each for each in shown.lines if each.entry == whole_country.SAME)
    alike = sum(map(whole_country.are_alike, range(9)))
    assert (same.same, same.codes["shared"]) == ((3, 3 * alike), (3, 3 * alike))


def test_without_a_format_nothing_is_written(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert aside(made, str(made)).code == 0
    assert "files" not in aside(made, str(made), "--json").json
    assert [*tmp_path.iterdir()] == []
    assert aside(made, str(tmp_path), "--format", "md").code == 66  # no table: no pages
    assert [*tmp_path.iterdir()] == []


def test_csv_and_parquet_say_the_same(made: Path, tmp_path: Path) -> None:
    (one,), _ = published.found([str(made / "Delft" / "city.parquet")])
    (other,), _ = published.found([str(made / "Delft" / "city.csv")])
    assert list(one.rows) == list(other.rows)
    assert len(one.rows) > 10


def test_what_was_asked_otherwise_is_not_added_up(made: Path, tmp_path: Path) -> None:
    for place in PLACES:
        table = rows(made / place / "city.csv")
        for row in table if place == "Gouda" else ():
            row["meaning"] = "sha256:other" if row["item"] == "clarity" else row["meaning"]
        put(tmp_path / place, table)
    done = bart(tmp_path, "city", "--country", str(tmp_path), "--json")
    clarity, upholds = of(done, "clarity"), of(done, "upholds-agreement")
    assert (clarity["asked_otherwise"], clarity["same"]) == (1, [2, 72])
    assert (upholds["asked_otherwise"], upholds["municipalities"]) == (0, 3)
    assert "1 municipality asked it otherwise" in aside(tmp_path, str(tmp_path)).out


def test_an_edition_that_says_nothing_of_its_questions_compares_with_none(
    made: Path, tmp_path: Path
) -> None:
    for place in PLACES:
        put(tmp_path / place, [{**row, "meaning": ""} for row in rows(made / place / "city.csv")])
    done = bart(tmp_path, "city", "--country", str(tmp_path), "--json")
    clarity = of(done, "clarity")
    assert (clarity["municipalities"], clarity["asked_otherwise"], clarity["codes"]) == (0, 3, {})


# What is passed over


def edited(change: Callable[[list[Row]], object]) -> Callable[[list[Row]], list[Row]]:
    def edit(table: list[Row]) -> list[Row]:
        change(table)
        return table

    return edit


def all_of(**cells: str) -> Callable[[list[Row]], list[Row]]:
    return lambda table: [{**row, **cells} for row in table]


WRONG = {
    "This table shows what fewer than 3 wijken say": [
        edited(lambda t: t[0].update(wijken="2", of="5") or t[1].update(wijken="3", of="5")),
        edited(lambda t: t[0].update(of="40")),
        edited(lambda t: t.pop(1)),
        edited(lambda t: t.append(t[0])),
        edited(lambda t: t[0].update(meaning="sha256:other")),
    ],
    "This table is damaged": [
        all_of(wijken="many"),
        all_of(wijken="-3"),
        all_of(edition="yesterday"),
        all_of(item="x" * 1_000),
        lambda table: table * 1_000,
    ],
    "This table is not of one municipality": [
        all_of(municipality=""),
        edited(lambda t: t[0].update(municipality="Gouda")),
    ],
    "Nothing in this table is known": [all_of(item="another"), all_of(code="another")],
    "columns are missing": [lambda table: [{"item": row["item"]} for row in table]],
    "(note) ": [lambda table: table[:0]],
}


@pytest.mark.parametrize(
    ("sentence", "change"), [(said, each) for said, some in WRONG.items() for each in some]
)
def test_a_table_that_cannot_count_is_passed_over_in_one_sentence(
    sentence: str, change: Callable[[list[Row]], list[Row]], made: Path, tmp_path: Path
) -> None:
    wrong = put(tmp_path / "wrong", change(rows(made / "Delft" / "city.csv")))
    done = aside(tmp_path, str(made / "Gouda"), str(wrong))
    said = done.err.splitlines()[1:]
    assert (done.code, len(said)) == (0 if "note" in sentence else 65, 1), done.err
    assert sentence in said[0]
    assert str(wrong) in said[0]
    assert "1 municipality side by side" in done.out


@pytest.mark.parametrize(
    "content", [b"", b"PAR1", b"PAR1" + b"\0" * 500 + b"PAR1", b"\xff\xfe\0", b'"', b"a\0b\n"]
)
def test_any_bytes_are_read_or_refused_in_one_sentence(
    content: bytes, made: Path, tmp_path: Path
) -> None:
    (tmp_path / "city.csv").write_bytes(content)
    cut = (made / "Delft" / "city.parquet").read_bytes()
    (tmp_path / "cut-city.parquet").write_bytes(cut[: len(cut) // 2] + cut[len(cut) // 2 + 9 :])
    done = aside(tmp_path, str(tmp_path), str(made / "Gouda"))
    assert (done.code, len(done.err.splitlines())) == (65, 3), done.err


def test_a_table_that_unfolds_to_millions_of_rows_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "city.parquet"
    columns = ", ".join(f"'3' AS {each}" for each in queries_columns())
    with duckdb.connect() as base:
        base.execute(f"COPY (SELECT {columns} FROM range(30000000)) TO '{path}' (FORMAT parquet)")
    assert path.stat().st_size < published.MOST
    begin = time.monotonic()
    assert published.found([str(path)])[1][0].code == "published-damaged"
    assert time.monotonic() - begin < 20


def queries_columns() -> list[str]:
    return [f'"{each}"' for each in published.COLUMNS]


def test_a_municipality_counts_once_by_its_newest_table(made: Path, tmp_path: Path) -> None:
    table = rows(made / "Delft" / "city.csv")
    put(tmp_path, table, "delft-city.csv")
    put(tmp_path, all_of(edition="2026-01-01", municipality=" delft")(table), "old-city.csv")
    done = aside(tmp_path, str(tmp_path))
    assert (done.code, "more than one table" in done.err, "delft-city.csv." in done.err) == (
        0,
        True,
        True,
    )
    swapped = {"shared": "gap", "gap": "shared"}
    other = [{**row, "code": swapped.get(row["code"], row["code"])} for row in table]
    put(tmp_path, other, "other-city.csv")
    done = aside(tmp_path, str(tmp_path), str(made / "Gouda"))
    assert (done.code, "do not say the same" in done.err) == (65, True)
    assert "1 municipality side by side" in done.out


def test_what_is_asked_for_wrongly_is_told(made: Path, tmp_path: Path) -> None:
    for args, code in (
        (("--country", str(made), "--round", "1"), 2),
        (("--country", str(made), "--format", "docx"), 2),
        (("--country",), 2),
        ((str(made), str(made)), 2),
        (("--country", str(tmp_path)), 66),
        (("--country", str(tmp_path / "nowhere.csv")), 66),
    ):
        done = bart(tmp_path, "city", *args)
        assert done.code == code, (args, done.err)


def test_without_duckdb_it_is_said_what_to_install(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "find_spec", lambda _: None)
    done = aside(made, str(made))
    assert (done.code, done.err.count("\n")) == (73, 1)
    assert ".[city]" in done.err


# By address


@pytest.fixture
def address(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], str]]:
    """Gives the address of a file of these municipalities, on a server of this machine."""

    gone = threading.Event()

    class Handler(http.server.SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/elsewhere":
                self.send_response(302)
                self.send_header("Location", f"http://localhost:{self.server.server_port}/x")
                self.end_headers()
            elif self.path == "/large":
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"x" * (published.MOST + 70_000))
            elif self.path == "/slow":
                self.send_response(200)
                self.end_headers()
                while not gone.wait(0.1):  # a sign at a time, and never all
                    self.wfile.write(b"x")
            else:
                super().do_GET()

        def log_message(self, *_: object) -> None:
            pass

    cert, key = pair(tmp_path / "certificate")
    server = http.server.ThreadingHTTPServer(
        ("localhost", 0), partial(Handler, directory=str(made))
    )
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    monkeypatch.setenv("no_proxy", "localhost")
    yield lambda path: f"https://localhost:{server.server_port}/{path}"
    gone.set()
    server.shutdown()
    server.server_close()


def test_tables_are_read_by_address(made: Path, address: Callable[[str], str]) -> None:
    places = [address("Delft/city.parquet"), address("Gouda/city.csv"), str(made / "Rotterdam")]
    done = aside(made, *places)
    assert (done.code, done.err) == (0, "")
    assert done.out == aside(made, str(made)).out


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("none.csv", "but number 404"),
        ("elsewhere", "No answer came"),
        ("large", "larger than"),
        ("slow", "No answer came"),
    ],
)
def test_what_cannot_be_fetched_is_told_in_one_sentence(
    path: str,
    sentence: str,
    made: Path,
    address: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if path == "slow":
        monkeypatch.setattr(published, "_SECONDS", 0.3)
    done = aside(made, address(path), str(made / "Gouda"))
    assert (done.code, len(done.err.splitlines())) == (65, 2), done.err
    assert sentence in done.err


def test_only_https_with_a_certificate_that_holds_is_asked(
    made: Path, address: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = address("Delft/city.csv")
    monkeypatch.delenv("SSL_CERT_FILE")
    for place, sentence in (
        (url, "cannot be trusted"),
        (url.replace("https", "http"), "must begin with https://"),
        ((made / "Delft" / "city.csv").as_uri(), "must begin with https://"),
        ("https://[", "No answer came"),
    ):
        done = aside(made, place)
        assert (done.code, sentence in done.err) == (66, True), done.err


# Who knows a wijk, or a whole municipality, is sure of no wijk more than by the tables

CODES = ("gap", "shared", "nuance")  # something to talk about, seen the same, and neither
SIZES = ((6, 6), (7, 6), (8, 7), (9, 6))
Numbers = tuple[int, ...]
Say = Callable[[Numbers, Numbers], object]


def numbers(wijken: int) -> list[Numbers]:
    every = product(range(wijken + 1), repeat=len(CODES))
    return [each for each in every if sum(each) == wijken]


def table_of(name: str, found: Numbers) -> tuple[Cell, ...]:
    codes = [code for code, times in zip(CODES, found, strict=True) for _ in range(times)]
    made: Told | None = told({Wijk(name, str(place)): code for place, code in enumerate(codes)})
    if made is None:
        return ()
    cells = [*made.alone, *([(OTHER, made.other)] if made.other else [])]
    same = {"municipality": name, "edition": "2026-11-29", "item": "clarity", "meaning": "h"}
    return tuple(Cell(**same, code=code, wijken=n, of=made.wijken) for code, n in cells)


def as_told(p: Numbers, q: Numbers) -> Line:
    """What bart says of the two, by its own queries."""
    tables = [table_of("P", p), table_of("Q", q)]
    if tuple(tables) not in SAID:
        counted = [Published(t[0].municipality, "", t) for t in tables if t]
        SAID[tuple(tables)] = country.lines(counted, LISTED)[0] if counted else Line("clarity")
    return SAID[tuple(tables)]


LISTED = reports.listed()
SAID: dict[object, Line] = {}


def in_truth(p: Numbers, q: Numbers) -> object:
    """What adding up all wijken would say, told or not."""
    return tuple(map(sum, zip(p, q, strict=True)))


def sure(say: Say) -> int:
    """In how many cases who knows all of P, and what is said of both, is sure of a wijk of Q."""
    cases = 0
    for first, second in SIZES:
        left: dict[object, set[str]] = defaultdict(set)
        for p, q in product(numbers(first), numbers(second)):
            left[p, str(say(p, q))] |= {code for code, n in zip(CODES, q, strict=True) if n}
        cases += sum(len(codes) == 1 for codes in left.values())
    return cases


def test_who_knows_a_whole_municipality_is_sure_of_no_wijk_elsewhere() -> None:
    assert sure(as_told) == 0
    assert sure(lambda p, q: (as_told(p, q), table_of("P", p), table_of("Q", q))) == 0
    assert len(SAID) > 100


def test_adding_up_what_was_not_told_would_tell() -> None:
    """The test bites: it finds what it looks for."""
    assert sure(in_truth) > 100


def test_who_knows_one_wijk_and_all_tables_is_sure_of_no_other() -> None:
    for first, second in SIZES:
        near: dict[object, set[str]] = defaultdict(set)  # other wijken of P
        far: dict[object, set[str]] = defaultdict(set)  # those of Q
        for p, q in product(numbers(first), numbers(second)):
            said = str((as_told(p, q), table_of("P", p), table_of("Q", q)))
            for place, own in enumerate(CODES):
                if p[place]:
                    others = [n - (at == place) for at, n in enumerate(p)]
                    near[own, said] |= {c for c, n in zip(CODES, others, strict=True) if n}
                    far[own, said] |= {c for c, n in zip(CODES, q, strict=True) if n}
        assert min(map(len, near.values())) > 1
        assert min(map(len, far.values())) > 1
