"""The names of parties stand in every text of a set as a session calls them, and whose is said."""

from typing import Any

import pytest

from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.set_checks import check_set
from bart_tool.domain.set_hashes import item_hashes
from bart_tool.domain.set_words import in_number, with_parties
from bart_tool.domain.text import Text
from bart_tool.wording.questions import asked_of, filled
from tests.tui.sample import both, named, option

DATA: dict[str, Any] = {
    "format": 1,
    "kind": "question-set",
    "id": "namen",
    "title": both("Namen", "Names"),
    "about": both("Voor {party:wijkraad}.", "For {party:wijkraad}."),
    "parties": {
        "wijkraad": {**named("wijkraad", "council", "de wijkraad", "the council"), "prefix": "WR"},
        "cluster": {
            **named("cluster", "cluster", "het cluster", "the cluster"),
            "prefix": "CL",
            "many": True,
            "own": both("je eigen cluster", "your own cluster"),
            "together": both("de clusters samen", "the clusters together"),
        },
    },
    "subjects": {
        "mandate": named(
            "bevoegdheid van {party:wijkraad}",
            "authority of {party:wijkraad}",
            "{party:wijkraad} en haar bevoegdheid",
            "{party:wijkraad} and its authority",
        )
    },
    "questions": [
        {
            "id": "task",
            "type": "choice",
            "boundary": "task",
            "tense": "practice",
            "subjects": ["wijkraad", "cluster", "mandate"],
            "short": both("Taak", "Task"),
            "text": both(
                "Wat {doet|doen} {subject}? {party:wijkraad} leest mee.",
                "What {does|do} {subject} do? {party:wijkraad} reads along.",
            ),
            "options": [option("help", "{party:wijkraad} helpen", "Helping {party:wijkraad}")],
        }
    ],
}
THE_SET = QuestionSet.model_validate(DATA)


def session(parties: list[dict[str, Any]]) -> Session:
    return Session.model_validate(
        {
            "session": "proef",
            "question_set": THE_SET.id,
            "question_set_hash": THE_SET.hash,
            "parties": parties,
            "participants": [],
        }
    )


DORPSRAAD = {
    "id": "wijkraad",
    "kind": "wijkraad",
    "label": both("dorpsraad", "village council"),
    "the": both("de dorpsraad", "the village council"),
}
MO = {"id": "cluster-mo", "kind": "cluster", "label": both("cluster MO", "cluster MO")}
SB = {"id": "cluster-sb", "kind": "cluster", "label": both("cluster SB", "cluster SB")}


def said_to(kind: str, *parties: dict[str, Any]) -> QuestionSet:
    made = session(list(parties))
    return made.said_to(made.effective(THE_SET), kind)


def asked(the_set: QuestionSet, key: str) -> str:
    return asked_of(the_set, the_set.by_key[key], "nl")


def test_a_set_that_leaves_names_open_is_whole() -> None:
    assert check_set(THE_SET) == ()


@pytest.mark.parametrize("name", ["party:nobody", "mag|", "mag|mogen|moeten"])
def test_a_name_that_no_party_has_is_a_mistake(name: str) -> None:
    data = {**DATA, "about": both(f"Voor {{{name}}}.", "For all.")}
    found = check_set(QuestionSet.model_validate(data))
    assert [(each.code, each.where.item) for each in found] == [("unknown-placeholder", "about")]


def test_a_label_stands_in_every_text_with_a_capital_where_a_sentence_begins() -> None:
    the_set = session([DORPSRAAD, MO, SB]).effective(THE_SET)
    assert the_set.about.nl == "Voor de dorpsraad."
    assert asked(the_set, "task/wijkraad") == "Wat doet de dorpsraad? De dorpsraad leest mee."
    task = the_set.question_by_id["task"]
    assert [each.label.nl for each in the_set.options(task)] == ["De dorpsraad helpen"]
    subject = the_set.subjects["mandate"]
    assert subject.label.nl == "bevoegdheid van de dorpsraad"
    assert subject.the.nl == "de dorpsraad en haar bevoegdheid"


def test_with_several_clusters_a_question_says_whose() -> None:
    several = (DORPSRAAD, MO, SB)
    theirs = "Wat doet je eigen cluster? De dorpsraad leest mee."
    others = "Wat doen de clusters samen? De dorpsraad leest mee."
    assert asked(said_to("cluster", *several), "task/cluster") == theirs
    assert asked(said_to("wijkraad", *several), "task/cluster") == others


def test_with_several_clusters_an_account_holder_is_said_to_be_whose() -> None:
    """Asked of who is of a cluster: else nobody knows whether one names oneself."""
    whose = {"nl": "de accounthouder van je eigen cluster"}
    actors = {"holder": {**named("accounthouder", "holder", "", ""), "within": "cluster"}}
    actors["holder"]["own"] = both(whose["nl"], "the account holder of your own cluster")
    plain = QuestionSet.model_validate({**DATA, "actors": actors})
    for kind, parties, said in (
        ("cluster", (MO, SB), whose["nl"]),
        ("wijkraad", (MO, SB), "accounthouder"),
        ("cluster", (MO,), "accounthouder"),
    ):
        made = session([DORPSRAAD, *parties])
        met = made.said_to(made.effective(plain), kind)
        assert met.actors["holder"].label.nl == said
        assert met.hash == plain.hash


def test_one_cluster_is_called_by_its_name() -> None:
    for kind in ("wijkraad", "cluster"):
        said = asked(said_to(kind, DORPSRAAD, MO), "task/cluster")
        assert said == "Wat doet cluster MO? De dorpsraad leest mee."


def test_an_answer_means_the_same_whatever_a_party_is_called() -> None:
    plain = QuestionSet.model_validate(DATA)
    for kind in ("wijkraad", "cluster"):
        assert item_hashes(said_to(kind, DORPSRAAD, MO, SB)) == item_hashes(plain)


def test_an_answer_means_the_same_as_in_a_set_that_wrote_the_name_out() -> None:
    text = both(
        "Wat doet {subject}? De wijkraad leest mee.",
        "What does {subject} do? The council reads along.",
    )
    written = [option("help", "De wijkraad helpen", "Helping the council")]
    question = {**DATA["questions"][0], "text": text, "options": written}
    before = QuestionSet.model_validate({**DATA, "questions": [question]})
    assert item_hashes(before)["task/wijkraad"] == item_hashes(THE_SET)["task/wijkraad"]


def test_words_of_people_keep_their_braces() -> None:
    assert in_number("{} {a} {a:b|c}", plural=True) == "{} {a} {a:b|c}"
    same = {"x": (Text(nl="{party}"), 3)}
    assert with_parties(same, {}) is same


def test_help_fills_in_the_same_names() -> None:
    the_set = said_to("wijkraad", DORPSRAAD, MO, SB)
    item = the_set.by_key["task/cluster"]
    assert filled(Text(nl="{Zegt|Zeggen} {subject} ja?"), the_set, item, "nl") == (
        "Zeggen de clusters samen ja?"
    )


def test_sheets_are_for_the_set_as_it_was_written() -> None:
    assert said_to("cluster", DORPSRAAD, MO, SB).hash == THE_SET.hash
