"""YAML is read as text, strictly, and written so that every reader agrees on it."""

import json
import tracemalloc

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bart_tool.store import yaml_text

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__)
def _each_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With and without the C library: some machines lack it."""
    monkeypatch.setattr(yaml_text, "_LOADER", request.param)


def read(text: str) -> object:
    document, problems = yaml_text.read(text, "file.yaml")
    assert problems == ()
    assert document is not None
    return document.data


def problems_in(text: str) -> list[tuple[str, int | None]]:
    return [(each.code, each.where.line) for each in yaml_text.read(text, "file.yaml")[1]]


@pytest.mark.usefixtures("_each_parser")
class TestReading:
    def test_every_scalar_is_the_text_that_stands_there(self) -> None:
        text = "[no, Yes, 12:30, 0123, 0x1F, 1e3, 2026-03-18, ~, null, .inf, 1_000, '', on]"
        assert read(text) == text[1:-1].replace("''", "").split(", ")

    def test_an_empty_scalar_is_empty_text(self) -> None:
        assert read("note:\nwords: ''\n") == {"note": "", "words": ""}

    def test_a_byte_order_mark_is_no_part_of_the_text(self) -> None:
        assert read("\ufeffa: b\n") == {"a": "b"}

    def test_repeated_keys_are_problems_at_the_second(self) -> None:
        assert problems_in("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n") == [
            ("duplicate-key", 4),
            ("duplicate-key", 5),
        ]

    def test_anchors_aliases_and_tags_are_problems_and_reading_goes_on(self) -> None:
        assert problems_in("a: &x 1\nb: *x\nc: !!int 2\nd: ! e\n<<: *x\n") == [
            ("yaml-alias", 1),
            ("yaml-alias", 2),
            ("yaml-tag", 3),
            ("yaml-tag", 4),
            ("yaml-alias", 5),
        ]

    @pytest.mark.parametrize(
        ("text", "code", "line"),
        [
            ("a: [1\nb: 2\n", "yaml-syntax", 2),
            ("a: b: c\n", "yaml-syntax", 1),
            ("a: 1\n---\nb: 2\n", "yaml-many-documents", 2),
            ("? [a]\n: 1\n", "yaml-complex-key", 1),
            ("a: 1\n" + "[" * 13 + "]" * 13, "yaml-syntax", 2),
            ("[" * 13 + "]" * 13, "yaml-too-deep", 1),
            ("", "file-empty", None),
            (" \n\n", "file-empty", None),
            ("# only a remark\n", "file-empty", None),
            ("a: \x00\n", "yaml-syntax", None),
            ("a: \ud800\n", "yaml-syntax", None),
            ('a: "\\ud800"\n', "yaml-syntax", None),
            ('a: "\\UFFFFFFFF"\n', "yaml-syntax", None),
        ],
    )
    def test_what_cannot_be_read_is_one_problem(
        self, text: str, code: str, line: int | None
    ) -> None:
        document, problems = yaml_text.read(text, "file.yaml")
        assert document is None
        assert [each.code for each in problems] == [code]
        if line is not None:
            assert problems[0].where.line == line

    def test_a_billion_laughs_stay_small(self) -> None:
        rows = ["a: &a [ha, ha, ha]", *(f"{y}: &{y} [*{x}, *{x}, *{x}]" for x, y in ("ab", "bc"))]
        document, problems = yaml_text.read("\n".join(rows), "file.yaml")
        assert document is not None
        assert document.data["c"] == ["", "", ""]
        assert {each.code for each in problems} == {"yaml-alias"}

    def test_every_value_knows_its_line(self) -> None:
        text = "a:\n  - b: 1\n    c:\n      - x\n      - y\n\n  - {d: 2,\n     e: 3}\nf: g\n"
        document, _ = yaml_text.read(text, "file.yaml")
        assert document is not None
        lines = {
            (): 1,
            ("a",): 1,
            ("a", 0): 2,
            ("a", 0, "b"): 2,
            ("a", 0, "c"): 3,
            ("a", 0, "c", 0): 4,
            ("a", 0, "c", 1): 5,
            ("a", 1): 7,
            ("a", 1, "e"): 8,
            ("f",): 9,
            ("a", 1, "not there", "nor this"): 7,
        }
        assert {path: document.line(*path) for path in lines} == lines


def test_json_is_read_as_strictly() -> None:
    text = '{"a": [1, 2.50, true, null, "no"], "e\\u0301": "\\ud83d\\ude00"}'
    document, problems = yaml_text.read_json(text, "form.json")
    assert problems == ()
    assert document is not None
    assert document.data == {"a": ["1", "2.50", "true", "", "no"], "e\u0301": "😀"}
    assert document.line("a") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a": 1,\n "a": 2}', "duplicate-key"),
        ('{"a": 1,\n', "json-syntax"),
        ("[" * 13 + "]" * 13, "yaml-too-deep"),
        ("[" * 100_000, "yaml-too-deep"),
        ('{"a": "\\ud800"}', "json-syntax"),
        ("", "file-empty"),
    ],
)
def test_broken_json_is_one_problem(text: str, code: str) -> None:
    assert [each.code for each in yaml_text.read_json(text, "form.json")[1]] == [code]


words = st.text() | st.text(alphabet="ab \n\t#:-'\"|>&*!%@`é\u2028\x85\x00\r")
values = st.recursive(
    words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(words, values, min_size=1, max_size=4))
def test_what_is_written_is_read_back_by_every_reader(data: object) -> None:
    text = yaml_text.write(data)
    assert text.encode("utf-8").decode("utf-8") == text
    assert b"".join(yaml_text.in_lines(data)) == text.encode("utf-8")
    document, problems = yaml_text.read(text, "file.yaml")
    assert problems == ()
    assert document is not None
    assert document.data == data
    for loader in LOADERS:
        assert yaml.load(text, Loader=loader) == data


def test_written_files_read_well() -> None:
    data = {"format": 1, "quote": True, "no": "yes", "note": "one\ntwo", "list": [{"a": "b"}, []]}
    assert yaml_text.write(data) == (
        'format: 1\nquote: true\n"no": "yes"\nnote: |-\n  one\n  two\nlist:\n  - a: "b"\n  - []\n'
    )
    assert yaml.safe_load(yaml_text.write(data)) == data


def test_bytes_are_written_as_digits_and_never_held_together() -> None:
    short = {"marks": {"a": b"\x00\x1f", "b": b""}, "list": [b"\xff"]}
    assert yaml_text.write(short) == 'marks:\n  a: "001f"\n  b: ""\nlist:\n  - "ff"\n'
    long = {f"item-{number}": bytes(50_000) for number in range(40)}
    tracemalloc.start()
    try:
        written = sum(len(line) for line in yaml_text.in_lines(long))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert written > 40 * 100_000
    assert most < 5 * 100_000


def test_half_a_surrogate_pair_never_reaches_the_disk() -> None:
    assert yaml_text.write({"a": "x\ud800y"}).encode("utf-8") == 'a: "x\ufffdy"\n'.encode()


def test_json_that_python_writes_is_read_back() -> None:
    data = {"a": "é\n\u2028😀", "b": {"c": ["x"]}}
    document, _ = yaml_text.read_json(json.dumps(data), "form.json")
    assert document is not None
    assert document.data == data
