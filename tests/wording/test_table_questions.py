"""A table asks its question once for all rows, and each row says in full what it is about."""

from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.route import Page, Route
from bart_tool.domain.set_hashes import item_hashes
from bart_tool.store import question_sets
from bart_tool.wording.questions import asked_at_once, asked_in_row, asked_of


def kern() -> QuestionSet:
    found, _ = question_sets.load("wijk-kern")
    assert found is not None
    return found


def table_of(question_set: QuestionSet) -> Page:
    pages = Route(question_set, "wijkraad").pages
    return next(page for page in pages if page.question.id == "mandate")


def without_tables(question_set: QuestionSet) -> QuestionSet:
    data = question_set.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for question in data["questions"]:
        question.pop("table", None)
    return QuestionSet.model_validate(data)


def test_a_table_asks_its_question_once_and_a_row_says_all_words() -> None:
    the_set = kern()
    page = table_of(the_set)
    row = next(item for item in page.items if item.object == "small-urgent-spend")
    assert asked_at_once(the_set, page, "nl").startswith("Wat mag de wijkraad ")
    assert "{" not in asked_at_once(the_set, page, "nl")
    said = asked_in_row(the_set, row, "nl")
    assert said == "Een kleine, dringende uitgave, zoals een extra snoeibeurt"


def test_in_a_set_without_such_a_text_each_row_asks_the_whole_question() -> None:
    the_set = without_tables(kern())
    page = table_of(the_set)
    assert asked_at_once(the_set, page, "nl") == "Wie mag wat beslissen"
    for item in page.items:
        assert asked_in_row(the_set, item, "nl") == asked_of(the_set, item, "nl")


def test_an_answer_means_the_same_with_and_without_a_text_above_the_table() -> None:
    the_set = kern()
    before = without_tables(the_set)
    assert the_set.hash != before.hash
    assert item_hashes(the_set) == item_hashes(before)
