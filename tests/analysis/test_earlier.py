"""A second report holds back a group that, beside the first, would show what a few people said."""

from bart_tool.analysis.analyse import analyse
from bart_tool.disclosure.shown_before import beside, groups, to_close, to_hold_back
from bart_tool.disclosure.visibility import views
from bart_tool.domain.answer import Sheet
from bart_tool.domain.findings import OTHERS
from bart_tool.domain.session import Session
from bart_tool.merge.engine import merge
from tests.workshop import session, sheet, small_set

SET = small_set()
ITEM = "mandate/wijkraad/spend"


def workshop() -> Session:
    return session(SET, {"wijkraad": 7, "wijkmanager": 1, "cluster-a": 3})


def members(in_session: Session, *codes: str, value: str = "none") -> list[Sheet]:
    return [sheet(in_session, code, {ITEM: value}, consent="group") for code in codes]


def held(in_session: Session, before: list[Sheet], after: list[Sheet]) -> frozenset[str]:
    earlier = groups(in_session, merge(before))
    return to_hold_back(in_session, earlier, groups(in_session, merge(after)))


def test_one_answer_more_holds_the_group_back() -> None:
    of = workshop()
    four = members(of, "WR-01", "WR-02", "WR-03", "WR-04")
    assert held(of, four, [*four, *members(of, "WR-05")]) == {"wijkraad"}


def test_one_changed_answer_holds_the_group_back() -> None:
    of = workshop()
    three = members(of, "WR-01", "WR-02", "WR-03")
    changed = [*three[:2], *members(of, "WR-03", value="decides")]
    assert held(of, three, changed) == {"wijkraad"}


def test_nothing_changed_or_k_people_changed_holds_nothing_back() -> None:
    of = workshop()
    three = members(of, "WR-01", "WR-02", "WR-03")
    assert held(of, three, three) == frozenset()
    assert held(of, three, [*three, *members(of, "WR-04", "WR-05", "WR-06")]) == frozenset()


def test_the_first_report_holds_nothing_back() -> None:
    of = workshop()
    assert held(of, [], members(of, "WR-01", "WR-02", "WR-03")) == frozenset()


def test_a_party_that_leaves_the_others_would_show_who_stayed() -> None:
    of = workshop()
    before = members(of, "WM-01", "CL-01", "CL-02")  # together `others`
    after = [*before, *members(of, "CL-03")]  # the cluster now reaches k by itself
    assert held(of, before, after) == {"cluster-a"}


def test_somebody_erased_holds_nothing_back() -> None:
    of = workshop()
    before = members(of, "WR-01", "WR-02", "WR-03", "WR-04")
    earlier = groups(of, merge(before))
    left = of.changed(participants=[p for p in of.participants if p.code != "WR-04"])
    assert to_hold_back(left, earlier, groups(left, merge(before[:3]))) == frozenset()


def test_others_that_are_held_back_are_shown_nowhere() -> None:
    of = workshop()
    pile = members(of, "WM-01", "CL-01", "CL-02")
    findings = analyse(SET, of, merge(pile), held_back=frozenset({OTHERS}))
    assert [p.party for p in findings.by_key[ITEM].positions] == ["wijkraad"]


def test_who_joins_a_party_that_was_recognisable_as_a_group_only_holds_it_back() -> None:
    of = workshop()
    open_ones = [each.changed(consent="position") for each in members(of, "WR-01", "WR-02")]
    assert held(of, open_ones, [*open_ones, *members(of, "WR-03")]) == {"wijkraad"}
    assert held(of, [*open_ones, *members(of, "WR-03")], open_ones) == {"wijkraad"}


def test_a_party_in_which_everybody_is_recognisable_may_change() -> None:
    of = workshop()
    pile = [each.changed(consent="position") for each in members(of, "WR-01", "WR-02", "WR-03")]
    assert held(of, pile[:2], pile) == frozenset()
    shown = groups(of, merge(pile[:2])), groups(of, merge(pile))
    assert to_close(of, *shown) == frozenset()


def test_of_a_group_that_many_joined_nobody_is_counted_beside_the_earlier_report() -> None:
    of = workshop()
    three = members(of, "WR-01", "WR-02", "WR-03")
    six = [*three, *members(of, "WR-04", "WR-05"), *members(of, "WR-06", value="decides")]
    closed = to_close(of, groups(of, merge(three)), groups(of, merge(six)))
    assert closed == {"wijkraad"}
    position = analyse(SET, of, merge(six), not_counted=closed).by_key[ITEM].positions[0]
    assert (position.n, position.counts, position.dont_know) == (6, None, None)
    assert position.median == 0


def test_parties_that_share_nobody_are_not_compared() -> None:
    of = workshop()
    council = members(of, "WR-01", "WR-02", "WR-03")
    cluster = members(of, "CL-01", "CL-02", "CL-03")
    assert held(of, council, cluster) == frozenset()
    assert to_close(of, groups(of, merge(council)), groups(of, merge(cluster))) == frozenset()


def test_every_party_is_compared_also_behind_one_that_is_recognisable() -> None:
    of = workshop()
    manager = [each.changed(consent="position") for each in members(of, "WM-01")]
    three = members(of, "CL-01", "CL-02", "CL-03")
    changed = [*three[:2], *members(of, "CL-03", value="decides")]
    assert held(of, [*manager, *three], [*manager, *changed]) == {"cluster-a"}
    two = [*manager, *(each.changed(consent="position") for each in three[:2])]
    assert held(of, two, [*two, *members(of, "CL-03")]) == {"cluster-a"}


def test_what_is_held_back_is_not_remembered_as_shown_and_a_mark_is_short() -> None:
    of = workshop()
    picture = merge(members(of, "WR-01", "WR-02", "WR-03"))
    assert groups(of, picture, frozenset({"wijkraad"})) == {}
    marks = groups(of, picture)["wijkraad"].values()
    assert {len(each) for each in marks} == {16}


def left(of: Session, before: list[Sheet], now: list[Sheet]) -> dict[str, frozenset[str]]:
    return dict(beside(3, [views(of, merge(before))], views(of, merge(now))).left_out)


def test_beside_an_earlier_round_who_came_or_went_is_left_out_of_that_item() -> None:
    of = workshop()
    three = members(of, "WR-01", "WR-02", "WR-03")
    six = [*three, *members(of, "WR-04", "WR-05", "WR-06")]
    assert left(of, three, [*three, *members(of, "WR-04")]) == {"wijkraad": frozenset({ITEM})}
    assert left(of, three, six) == {}  # as many as k came
    assert left(of, six[:5], three) == {"wijkraad": frozenset({ITEM})}
    assert left(of, three, members(of, "WR-04", "WR-05", "WR-06")) == {}  # nobody in common
    assert left(of, three, members(of, "WR-01", "WR-02", "WR-03", value="decides")) == {}


def test_beside_a_round_in_which_few_were_recognisable_one_more_shows() -> None:
    of = workshop()
    two = [each.changed(consent="position") for each in members(of, "WR-01", "WR-02")]
    now = [*two, *members(of, "WR-03")]
    assert left(of, two, now) == {"wijkraad": frozenset({ITEM})}
    # Of a group that too few answered nothing was shown, so nothing can be subtracted.
    others = [sheet(of, code, {}, consent="group") for code in ("WR-03", "WR-04")]
    assert left(of, [*members(of, "WR-01", "WR-02"), *others], [*now, *others[1:]]) == {}


def test_every_earlier_party_is_looked_at_and_only_what_both_were_asked() -> None:
    of = workshop()
    manager = [each.changed(consent="position") for each in members(of, "WM-01")]
    three = members(of, "CL-01", "CL-02", "CL-03")
    now = [*manager, *three[:2], sheet(of, "CL-03", {"who": "college"}, consent="group")]
    assert left(of, [*manager, *three], now) == {"cluster-a": frozenset({ITEM})}
