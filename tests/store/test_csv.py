"""Long CSV: what a spreadsheet makes of it, good rows kept, bad rows named by number."""

import pytest

from bart_tool.domain.sheet import Sheet
from bart_tool.errors import Problem, Severity
from bart_tool.store import sheets_csv, tables
from bart_tool.wording.messages import problem_text
from tests.workshop import CHOICE_QUESTION as CHOICE
from tests.workshop import MANDATE_QUESTION, ROLES_QUESTION, session, small_set, text
from tests.workshop import TEXT_QUESTION as WORDS
from tests.workshop import WHO_QUESTION as WHO

MEMBERS = {
    "id": "members",
    "type": "multi",
    "boundary": "boundary",
    "tense": "practice",
    "short": text("members"),
    "text": text("members?"),
    "options": [{"id": name, "label": text(name)} for name in ("wijkraad", "cluster", "college")],
    "most": 2,
}
ONLY_RAAD = {**WHO, "id": "only-raad", "asked_of": ["wijkraad"], "certainty": False}
SET = small_set(MANDATE_QUESTION, WHO, CHOICE, ROLES_QUESTION, WORDS, MEMBERS, ONLY_RAAD)
SESSION = session(SET, {"wijkraad": 3, "wijkmanager": 1, "cluster-groen": 1})
HEADER = "participant,party,item,value,certainty,note,quote"


def read(content: str, consent: str = "group") -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    return sheets_csv.parse(
        content,
        "a.csv",
        question_set=SET,
        session=SESSION,
        consent=consent,  # type: ignore[arg-type]
    )


def rows(*lines: str, header: str = HEADER) -> str:
    return "\r\n".join([header, *lines]) + "\r\n"


def said(*lines: str, header: str = HEADER) -> dict[str, object]:
    found, problems = read(rows(*lines, header=header))
    assert problems == ()
    assert len(found) == 1
    return {item: answer.value for item, answer in found[0].answers.items()}


def test_the_rows_of_one_participant_are_one_submitted_sheet() -> None:
    found, problems = read(
        rows(
            "WR-02,wijkraad,who,wijkmanager,guess,,",
            "WR-01,wijkraad,who,nobody,certain,want niemand doet het,true",
            "WR-01,wijkraad,mandate/cluster/spend,dont-know,,,",
        )
    )
    assert problems == ()
    assert [(each.participant, each.status, each.consent) for each in found] == [
        ("WR-01", "submitted", "group"),
        ("WR-02", "submitted", "group"),
    ]
    answer = found[0].answers["who"]
    assert (answer.value, answer.certainty, answer.quote) == ("nobody", "certain", True)
    assert (answer.note, answer.revision) == ("want niemand doet het", 0)
    assert found[0].question_set_hash == SESSION.question_set_hash


def test_the_order_of_the_rows_makes_no_difference() -> None:
    lines = [
        f"WR-0{n},wijkraad,{item},{value},,,"
        for n in (1, 2)
        for item, value in (("who", "college"), ("choice/cluster", "plan"))
    ]
    assert read(rows(*lines)) == read(rows(*reversed(lines)))


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_ways_spreadsheets_save_are_all_read(mark: str, separator: str, end: str) -> None:
    lines = [HEADER, 'WR-01,wijkraad,words/wijkraad,"één, ""twee""; drie",,,']
    content = mark + end.join(lines).replace(",", separator) + end
    if separator == ";":
        content = content.replace('"één; ', '"één, ')
    found, problems = read(content)
    assert problems == ()
    assert found[0].answers["words/wijkraad"].value == 'één, "twee"; drie'


def test_a_cell_may_hold_line_ends() -> None:
    assert said('WR-01,wijkraad,words/wijkraad,"een\r\ntwee\n\ndrie",,,') == {
        "words/wijkraad": "een\ntwee\n\ndrie"
    }


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('"networker:formal;fixer:informal"', {"networker": "formal", "fixer": "informal"}),
        ("networker:formal|fixer", {"networker": "formal", "fixer": "unknown"}),
        ("networker | fixer : informal |", {"networker": "unknown", "fixer": "informal"}),
        ("{}", {}),
        ("dont-know", "dont-know"),
        ("prefer-not", "prefer-not"),
    ],
)
def test_a_multi_is_read_with_its_tags(value: str, expected: object) -> None:
    assert said(f"WR-01,wijkraad,roles/wijkraad,{value},,,") == {"roles/wijkraad": expected}


def test_an_empty_value_is_no_answer_and_an_empty_row_is_no_row() -> None:
    assert said(
        "WR-01,wijkraad,who,college,,,", "WR-01,wijkraad,choice/cluster, ,,,", ",,,,,,"
    ) == {"who": "college"}


@pytest.mark.parametrize("cell", ["true", "TRUE", "WAAR", "ja", "1", "x"])
def test_yes_is_read_in_the_words_of_the_spreadsheet(cell: str) -> None:
    found, problems = read(rows(f"WR-01,wijkraad,who,college,,,{cell}"))
    assert problems == ()
    assert found[0].answers["who"].quote


def test_the_words_behind_other_stand_in_their_column_or_else_in_the_note() -> None:
    first, _ = read(rows("WR-01,wijkraad,who,other,,de buurt,"))
    second, _ = read(rows("WR-01,wijkraad,who,other,,ja,,de buurt", header=HEADER + ",words"))
    assert (first[0].answers["who"].words, first[0].answers["who"].note) == ("de buurt", "")
    assert (second[0].answers["who"].words, second[0].answers["who"].note) == ("de buurt", "ja")


BAD_ROWS = [
    ("WR-01,wijkraad,what,college,,,", "unknown-item"),
    ("WR-01,wijkraad,who,the-ruler,,,", "answer-unknown-actor"),
    ("WR-01,wijkraad,choice/cluster,the-ruler,,,", "answer-unknown-option"),
    ("WR-01,wijkraad,choice/cluster,nobody,,,", "answer-unknown-option"),
    ("WR-01,wijkraad,mandate/cluster/spend,the-ruler,,,", "answer-unknown-level"),
    ("WR-01,wijkraad,mandate/cluster/spend,other,,,", "answer-unknown-level"),
    ("WR-01,wijkraad,roles/cluster,the-ruler:formal,,,", "answer-unknown-option"),
    ("WR-01,wijkraad,roles/cluster,The Ruler,,,", "answer-unknown-option"),
    ("WR-01,wijkraad,roles/cluster,fixer:the-ruler,,,", "answer-bad-tag"),
    ("WR-01,wijkraad,roles/cluster,fixer:formal|fixer:informal,,,", "answer-two-tags"),
    ("WR-01,wijkraad,roles/cluster,|,,,", "answer-empty"),
    ("WR-01,wijkraad,members,wijkraad:formal,,,", "answer-tag-not-asked"),
    ("WR-01,wijkraad,members,wijkraad|cluster|college,,,", "answer-too-many"),
    ("WR-01,the-rulers,who,college,,,", "unknown-party"),
    ("WR-01,The Rulers,who,college,,,", "csv-bad-party"),
    ("WR-01,wijkraad,The ruler decides.,college,,,", "bad-item-key"),
    ("WR-01,wijkmanager,who,college,,,", "csv-party-differs"),
    ("WM-01,wijkmanager,only-raad,college,,,", "item-not-asked"),
    ("WR_01,wijkraad,who,college,,,", "csv-bad-code"),
    ("COM1,wijkraad,who,college,,,", "csv-bad-code"),
    ("../../x,wijkraad,who,college,,,", "csv-bad-code"),
    ("WR-01,wijkraad,who,college,the-ruler,,", "bad-certainty"),
    ("WR-01,wijkraad,who,college,,,the-ruler", "csv-bad-quote"),
    ("WR-01,wijkraad,words/wijkraad," + "r" * 1001 + ",,,", "text-too-long"),
    ("WR-01,wijkraad,who,college,,a, b and c,true,,", "csv-too-many-cells"),
    ('WR-01,wijkraad,who,"college"s,,,', "csv-broken-quotes"),
    ('WR-01,wijkraad,who,"college,,,', "csv-broken-quotes"),
]


@pytest.mark.parametrize(("row", "code"), BAD_ROWS, ids=[code for _, code in BAD_ROWS])
def test_a_bad_row_is_named_by_number_and_the_good_rows_are_kept(row: str, code: str) -> None:
    good = "WR-03,wijkraad,who,college,,,"
    found, problems = read(rows(good, row, "WR-03,wijkraad,choice/cluster,plan,,,"))
    assert [(each.code, each.where.row) for each in problems] == [(code, 3)]
    assert problems[0].severity is Severity.ERROR
    assert [(each.participant, [*each.answers]) for each in found] == [
        ("WR-03", ["who", "choice/cluster"])
    ]
    if code != "unknown-party":  # a party may be named, an answer may not
        assert "ruler" not in problem_text(problems[0], "nl").casefold()
        assert "ruler" not in repr(problems).casefold()


def test_what_is_not_used_is_said_and_does_no_harm() -> None:
    header = HEADER + ",Telefoon"
    found, problems = read(
        rows(
            "WR-01,wijkraad,only-raad,college,certain,,,06",
            "WR-01,wijkraad,choice/cluster,,,zomaar,,",
            "WR-01,wijkraad,only-raad,college,certain,,,06",
            header=header,
        )
    )
    assert [(each.code, each.where.row, each.severity) for each in problems] == [
        ("csv-extra-columns", 1, Severity.NOTE),
        ("answer-certainty-not-asked", 2, Severity.NOTE),
        ("csv-note-without-value", 3, Severity.WARNING),
        ("answer-certainty-not-asked", 4, Severity.NOTE),
        ("csv-same-twice", 4, Severity.NOTE),
    ]
    assert [[*each.answers] for each in found] == [["only-raad"]]


def test_two_different_answers_are_both_kept_for_somebody_to_settle() -> None:
    found, problems = read(rows("WR-01,wijkraad,who,college,,,", "WR-01,wijkraad,who,bewoners,,,"))
    assert [(each.code, each.where.row) for each in problems] == [("csv-says-two-things", 3)]
    assert problems[0].severity == "note"
    assert [(each.participant, each.answers["who"].value) for each in found] == [
        ("WR-01", "college"),
        ("WR-01", "bewoners"),
    ]


@pytest.mark.parametrize(
    ("cells", "default", "expected"),
    [
        (["", ""], "position", "position"),
        (["position", ""], "group", "position"),
        (["position", "group"], "position", "group"),
        (["position", "none"], "position", "none"),
        (["position", "weet niet"], "position", "group"),
    ],
)
def test_the_consent_that_protects_most_stands(
    cells: list[str], default: str, expected: str
) -> None:
    lines = [
        f"WR-01,wijkraad,{item},{value},,,,{cell}"
        for cell, (item, value) in zip(
            cells, [("who", "college"), ("words/wijkraad", "x")], strict=True
        )
    ]
    found, _ = read(rows(*lines, header=HEADER + ",consent"), default)
    assert [each.consent for each in found] == [expected]


def test_consent_is_heard_from_a_row_that_cannot_be_used() -> None:
    header = HEADER + ",consent"
    found, problems = read(
        rows(
            "WR-01,wijkraad,who,college,,,,position",
            "WR-01,wijkraad,who,the-ruler,,,,none",
            header=header,
        )
    )
    assert [each.code for each in problems] == ["answer-unknown-actor"]
    assert [each.consent for each in found] == ["none"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "file-empty"),
        ("\ufeff\r\n\r\n", "file-empty"),
        ("participant,item,value\r\n", "csv-missing-columns"),
        ("participant|party|item|value\r\n", "csv-missing-columns"),
        ("PK\x03\x04\x00\x00", "csv-missing-columns"),
        (HEADER + ",note\r\n", "csv-double-columns"),
        ('"participant,party,item,value\r\n', "csv-broken-quotes"),
    ],
)
def test_a_file_that_is_no_such_table_is_one_problem(content: str, code: str) -> None:
    found, problems = read(content)
    assert found == ()
    assert [each.code for each in problems] == [code]


@pytest.mark.parametrize(
    ("encoding", "notes"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
        ("utf-16-le", []),
        ("utf-16-be", []),
        ("cp1252", ["table-old-encoding"]),
        ("mac_roman", ["table-old-encoding"]),
        ("cp850", ["table-old-encoding"]),
    ],
)
def test_a_table_is_read_in_every_encoding_that_spreadsheets_write(
    encoding: str, notes: list[str]
) -> None:
    words = "geïnteresseerd, één idee, vóór de buurt"
    content = rows(f'WR-01,wijkraad,words/wijkraad,"{words}",,,').encode(encoding)
    text, problems = tables.decode(content, "a.csv")
    assert [(each.code, each.severity) for each in problems] == [
        (code, Severity.NOTE) for code in notes
    ]
    assert text is not None
    found, _ = read(text)
    assert found[0].answers["words/wijkraad"].value == words


def test_what_is_no_table_is_not_read_in_an_encoding_of_old() -> None:
    text, problems = tables.decode("kind: answer-sheet\nnote: één\n".encode("cp1252"), "a.yaml")
    assert text is None
    assert [each.code for each in problems] == ["not-utf-8"]


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"'])
def test_a_line_that_says_the_separator_is_no_row(line: str) -> None:
    found, problems = read(
        f"{line}\r\nparticipant;party;item;value\r\nWR-01;wijkraad;who;the-ruler\r\n"
    )
    assert found == ()
    assert [(each.code, each.where.row) for each in problems] == [("answer-unknown-actor", 2)]


@pytest.mark.parametrize("typed", ["wr-01", " WR-01 ", "Wr\u201301", "WR\u201101"])
def test_a_code_is_read_in_any_case_and_with_any_hyphen(typed: str) -> None:
    found, problems = read(rows(f"{typed},wijkraad,who,college,,,"))
    assert problems == ()
    assert [each.participant for each in found] == ["WR-01"]


def test_an_open_quotation_mark_does_not_swallow_the_rows_below_it() -> None:
    found, problems = read(
        rows(
            'WR-01,wijkraad,words/wijkraad,"nooit dicht,,,',
            *(f"WR-0{n},wijkraad,who,college,,," for n in (1, 2, 3)),
        )
    )
    assert [(each.code, each.where.row) for each in problems] == [("csv-broken-quotes", 2)]
    assert [each.participant for each in found] == ["WR-01", "WR-02", "WR-03"]


def test_a_file_full_of_quotation_marks_does_not_take_for_ever() -> None:
    _, problems = read(rows(*(['"a'] * 5_000)))
    assert problems[-1].code == "csv-gave-up"


def test_a_huge_cell_is_one_bad_row() -> None:
    huge = "WR-01,wijkraad,words/wijkraad," + "r" * 200_000 + ",,,"
    found, problems = read(rows(huge, "WR-01,wijkraad,who,college,,,"))
    assert [(each.code, each.where.row) for each in problems] == [("csv-broken-quotes", 2)]
    assert [[*each.answers] for each in found] == [["who"]]


def test_a_word_that_is_what_two_are_called_is_not_guessed_and_not_quoted() -> None:
    double = {**CHOICE, "options": [{"id": i, "label": text("Plannen")} for i in ("one", "two")]}
    two = small_set(double)
    found, problems = sheets_csv.parse(
        rows("WR-01,wijkraad,choice/cluster,plannen,,,", "WR-02,wijkraad,choice/cluster,TWO,,,"),
        "a.csv",
        question_set=two,
        session=session(two, {"wijkraad": 3}),
        consent=None,
    )
    assert [(each.code, each.where.row) for each in problems] == [("csv-fits-two", 2)]
    assert "plannen" not in problem_text(problems[0], "nl").casefold()
    assert [(s.participant, s.answers["choice/cluster"].value) for s in found] == [("WR-02", "two")]


def test_of_who_is_not_invited_a_row_must_name_the_party() -> None:
    found, problems = read("participant,who\r\nWR-01,college\r\nWM-07,college\r\n")
    assert [(each.code, each.where.row) for each in problems] == [
        ("table-one-row-a-person", 1),
        ("csv-no-party", 3),
    ]
    assert [(each.participant, each.party) for each in found] == [("WR-01", "wijkraad")]


def test_a_column_that_is_no_question_is_named_by_its_place() -> None:
    found, problems = read("participant,who,Wie hakt de knoop door?\r\nWR-01,college,college\r\n")
    assert found == ()
    assert [(each.code, each.params["names"]) for each in problems] == [
        ("table-unknown-columns", "3")
    ]
