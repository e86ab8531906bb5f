"""agreements.yaml keeps what was agreed, and says of a bad one in which line and what to do."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bart_tool.domain.agreement import Agreement, Agreements, Assent, Check, Unagreed, Withdrawal
from bart_tool.domain.base import LANGUAGES
from bart_tool.errors import BadData, Busy
from bart_tool.store import session_files
from bart_tool.store.disk import session_in
from bart_tool.wording.messages import problem_text

WHOLE = (Path(__file__).parent / "fixtures" / "format-1" / "agreements.yaml").read_text("utf-8")


def test_what_is_saved_is_read_back_with_a_fingerprint(tmp_path: Path) -> None:
    folder = session_in(tmp_path)
    assert folder.agreements() == (Agreements(), None)
    kept, problems = session_files.parse_agreements(WHOLE, "agreements.yaml")
    assert problems == ()
    assert kept is not None
    fingerprint = folder.save_agreements(kept, None)
    assert folder.agreements() == (kept, fingerprint)
    assert (tmp_path / "agreements.yaml").read_text("utf-8") == WHOLE
    with pytest.raises(Busy):
        folder.save_agreements(Agreements(), None)
    with pytest.raises(Busy):
        folder.save_agreements(Agreements(), "an older fingerprint")
    assert folder.agreements() == (kept, fingerprint)


# What a person may get wrong -> the code that says so, and the words of its line.
BAD = {
    "a date in words": ('check_on: "2026-03-31"', "check_on: 31 maart", "expected-date"),
    "a day that is not there": ('"2026-03-31"', '"2026-02-30"', "expected-date"),
    "a moment for a day": ('"on": "2026-04-02"', '"on": "2026-04-02T10:00:00"', "expected-date"),
    "a number for a day": ('"on": "2026-04-02"', '"on": "1700000000"', "expected-date"),
    "an unknown status": ('"submitted"', '"promised"', "expected-one-of"),
    "an unknown outcome": ('kept: "partly"', 'kept: "perhaps"', "expected-one-of"),
    "a key misspelt": ("written_in:", "writen_in:", "unknown-key-like"),
    "a strange key": ("owner:", "colour:", "unknown-key"),
    "a person for a position": ('owner: "wijkraad"', 'owner: "De Baas"', "bad-id"),
    "no sentence": ('    sentence: "Wie de knoop doorhakt', '    # sentence: "', "missing-key"),
    "twice the same id": ('- id: "a-3"', '- id: "a-1"', "duplicate-id"),
    "a party as a word": ('- party: "wijkraad"', '- "wijkraad"', "expected-map"),
    "a round in words": ("round: 2", "round: two", "expected-whole-number"),
    "a round of nothing": ("round: 2", "round: 0", "number-too-small"),
    "a count below nothing": ("given: 3", "given: -3", "expected-whole-number"),
    "another kind": ('kind: "agreements"', 'kind: "people"', "wrong-kind"),
    "another format": ("format: 1", "format: 0", "unknown-format"),
    "a newer format": ("format: 1", "format: 2", "newer-format"),
    "a list as text": (
        WHOLE[WHOLE.index("agreements:\n") :],
        "agreements: geen\n",
        "expected-list",
    ),
    "text too long": ("zolang het", "zolang " * 150, "text-too-long"),
}


@pytest.mark.parametrize("bad", BAD)
def test_of_a_bad_file_the_line_and_the_remedy_are_named(bad: str, tmp_path: Path) -> None:
    good, instead, code = BAD[bad]
    assert good in WHOLE
    text = WHOLE.replace(good, instead, 1)
    kept, problems = session_files.parse_agreements(text, "agreements.yaml")
    assert kept is None
    assert [each.code for each in problems] == [code]
    line = problems[0].where.line
    assert line is not None
    at = WHOLE[: WHOLE.index(good)].count("\n") + 1
    assert line == at if code != "missing-key" else line <= at
    for language in LANGUAGES:
        assert problem_text(problems[0], language)[-1] in ".?"
    path = tmp_path / "agreements.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadData) as caught:
        session_in(tmp_path).agreements()
    assert caught.value.problems == problems
    assert path.read_text("utf-8") == text


def test_of_a_key_that_stands_twice_neither_is_chosen() -> None:
    text = WHOLE.replace("round: 2", "round: 2\n    round: 3")
    kept, problems = session_files.parse_agreements(text, "agreements.yaml")
    assert kept is None
    assert [each.code for each in problems] == ["duplicate-key"]


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)
ids = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
tests = st.sampled_from(["yes", "partly", "no"])
agreement = st.builds(
    Agreement,
    id=st.integers(1, 999).map("a-{}".format),
    topic=words,
    sentence=words.filter(str.strip),
    parties=st.lists(st.builds(Assent, party=ids, condition=words), max_size=3).map(tuple),
    mandate=st.none() | st.sampled_from(["within", "submitted", "fixed", "parked"]),
    mandate_words=words,
    written_in=words,
    done_by=st.lists(ids, max_size=2).map(tuple),
    owner=st.none() | ids,
    unagreed=st.lists(st.builds(Unagreed, party=ids, said=words.filter(str.strip)), max_size=2).map(
        tuple
    ),
    withdrawn=st.none() | st.builds(Withdrawal, on=st.dates(), why=words),
    changed_on=st.none() | st.dates(),
    check_on=st.none() | st.dates(),
    specified=st.none() | tests,
    agreed=st.none() | tests,
    checks=st.lists(st.builds(Check, on=st.dates(), kept=tests, note=words), max_size=3).map(tuple),
    round=st.integers(1, 9),
)


@given(st.lists(agreement, max_size=4, unique_by=lambda each: each.id), st.integers(0, 99))
def test_any_agreements_are_read_back_as_they_were(made: list[Agreement], number: int) -> None:
    whole = Agreements(given=number, agreements=tuple(made))
    text = session_files.dump_agreements(whole)
    assert session_files.parse_agreements(text, "agreements.yaml") == (whole, ())
    assert session_files.dump_agreements(whole) == text
