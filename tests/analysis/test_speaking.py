"""Who starts speaking follows from who may decide what, not from a list in the code."""

from dataclasses import replace

import pytest

from bart_tool.analysis.agenda import say_of_kinds, speaking_order
from bart_tool.domain.findings import Findings
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.open_session import OpenSession


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Findings, OpenSession]:
    made = make_demo(DiskStore(tmp_path_factory.mktemp("demo")))
    return made.findings, made.opened


def test_residents_start_and_whoever_decides_most_comes_last(
    demo: tuple[Findings, OpenSession],
) -> None:
    findings, opened = demo
    order = speaking_order(opened.question_set, opened.session, findings)
    assert order[:2] == ("wijkraad", "wijkmanager")
    assert [opened.session.kind_of[party] for party in order[2:]] == ["cluster", "cluster"]


def test_the_order_turns_with_the_answers(demo: tuple[Findings, OpenSession]) -> None:
    findings, opened = demo
    turned = tuple(
        replace(
            item,
            positions=tuple(
                replace(p, median=5 - p.median) if p.median is not None else p
                for p in item.positions
            ),
        )
        for item in findings.items
    )
    say = say_of_kinds(opened.question_set, findings.items)
    order = speaking_order(opened.question_set, opened.session, replace(findings, items=turned))
    most_first = sorted(say, key=lambda kind: -say[kind])
    assert list(dict.fromkeys(opened.session.kind_of[party] for party in order)) == most_first


def test_a_party_cannot_talk_itself_to_the_front(demo: tuple[Findings, OpenSession]) -> None:
    findings, opened = demo
    say = say_of_kinds(opened.question_set, findings.items)
    assert all(0 <= each <= 1 for each in say.values())
    without = tuple(
        replace(item, positions=tuple(p for p in item.positions if p.kind != item.subject))
        for item in findings.items
    )
    others = say_of_kinds(opened.question_set, without)
    assert sorted(others, key=others.__getitem__) == sorted(say, key=say.__getitem__)


def test_without_any_answer_the_order_of_the_set_holds(demo: tuple[Findings, OpenSession]) -> None:
    findings, opened = demo
    order = speaking_order(opened.question_set, opened.session, replace(findings, items=()))
    kinds = list(dict.fromkeys(opened.session.kind_of[party] for party in order))
    assert kinds == list(opened.question_set.parties)
    assert sorted(order) == sorted(party.id for party in opened.session.parties)
