"""An agreement beside who decides by the answers themselves, worked out by hand."""

import pytest

from bart_tool.analysis.mandate import Doubt, doubts, is_doubtable
from bart_tool.domain.agreement import AgreementDraft, Assent, MandateStatus
from bart_tool.merge.engine import merge
from tests.workshop import MANDATE_QUESTION, WHO_QUESTION, analysed, session, sheet, small_set

SET = small_set(MANDATE_QUESTION, WHO_QUESTION)
PARTIES = {"wijkraad": 3, "wijkmanager": 1, "cluster-a": 2}
Seen = dict[str, tuple[str, str, str]]

# About whom: as seen by the wijkraad, the wijkmanager and the cluster.
MANAGER_DECIDES: Seen = {
    "wijkraad": ("advises", "advises", "informed"),
    "wijkmanager": ("decides", "decides", "co-decides"),
    "cluster": ("advises", "informed", "advises"),
}
CONTESTED: Seen = {**MANAGER_DECIDES, "wijkmanager": ("advises", "decides", "advises")}
TWO_CLAIM: Seen = {**MANAGER_DECIDES, "cluster": ("advises", "informed", "decides")}
NOBODY: Seen = {**MANAGER_DECIDES, "wijkmanager": ("decides", "advises", "decides")}
NOBODY_AT_ALL: Seen = {**MANAGER_DECIDES, "wijkmanager": ("advises", "advises", "advises")}


def asked(
    seen: Seen,
    *parties: str,
    owner: str | None = None,
    topic: str = "decision/spend",
    mandate: MandateStatus = "within",
    consent: str = "position",
) -> tuple[Doubt, ...]:
    workshop = session(SET, PARTIES)
    piled = [
        sheet(
            workshop,
            code,
            {f"mandate/{kind}/spend": seen[kind][place] for kind in seen},
            consent=consent,
        )
        for code, place in (("WR-01", 0), ("WR-02", 0), ("WR-03", 0), ("WM-01", 1), ("CL-01", 2))
    ]
    findings = analysed(SET, workshop, merge(piled))
    draft = AgreementDraft(
        topic=topic,
        sentence="Zo doen we het.",
        parties=tuple(Assent(party=party) for party in parties),
        owner=owner,
        mandate=mandate,
    )
    found = doubts(draft, findings, SET, workshop.kind_of)
    assert is_doubtable(draft, SET) or not found
    return found


@pytest.mark.parametrize(
    ("seen", "parties", "doubt"),
    [
        (MANAGER_DECIDES, ("wijkmanager",), None),
        (MANAGER_DECIDES, ("wijkraad", "wijkmanager"), None),
        (MANAGER_DECIDES, ("wijkraad",), Doubt("claimed-elsewhere", ("wijkmanager",))),
        (MANAGER_DECIDES, ("wijkraad", "cluster-a"), Doubt("claimed-elsewhere", ("wijkmanager",))),
        (MANAGER_DECIDES, (), None),  # it is asked already who agrees at all
        (
            CONTESTED,
            ("wijkmanager",),
            Doubt("contested", ("wijkmanager",), ("wijkraad", "cluster-a")),
        ),
        (TWO_CLAIM, ("wijkmanager",), Doubt("claimed-also-by", ("cluster",))),
        (TWO_CLAIM, ("cluster-a",), Doubt("claimed-also-by", ("wijkmanager",))),
        (TWO_CLAIM, ("wijkmanager", "cluster-a"), None),
        (TWO_CLAIM, ("wijkraad",), Doubt("claimed-elsewhere", ("wijkmanager", "cluster"))),
        (NOBODY, ("wijkraad",), Doubt("claimed-by-nobody", ("wijkmanager",))),
        (NOBODY_AT_ALL, ("wijkraad", "wijkmanager"), Doubt("claimed-by-nobody")),
    ],
)
def test_who_agrees_is_held_beside_who_decides(
    seen: Seen, parties: tuple[str, ...], doubt: Doubt | None
) -> None:
    assert asked(seen, *parties) == ((doubt,) if doubt else ())


@pytest.mark.parametrize(
    ("seen", "owner", "code"),
    [
        (MANAGER_DECIDES, "wijkmanager", None),
        (MANAGER_DECIDES, "wijkraad", "owner-below-line"),  # its own word and the others' alike
        (MANAGER_DECIDES, "cluster-a", "owner-below-line"),  # a party stands where its kind stands
        (MANAGER_DECIDES, "cluster", "owner-below-line"),
        (CONTESTED, "wijkmanager", "owner-seen-below-line"),  # its own word lies above
        (NOBODY, "wijkmanager", "owner-below-line"),  # the others' word lies above
        (MANAGER_DECIDES, "college", None),  # of an actor nothing is asked
        (MANAGER_DECIDES, None, None),
    ],
)
def test_the_owner_is_asked_about_when_it_has_no_say_by_its_own_or_the_others_word(
    seen: Seen, owner: str | None, code: str | None
) -> None:
    found = [(each.code, each.positions) for each in asked(seen, owner=owner)]
    assert found == ([(code, (owner,))] if code else [])


def found_of(said: dict[str, str], about: str, owner: str) -> list[str]:
    """The doubts about `owner` from what each participant says of the mandate of `about`."""
    workshop = session(SET, PARTIES)
    piled = [
        sheet(workshop, code, {f"mandate/{about}/spend": level}) for code, level in said.items()
    ]
    draft = AgreementDraft(
        topic="decision/spend", sentence="Zo doen we het.", owner=owner, mandate="within"
    )
    found = doubts(draft, analysed(SET, workshop, merge(piled)), SET, workshop.kind_of)
    return [each.code for each in found]


def test_on_the_line_is_not_below_it() -> None:
    halfway = {"CL-01": "advises", "CL-02": "co-decides", "WR-01": "decides"}
    assert found_of(halfway, "cluster", "cluster-a") == []
    below = {**halfway, "CL-02": "advises"}
    assert found_of(below, "cluster", "cluster-a") == ["owner-below-line"]


def test_its_own_word_is_none_of_the_others() -> None:
    said = {"WM-01": "enforces", "WR-01": "advises"}
    assert found_of(said, "wijkmanager", "wijkmanager") == ["owner-seen-below-line"]


def test_where_nobody_spoke_of_itself_nothing_is_asked() -> None:
    said = {"WR-01": "none", "CL-01": "none"}
    assert found_of(said, "wijkmanager", "wijkmanager") == []


def test_both_are_asked_when_both_are_so() -> None:
    found = asked(MANAGER_DECIDES, "wijkraad", owner="wijkraad")
    assert [each.code for each in found] == ["claimed-elsewhere", "owner-below-line"]


@pytest.mark.parametrize("mandate", ["submitted", "fixed", "parked"])
def test_only_what_is_called_within_the_mandate_is_questioned(mandate: MandateStatus) -> None:
    assert asked(MANAGER_DECIDES, "wijkraad", owner="wijkraad", mandate=mandate) == ()


def test_an_item_of_the_decision_is_the_decision_and_other_topics_are_not_questioned() -> None:
    item = asked(MANAGER_DECIDES, "wijkraad", topic="mandate/wijkmanager/spend")
    assert [each.code for each in item] == ["claimed-elsewhere"]
    assert asked(MANAGER_DECIDES, "wijkraad", topic="who") == ()
    assert asked(MANAGER_DECIDES, "wijkraad", topic="decision/moon") == ()


def test_without_answers_there_is_nothing_to_question() -> None:
    assert asked({}, "wijkraad", owner="wijkraad") == ()


def test_what_may_not_be_shown_is_not_told_by_a_question_either() -> None:
    # The manager and the cluster want to be shown as a group, and are two people: not shown.
    hidden = {**MANAGER_DECIDES, "wijkmanager": ("decides", "none", "none")}
    for parties in (("wijkraad",), ("wijkmanager",), ("wijkraad", "cluster-a")):
        found = asked(MANAGER_DECIDES, *parties, owner="wijkmanager", consent="group")
        assert found == asked(hidden, *parties, owner="wijkmanager", consent="group")
    assert asked(MANAGER_DECIDES, "wijkmanager", consent="group") == ()
    # Only one position is known to have spoken for itself: too few to say that nobody decides.
    assert asked(MANAGER_DECIDES, "wijkraad", consent="group") == ()
