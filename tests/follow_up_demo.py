"""The demo half a year on: three agreements, and what people then answer in the follow-up."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bart_tool.domain.agreement import AgreementDraft, Assent
from bart_tool.domain.answer import Answer
from bart_tool.domain.base import Language
from bart_tool.domain.sheet import Sheet
from bart_tool.store import sheets
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.agree import agree
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.follow_up import begin, planned
from bart_tool.workflow.gather import gather
from bart_tool.workflow.open_session import OpenSession, round_named
from bart_tool.workflow.phases import close
from bart_tool.workflow.publish import publish

DAY = date(2026, 11, 25)
CHECK_ON = date(2027, 5, 25)
ALL = ("wijkraad", "wijkmanager", "cluster-stadsbeheer", "cluster-maatschappelijke-ontwikkeling")
AGREED = (
    AgreementDraft(
        topic="decision/small-urgent-spend",
        sentence="De wijkmanager beslist over een kleine, dringende uitgave tot 5.000 euro.",
        parties=tuple(Assent(party=party) for party in ALL[:2]),
        owner="wijkmanager",
        check_on=CHECK_ON,
    ),
    AgreementDraft(
        topic="ties-broken-by",
        sentence="De rayondirecteur hakt de knoop door als het wijk-MT er niet uitkomt.",
        parties=tuple(Assent(party=party) for party in ALL),
        mandate="submitted",
        mandate_words="de rayondirecteur",
        owner="rayondirecteur",
        check_on=CHECK_ON,
    ),
    AgreementDraft(
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


def agreed(root: Path, language: Language = "nl") -> OpenSession:
    """The demo after its first report and the talk about it."""
    opened = make_demo(DiskStore(root), language).opened
    for draft in AGREED:
        opened = agree(opened, draft, DAY).opened
    return opened


def followed_up(root: Path, language: Language = "nl") -> OpenSession:
    """The demo after its follow-up round, which is closed and reported."""
    opened = agreed(root, language)
    opened = begin(opened, planned(opened))
    folder = root.parent / f"{root.name}-answers"
    folder.mkdir()
    files = []
    for before in round_named(opened, 1).folder.sheets()[0]:
        if before.participant != AWAY:
            files.append(folder / f"{before.participant}.yaml")
            files[-1].write_text(sheets.dump(answers_of(opened, before)), encoding="utf-8")
    done = gather(opened, files)
    assert done.is_whole, done
    return publish(
        close(done.opened).opened, formats=("md", "html", "json"), language=language
    ).opened


def answers_of(opened: OpenSession, before: Sheet) -> Sheet:
    """What the writer of `before` says half a year later."""
    kind = opened.session.kind_of[before.party]
    answers: dict[str, Any] = {}
    for item in opened.question_set.route(kind):
        if (kind, item.key) in MOVED:
            answers[item.key] = Answer(value=MOVED[kind, item.key])
        elif item.key in before.answers:
            answers[item.key] = before.answers[item.key].model_copy(update={"revision": 1})
    for agreement, said in SAID.items():
        for what, value in zip(("kept", "right"), said[kind], strict=True):
            answers[f"agreement-{what}-{agreement}"] = Answer(value=value)
    return before.changed(round=opened.session.round, answers=answers, wiped={})
