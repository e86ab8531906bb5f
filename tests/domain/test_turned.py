"""Each person meets options in an order of their own: always the same, and by chance for nobody."""

from collections import Counter

import pytest

from bart_tool.domain.question import ScaleQuestion
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.set_hashes import item_hashes
from bart_tool.domain.turned import as_met_by, turned
from bart_tool.store import question_sets
from tests.domain.test_guesses import SET, held

OPTIONS = ("voice", "advise", "agreement", "monitor", "connect")
CODES = tuple(f"{party}-{number:02}" for party in ("WR", "WM", "CL") for number in range(1, 401))


def question_set(name: str) -> QuestionSet:
    found, problems = question_sets.load(name)
    assert found is not None, problems
    return found


def ids(the_set: QuestionSet, question: str, subject: str = "") -> list[str]:
    return [each.id for each in the_set.options(the_set.question_by_id[question], subject)]


def test_the_order_of_a_code_is_the_same_in_every_version() -> None:
    """Whoever goes on with another version of bart meets the order that stands on their paper."""
    assert turned(OPTIONS, "WR-01", "primary-task") == [
        *("connect", "voice", "advise", "agreement", "monitor"),
    ]
    assert turned(OPTIONS, "CL-03", "primary-task") == [
        *("advise", "agreement", "monitor", "connect", "voice"),
    ]


def test_it_turns_as_a_wheel_and_keeps_every_option() -> None:
    for code in CODES[:100]:
        order = turned(OPTIONS, code, "primary-task")
        at = order.index(OPTIONS[0])
        assert (*order[at:], *order[:at]) == OPTIONS


def test_over_many_codes_every_option_stands_everywhere_as_often() -> None:
    orders = [turned(OPTIONS, code, "primary-task") for code in CODES]
    fair = len(CODES) / len(OPTIONS)
    for place in range(len(OPTIONS)):
        counts = Counter(order[place] for order in orders)
        assert all(abs(counts[each] - fair) < 0.2 * fair for each in OPTIONS), counts


def test_another_question_turns_otherwise_for_the_same_person() -> None:
    firsts = Counter(
        turned(OPTIONS, code, "one")[0] == turned(OPTIONS, code, "other")[0] for code in CODES
    )
    assert abs(firsts[True] / len(CODES) - 1 / len(OPTIONS)) < 0.05


def test_an_option_that_is_added_leaves_the_others_in_their_order() -> None:
    for code in CODES[:100]:
        before = turned(OPTIONS, code, "primary-task")
        after = turned((*OPTIONS, "more"), code, "primary-task")
        rest = [each for each in after if each != "more"]
        assert after[0] == "more" or rest == before


def test_what_is_fixed_stands_last_and_in_its_own_order() -> None:
    for code in CODES[:50]:
        order = turned(OPTIONS, code, "primary-task", ("voice", "advise"))
        assert order[-2:] == ["voice", "advise"]
        assert turned(OPTIONS, code, "primary-task", OPTIONS) == list(OPTIONS)
    assert turned((), "WR-01", "primary-task") == []


@pytest.mark.parametrize("name", question_sets.set_ids())
def test_levels_never_turn_and_an_answer_means_the_same(name: str) -> None:
    the_set = question_set(name)
    for code in ("WR-01", "WM-01", "CL-02"):
        met = as_met_by(the_set, code)
        assert met.hash == the_set.hash
        assert met.choosable == the_set.choosable
        assert item_hashes(met) == item_hashes(the_set)
        for item in the_set.items:
            own = the_set.question_by_id[item.question.id]
            if isinstance(own, ScaleQuestion):
                assert ids(met, own.id) == ids(the_set, own.id)


def test_a_guess_stands_in_the_order_of_what_it_is_about() -> None:
    the_set = held("wijkmanager").effective(SET)
    assert the_set.guesses
    for code in CODES[:20]:
        met = as_met_by(the_set, code)
        for guess in met.guesses:
            about = met.by_key[guess.item]
            assert ids(met, guess.key) == ids(met, about.question.id, about.subject)


def test_amounts_and_yes_partly_no_stay_in_their_order() -> None:
    for name, question in (
        ("wijkprogramma", "urgent-amount"),
        ("wijkprogramma", "double-role"),
        ("bart-basis", "double-role"),
    ):
        the_set = question_set(name)
        for code in CODES[:10]:
            met = as_met_by(the_set, code)
            for subject in the_set.question_by_id[question].subjects or ("",):
                assert ids(met, question, subject) == ids(the_set, question, subject)
