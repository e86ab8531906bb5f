"""The demo half a year on: three agreements, and what people then answer in the follow-up."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bart_tool.domain.agreement import Assent, Draft
from bart_tool.domain.answer import Answer, Sheet
from bart_tool.domain.base import Language
from bart_tool.store import sheets
from bart_tool.workflow.agree import agree
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.desk import Desk
from bart_tool.workflow.follow_up import begin, planned
from bart_tool.workflow.gather import gather
from bart_tool.workflow.phases import close
from bart_tool.workflow.publish import publish
from bart_tool.workflow.rounds import desk_of_round

DAY = date(2026, 11, 25)
CHECK_ON = date(2027, 5, 25)
ALL = ("wijkraad", "wijkmanager", "cluster-stadsbeheer", "cluster-maatschappelijke-ontwikkeling")
AGREED = (
    Draft(
        topic="decision/small-urgent-spend",
        sentence="De wijkmanager beslist over een kleine, dringende uitgave tot 5.000 euro.",
        parties=tuple(Assent(party=party) for party in ALL[:2]),
        owner="wijkmanager",
        check_on=CHECK_ON,
    ),
    Draft(
        topic="ties-broken-by",
        sentence="De rayondirecteur hakt de knoop door als het wijk-MT er niet uitkomt.",
        parties=tuple(Assent(party=party) for party in ALL),
        mandate="submitted",
        mandate_words="de rayondirecteur",
        owner="rayondirecteur",
        check_on=CHECK_ON,
    ),
    Draft(
        topic="primary-task/wijkmanager",
        sentence="De wijkmanager organiseert de uitvoering van het wijkakkoord.",
        parties=tuple(Assent(party=party) for party in ALL),
        owner="wijkmanager",
        check_on=CHECK_ON,
    ),
)
# What a party now says of an agreement: kept, and still right.
SAID: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "a-1": {"wijkraad": ("yes", "yes"), "wijkmanager": ("yes", "yes"), "cluster": ("yes", "yes")},
    "a-2": {"wijkraad": ("no", "yes"), "wijkmanager": ("no", "yes"), "cluster": ("no", "partly")},
    "a-3": {"wijkraad": ("no", "yes"), "wijkmanager": ("yes", "yes"), "cluster": ("partly", "yes")},
}
# What moved in the pictures; everything else is said as before.
MOVED: Mapping[tuple[str, str], str] = {
    ("wijkraad", "mandate/wijkmanager/small-urgent-spend"): "decides",
    ("wijkmanager", "mandate/wijkmanager/small-urgent-spend"): "decides",
    ("cluster", "mandate/wijkmanager/small-urgent-spend"): "decides",
    ("wijkmanager", "mandate/wijkraad/small-urgent-spend"): "none",
    ("wijkraad", "ties-broken-by"): "rayondirecteur",
    ("wijkmanager", "ties-broken-by"): "rayondirecteur",
}
AWAY = "WR-06"  # took part in the first round, and not in the second


def agreed(root: Path, language: Language = "nl") -> Desk:
    """The demo after its first report and the talk about it."""
    desk = make_demo(root, language).desk
    for draft in AGREED:
        desk = agree(desk, draft, DAY).desk
    return desk


def followed_up(root: Path, language: Language = "nl") -> Desk:
    """The demo after its follow-up round, which is closed and reported."""
    desk = agreed(root, language)
    desk = begin(desk, planned(desk))
    folder = root.parent / f"{root.name}-answers"
    folder.mkdir()
    files = []
    for before in desk_of_round(desk, 1).folder.sheets()[0]:
        if before.participant != AWAY:
            files.append(folder / f"{before.participant}.yaml")
            files[-1].write_text(sheets.dump(answers_of(desk, before)), encoding="utf-8")
    done = gather(desk, files)
    assert done.is_whole, done
    return publish(close(done.desk).desk, formats=("md", "html", "json"), language=language).desk


def answers_of(desk: Desk, before: Sheet) -> Sheet:
    """What the writer of `before` says half a year later."""
    kind = desk.session.kind_of[before.party]
    answers: dict[str, Any] = {}
    for item in desk.question_set.route(kind):
        if (kind, item.key) in MOVED:
            answers[item.key] = Answer(value=MOVED[kind, item.key])
        elif item.key in before.answers:
            answers[item.key] = before.answers[item.key].model_copy(update={"revision": 1})
    for agreement, said in SAID.items():
        for what, value in zip(("kept", "right"), said[kind], strict=True):
            answers[f"agreement-{what}-{agreement}"] = Answer(value=value)
    return before.changed(round=desk.session.round, answers=answers, wiped={})
