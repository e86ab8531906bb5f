"""Merging gives the same picture whatever the order, the grouping and the repetition."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bart_tool.domain.sheet import Decision, Sheet, fingerprint
from bart_tool.merge.engine import lay_out, merge
from tests.figures import figure
from tests.workshop import as_answer, session, sheet, small_set

FIGURE = figure(2_000, 100_000)
SESSION = session(small_set(), {"wijkraad": 2, "wijkmanager": 1})

ANSWERS = st.fixed_dictionaries(
    {
        "value": st.sampled_from(["wijkraad", "college", "nobody", "dont-know"]),
        "revision": st.integers(0, 3),  # 0: from a table
        "note": st.sampled_from(["", "é"]),
        "quote": st.booleans(),
    }
)


@st.composite
def answer_sheets(draw: st.DrawFn) -> Sheet:
    said: dict[str, Any] = draw(
        st.dictionaries(st.sampled_from(["who", "mandate/wijkraad/spend"]), ANSWERS, max_size=2)
    )
    return sheet(
        SESSION,
        draw(st.sampled_from(["WR-01", "WM-01"])),
        said,
        status=draw(st.sampled_from(["draft", "submitted"])),
        consent=draw(st.sampled_from(["unchosen", "position", "group", "none"])),
        function=draw(st.sampled_from(["", "voorzitter", "lid"])),
        wiped={
            item: revision
            for item, revision in draw(
                st.dictionaries(st.sampled_from(["who", "choice/wijkraad"]), st.integers(1, 3))
            ).items()
            if item not in said
        },
    )


PILES = st.lists(answer_sheets(), max_size=5)


def stored(pile: list[Sheet]) -> list[Sheet]:
    """What is kept of a pile, each person's sheets laid out."""
    codes = {sheet.participant for sheet in pile}
    return [
        kept
        for code in sorted(codes)
        for kept in lay_out([sheet for sheet in pile if sheet.participant == code])
    ]


@settings(max_examples=FIGURE, deadline=None)
@given(PILES, st.randoms(use_true_random=False))
def test_the_order_of_the_sheets_makes_no_difference(pile: list[Sheet], random: Any) -> None:
    shuffled = list(pile)
    random.shuffle(shuffled)
    assert merge(shuffled) == merge(pile)


@settings(max_examples=FIGURE, deadline=None)
@given(PILES, PILES)
def test_merging_in_groups_gives_the_same_as_merging_at_once(
    one: list[Sheet], other: list[Sheet]
) -> None:
    at_once = merge([*one, *other])
    assert merge([*stored(one), *stored(other)]) == at_once
    assert merge([*stored(one), *other]) == at_once
    assert merge(stored([*stored(one), *other])) == at_once


@settings(max_examples=FIGURE, deadline=None)
@given(PILES)
def test_merging_twice_changes_nothing(pile: list[Sheet]) -> None:
    once = merge(pile)
    assert merge([*pile, *pile]) == once
    assert merge(stored(pile)) == once
    assert merge([*pile, *merge([]).sheets]) == once


@settings(max_examples=FIGURE, deadline=None)
@given(PILES, answer_sheets())
def test_no_item_loses_its_newest_answer_when_a_sheet_comes_in(
    pile: list[Sheet], more: Sheet
) -> None:
    before, after = merge(pile), merge([*pile, more])
    rank = {"draft": 0, "submitted": 1}
    for old in before.sheets:
        new = next(s for s in after.sheets if s.participant == old.participant)
        assert rank[new.status] >= rank[old.status]
        if new.status != old.status:
            continue
        held = {c.item: c for c in after.conflicts if c.participant == old.participant}
        for item, answer in old.answers.items():
            if new.wiped.get(item, 0) >= answer.revision:
                continue
            assert (new.answers.get(item) or held[item]).revision >= answer.revision


def test_the_higher_revision_wins() -> None:
    old = sheet(SESSION, "WR-01", {"who": {"value": "college", "revision": 1}})
    new = sheet(SESSION, "WR-01", {"who": {"value": "wijkraad", "revision": 2}})
    assert merge([new, old]).sheets[0].answers["who"].value == "wijkraad"


def test_an_older_copy_brings_no_wiped_answer_back() -> None:
    copy = sheet(SESSION, "WR-01", {"who": {"value": "college", "revision": 3}})
    wiped = copy.without("who")
    assert merge([copy, wiped]).sheets == (wiped,)
    anew = wiped.with_answer("who", as_answer("wijkraad"))
    assert anew.answers["who"].revision == 4
    assert merge([copy, wiped, anew]).sheets[0].answers["who"].value == "wijkraad"
    assert merge([copy, anew]).sheets[0].wiped == {}


def test_the_same_revision_with_different_values_counts_as_unanswered() -> None:
    one = sheet(SESSION, "WR-01", {"who": "college"})
    other = sheet(SESSION, "WR-01", {"who": "wijkraad"})
    picture = merge([one, other])
    assert "who" not in picture.sheets[0].answers
    assert {answer.value for answer in picture.conflicts[0].answers} == {"college", "wijkraad"}


def test_a_decision_settles_a_conflict_until_a_newer_answer_comes() -> None:
    one = sheet(SESSION, "WR-01", {"who": "college"})
    other = sheet(SESSION, "WR-01", {"who": "wijkraad"})
    decision = Decision(
        participant="WR-01", item="who", revision=1, chosen=fingerprint(other.answers["who"])
    )
    settled = merge([one, other], [decision])
    assert settled.conflicts == ()
    assert settled.sheets[0].answers["who"].value == "wijkraad"
    newer = sheet(SESSION, "WR-01", {"who": {"value": "nobody", "revision": 2}})
    assert merge([one, other, newer], [decision]).sheets[0].answers["who"].value == "nobody"


def test_a_decision_is_none_about_an_answer_that_was_not_there_to_choose() -> None:
    """After opening again a third answer may come in at the revision that was settled."""
    one, other, third = (
        sheet(SESSION, "WR-01", {"who": said}) for said in ("college", "wijkraad", "nobody")
    )
    marks = sorted(fingerprint(each.answers["who"]) for each in (one, other))
    decision = Decision(
        participant="WR-01", item="who", revision=1, chosen=marks[0], among=tuple(marks)
    )
    assert merge([one, other], [decision]).conflicts == ()
    (conflict,) = merge([one, other, third], [decision]).conflicts
    assert len(conflict.answers) == 3
    without = decision.changed(among=())  # one of before 0.2.0 holds as it did
    assert merge([one, other, third], [without]).conflicts == ()


def test_a_table_is_neither_older_nor_newer_whatever_comes_when() -> None:
    table = sheet(SESSION, "WR-01", {"who": {"value": "college", "revision": 0}})
    same = sheet(SESSION, "WR-01", {"who": {"value": "college", "revision": 1, "note": "é"}})
    later = sheet(SESSION, "WR-01", {"who": {"value": "nobody", "revision": 2}})
    assert merge([table, same]).sheets[0].answers == same.answers
    for pile in ([table, later], [*stored([table, same]), later], [later, *stored([same, table])]):
        (conflict,) = merge(pile).conflicts
        assert {answer.value for answer in conflict.answers} == {"college", "nobody"}
        assert conflict.revision == 2


def test_no_table_brings_back_what_was_wiped() -> None:
    table = sheet(SESSION, "WR-01", {"who": {"value": "college", "revision": 0}})
    wiped = sheet(SESSION, "WR-01", {"who": "college"}).without("who")
    assert merge([table, wiped]) == merge([wiped])
    assert table.without("who").wiped == {"who": 1}


def test_two_decisions_that_contradict_each_other_decide_nothing() -> None:
    one = sheet(SESSION, "WR-01", {"who": "college"})
    other = sheet(SESSION, "WR-01", {"who": "wijkraad"})
    decisions = [
        Decision(participant="WR-01", item="who", revision=1, chosen=fingerprint(s.answers["who"]))
        for s in (one, other)
    ]
    assert len(merge([one, other], decisions).conflicts) == 1


def test_a_draft_never_replaces_what_was_handed_in() -> None:
    handed_in = sheet(SESSION, "WR-01", {"who": "college"})
    draft = sheet(SESSION, "WR-01", {"who": {"value": "nobody", "revision": 9}}, status="draft")
    assert merge([draft, handed_in]).sheets == (handed_in,)


def test_the_most_protective_consent_stands() -> None:
    open_one = sheet(SESSION, "WR-01", {}, consent="position")
    closed_one = sheet(SESSION, "WR-01", {}, consent="none")
    assert merge([open_one, closed_one]).sheets[0].consent == "none"


def test_every_open_conflict_is_named_and_a_newer_answer_ends_one_wiping() -> None:
    one = sheet(SESSION, "WR-01", {"who": "college", "mandate/wijkraad/spend": "none"})
    other = sheet(SESSION, "WR-01", {"who": "wijkraad", "mandate/wijkraad/spend": "decides"})
    wiped = sheet(SESSION, "WR-01", {}, wiped={"who": 1, "choice/wijkraad": 1})
    third = sheet(SESSION, "WR-01", {"who": {"value": "nobody", "revision": 2}})
    picture = merge([one, other, wiped, third])
    assert [each.item for each in picture.conflicts] == ["mandate/wijkraad/spend"]
    (joined,) = picture.sheets
    assert joined.answers["who"].value == "nobody"
    assert joined.wiped == {"choice/wijkraad": 1}
