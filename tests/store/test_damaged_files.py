"""T5 of tests/README.md: no damage to a file gives a traceback, loses a good one, or is repaired.

What once went wrong is kept in tests/crashers/ and tried again.
"""

import contextlib
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bart_tool.domain.agreement_checks import check_agreement
from bart_tool.domain.base import LANGUAGES
from bart_tool.domain.checks import check_session, check_sheet
from bart_tool.domain.free_text import harmless
from bart_tool.domain.set_hashes import item_hashes
from bart_tool.errors import BadData, Problem, Severity
from bart_tool.store import (
    plain_file,
    question_sets,
    session_files,
    sessions,
    sheets,
    sheets_csv,
    yaml_text,
)
from bart_tool.store.disk import DiskStore
from bart_tool.wording.messages import problem_text
from tests import crashers
from tests.catalogues import SENTENCES
from tests.figures import figure
from tests.mutator import damaged, misshapen
from tests.workshop import (
    CHOICE_QUESTION,
    MANDATE_QUESTION,
    ROLES_QUESTION,
    TEXT_QUESTION,
    WHO_QUESTION,
    path_of,
    session,
    set_data,
    sheet,
    small_set,
)

TIMES = figure(5_000, 1_000_000)
SECRET = "zeldzaam woord"  # stands in answers; no sentence may quote it

QUESTIONS = (MANDATE_QUESTION, WHO_QUESTION, CHOICE_QUESTION, ROLES_QUESTION, TEXT_QUESTION)
SET = small_set(*QUESTIONS)
PATTERNS = {
    "role-exceeds-mandate": {"roles": "roles", "mandate": "mandate", "decisions": ["spend"]},
    "no-tie-breaker": {"ties": "who"},
    "role-without-task": {"task": "choice", "roles": "roles", "fits": {"plan": ["fixer"]}},
}
SET_DATA = set_data(*QUESTIONS, patterns=PATTERNS)
SESSION = session(
    SET,
    {"wijkraad": 3, "cluster-groen": 1},
    title="Voorbeeldwijk",
    keep_until="2027-03-31",
    decisions={"tree": {"label": {"nl": "boom", "en": "tree"}}},
    sources={"who": {"text": "art. 1", "value": "college"}},
    starred=["who"],
)
SHEET = sheet(
    SESSION,
    "WR-01",
    {
        "who": {"value": "other", "words": SECRET, "certainty": "guess", "note": f"{SECRET}\nx"},
        "mandate/cluster/spend": {"value": "advises", "quote": True, "revision": 12},
        "roles/wijkraad": {"networker": "formal", "fixer": "informal"},
        "words/wijkraad": {"value": f"- {SECRET}: 'é'"},
        "choice/cluster": "dont-know",
    },
)
CSV = f"""participant,party,item,value,certainty,note,quote,consent
WR-01,wijkraad,who,other,guess,"{SECRET}, é",true,position
WR-01,wijkraad,roles/wijkraad,networker:formal;fixer:informal,,,,
WR-02,wijkraad,words/wijkraad,"{SECRET}
twee regels",certain,,,none
CL-01,cluster-groen,mandate/cluster/spend,advises,certain,,0,group
""".replace("\n", "\r\n").encode()


DISCUSSION = (Path(__file__).parent / "fixtures" / "format-1" / "discussion.yaml").read_bytes()
AGREEMENTS = (Path(__file__).parent / "fixtures" / "format-1" / "agreements.yaml").read_bytes()


def check_problems(problems: tuple[Problem, ...], *, may_quote: bool = False) -> None:
    for problem in problems:
        given = {*problem.params, "session"}  # that one is of the verb that says it
        assert fields_of(problem.code) <= given, problem
        for language in LANGUAGES:
            sentence = problem_text(problem, language)
            assert may_quote or SECRET not in sentence
            assert harmless(sentence) == sentence


@cache
def fields_of(code: str) -> set[str]:
    """What the sentence for `code` names."""
    return {name for _, name, _, _ in Formatter().parse(SENTENCES[code]) if name}


def try_sheet(content: bytes) -> None:
    text, problems = plain_file.decode(content, "WR-01.yaml")
    check_problems(problems)
    for file in ("WR-01.yaml", "WR-01.json"):
        if text is not None:
            read, problems = sheets.parse(text, file)
            check_problems(problems)
            assert read is not None or any(each.severity is Severity.ERROR for each in problems)
            if read is not None:
                check_problems(check_sheet(SET, "wijkraad", read))
                assert sheets.parse(sheets.dump(read), "again.yaml") == (read, ())


def try_set(content: bytes) -> None:
    text, problems = plain_file.decode(content, "set.yaml")
    check_problems(problems, may_quote=True)
    if text is not None:
        read, problems = question_sets.parse(text, "set.yaml")
        check_problems(problems, may_quote=True)
        assert (read is None) == any(each.severity is Severity.ERROR for each in problems)
        if read is not None:  # what is called good can be asked and compared
            assert len(read.hash) == 71
            assert all(item_hashes(read).values())


def try_session(content: bytes) -> None:
    text, problems = plain_file.decode(content, "session.yaml")
    check_problems(problems, may_quote=True)
    if text is not None:
        read, problems = session_files.parse_session(text, "session.yaml")
        check_problems(problems, may_quote=True)
        assert (read is None) == any(each.severity is Severity.ERROR for each in problems)
        if read is not None:
            check_problems(check_session(read, SET), may_quote=True)
            again = session_files.parse_session(session_files.dump_session(read), "again.yaml")
            assert again == (read, ())


def try_discussion(content: bytes) -> None:
    text, problems = plain_file.decode(content, "discussion.yaml")
    read = None
    if text is not None:
        read, problems = session_files.parse_discussion(text, "discussion.yaml")
        if read is not None and not problems:
            again = session_files.dump_discussion(read)
            assert session_files.parse_discussion(again, "again.yaml") == (read, ())
    assert read is not None or problems
    check_problems(problems, may_quote=True)


def try_agreements(content: bytes) -> None:
    text, problems = plain_file.decode(content, "agreements.yaml")
    check_problems(problems, may_quote=True)
    if text is not None:
        read, problems = session_files.parse_agreements(text, "agreements.yaml")
        check_problems(problems, may_quote=True)
        assert (read is None) == any(each.severity is Severity.ERROR for each in problems)
        if read is not None:
            for each in read.agreements:
                check_problems(check_agreement(each, SESSION, SET), may_quote=True)
            assert session_files.parse_agreements(
                session_files.dump_agreements(read), "again.yaml"
            ) == (read, ())


def try_csv(content: bytes) -> None:
    text, problems = plain_file.decode(content, "answers.csv")
    check_problems(problems)
    if text is not None:
        read, problems = sheets_csv.parse(
            text, "answers.csv", question_set=SET, session=SESSION, consent="group"
        )
        check_problems(problems)
        for each in read:
            assert check_sheet(SET, SESSION.kind_of[each.party], each) == () or problems
            assert sheets.parse(sheets.dump(each), "again.yaml") == (each, ())


KINDS: dict[str, tuple[Callable[[bytes], None], bytes]] = {
    "sheet": (try_sheet, sheets.dump(SHEET).encode()),
    "form": (try_sheet, SHEET.model_dump_json().encode()),
    "set": (try_set, yaml_text.write(SET_DATA).encode()),
    "session": (try_session, session_files.dump_session(SESSION).encode()),
    "csv": (try_csv, CSV),
    "agreements": (try_agreements, AGREEMENTS),
    "discussion": (try_discussion, DISCUSSION),
}
ENDINGS = dict.fromkeys(KINDS, "yaml") | {"form": "json", "csv": "csv"}
OTHERS = [content for _, content in KINDS.values()]


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_gives_problems_and_never_a_traceback(kind: str, seed: int) -> None:
    check, whole = KINDS[kind]
    check(whole)
    chance = random.Random(seed)
    for _ in range(TIMES):
        content = damaged(whole, chance, OTHERS)
        with crashers.kept(kind, content, ENDINGS[kind]):
            check(content)


SHAPES: dict[str, Any] = {
    "sheet": yaml_text.read(OTHERS[0].decode(), "a")[0],
    "set": yaml_text.read(OTHERS[2].decode(), "a")[0],
    "session": yaml_text.read(OTHERS[3].decode(), "a")[0],
    "agreements": yaml_text.read(AGREEMENTS.decode(), "a")[0],
    "discussion": yaml_text.read(DISCUSSION.decode(), "d")[0],
}


@pytest.mark.parametrize("kind", SHAPES)
def test_a_file_of_the_wrong_shape_gives_problems_and_never_a_traceback(
    kind: str, seed: int
) -> None:
    check, _ = KINDS[kind]
    chance = random.Random(seed)
    for _ in range(TIMES // 5):
        content = yaml_text.write(misshapen(SHAPES[kind].data, chance)).encode()
        with crashers.kept(kind, content, ENDINGS[kind]):
            check(content)


@pytest.mark.parametrize("kind", KINDS)
@given(text=st.text(max_size=200))
def test_any_text_at_all_gives_problems_and_never_a_traceback(kind: str, text: str) -> None:
    check, _ = KINDS[kind]
    content = text.encode("utf-8", "surrogatepass")
    with crashers.kept(kind, content, ENDINGS[kind], name="any-text"):
        check(content)


def test_a_damaged_sheet_among_good_ones_changes_nothing_of_them(tmp_path: Path, seed: int) -> None:
    folder = sessions.create(DiskStore(tmp_path), SESSION, yaml_text.write(SET_DATA))
    good = [sheet(SESSION, code, {"who": "college"}) for code in ("WR-02", "WR-03")]
    for each in good:
        folder.save_sheet(each, None)
    path = path_of(folder) / "sheets" / "WR-01.yaml"
    chance = random.Random(seed)
    for _ in range(TIMES // 5):
        content = damaged(OTHERS[0], chance, OTHERS)
        path.write_bytes(content)
        with crashers.kept("sheet", content, "yaml"):
            found, problems = folder.sheets()
            check_problems(problems)
            assert [each for each in found if each.participant != "WR-01"][-2:] == good
            with contextlib.suppress(BadData):
                folder.sheet("WR-01")
            assert path.read_bytes() == content
    assert sorted(each.name for each in (path_of(folder) / "sheets").glob("[!.]*")) == [
        "WR-01.yaml",
        "WR-02.yaml",
        "WR-03.yaml",
    ]


KEPT = [path for kind in KINDS for path in crashers.of(kind)]


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_what_once_went_wrong_goes_well(path: Path) -> None:
    check, _ = KINDS[path.name.partition("-")[0]]
    check(path.read_bytes())
