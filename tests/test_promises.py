"""Every sentence that a participant reads before the first question, and the test that shows it.

Names, addresses, functions and words that may not be printed stand in every input of one workshop
of two rounds; every output of every command is searched for them, byte by byte.
"""

import ast
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bart_tool.domain.agreement import AgreementDraft
from bart_tool.domain.answer import DONT_KNOW, Answer
from bart_tool.domain.question import TextQuestion
from bart_tool.domain.sheet import Sheet
from bart_tool.store import sheets
from bart_tool.store.disk import DiskStore
from bart_tool.store.locations import SESSION_FILE
from bart_tool.store.session_files import Person
from bart_tool.workflow.agree import agenda_topics, agree
from bart_tool.workflow.answering.context import practice_context, session_context
from bart_tool.workflow.erase import erase
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.phases import close
from bart_tool.workflow.prepare import new_session
from bart_tool.workflow.publish import publish
from bart_tool.workflow.session_draft import SessionDraft
from tests.any_answers import any_value
from tests.cli.run import bart
from tests.store.failpoints import KILL, Killed, failing
from tests.workflow.on_disk import naming
from tests.workshop import path_of, with_known_secrets, with_one_id


@pytest.fixture(autouse=True)
def _by_one_id(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports of two sessions are laid side by side here, and each draws an id of its own."""
    with_one_id(monkeypatch)


ROOT = Path(__file__).parent.parent
BEFORE = [ROOT / "bart_tool" / "wording" / name for name in ("welcome.py", "letter.py")]
HERE = "tests/test_promises.py"
BEFORE_CLOSING = "tests/cli/test_before_closing.py::test_nothing_tells_what_was_answered"
LEAVING = (
    "tests/tui/participant/test_leaving.py::"
    "test_whatever_way_one_leaves_everything_called_kept_is_there"
)
SUBTRACTION = (
    "tests/disclosure/test_what_follows.py::test_one_closing_shows_no_bucket_under_k",
    "tests/disclosure/test_what_follows.py::test_nor_do_two_closings_beside_each_other",
)
EVERY_DOOR = "tests/forms/test_every_door_the_same.py::test_every_door_gives_the_same_sheet"
CONSENT = "tests/wording/test_consent.py"
REMINDING = "tests/cli/test_reminders.py"
OFFLINE = "tests/forms/test_answering_in_a_browser.py"
GOLDEN = "tests/report/test_golden_reports.py::test_the_report_reads_as_it_was_last_read"

GUESSED = (
    "tests/domain/test_guesses.py::test_the_guesses_come_last_and_only_to_the_other_kinds",
    "tests/analysis/test_coorientation.py::"
    "test_a_withheld_party_is_neither_guessing_nor_guessed_about",
)

# What is said to a participant -> the tests that show it.
WHO_MAY_READ = "tests/cli/test_who_may_read.py"
PROMISES: dict[str, tuple[str, ...]] = {
    "As long as people are answering, nobody sees the answers. The facilitator only sees "
    "whether you are done.": (
        BEFORE_CLOSING,
        f"{WHO_MAY_READ}::test_no_road_leads_to_the_answers_of_another",
    ),
    "After that the facilitator can read the sheets. A sheet holds a code and no name.": (
        f"{HERE}::test_a_name_stands_in_the_list_of_people_and_nowhere_else",
    ),
    "The facilitator types your paper over, and so sees what you filled in. It bears a code and no "
    "name.": (f"{HERE}::test_a_name_stands_in_the_list_of_people_and_nowhere_else",),
    "Your answers go to the program in which you fill this in. Whoever manages it can read them at "
    "once. They bear a code and no name.": (
        "tests/export/test_xlsform.py::test_a_form_asks_for_a_code_and_no_name",
    ),
    "The report gives the answers per party.": (
        *SUBTRACTION,
        f"{HERE}::test_no_report_names_a_code_or_tells_who_was_first",
    ),
    "Your own words are only printed where you tick that they may be.": (
        f"{HERE}::test_words_that_were_not_ticked_are_in_no_output",
    ),
    "Mind: you are the only one of: {party}. Everybody who reads the report can then tell "
    "what you answered.": (
        f"{HERE}::test_who_is_alone_is_told_so_before_the_first_question",
        GOLDEN,
    ),
    "Mind: are you the only one of your party? Everybody who reads the report can then "
    "tell what you answered.": (f"{HERE}::test_who_is_alone_is_told_so_before_the_first_question",),
    "the report may show what my party thinks, also if people can tell it is me.": (
        "tests/analysis/test_privacy.py::test_visibility_follows_what_its_members_chose",
    ),
    "only together with others. With fewer than {k} people the report does not show my "
    "party by itself.": (
        "tests/analysis/test_privacy.py::"
        "test_a_withheld_party_stands_in_the_list_of_parties_and_nowhere_else",
        *SUBTRACTION,
    ),
    "At {number} question other parties guess what your party fills in. The report lays that "
    "beside it.": GUESSED,
    "At {number} questions other parties guess what your party fills in. The report lays that "
    "beside it.": GUESSED,
    "my answers are not used in the report.": (
        f"{HERE}::test_rather_not_gives_the_report_without_those_answers",
    ),
    "You do not have to say. Your function is not printed in the report.": (
        f"{HERE}::test_a_function_is_in_no_report",
    ),
    "Begin with a drawing, on a loose sheet. {drawing} You keep it.": (
        f"{CONSENT}::test_a_drawing_comes_before_the_questions_and_is_nowhere_asked_for",
    ),
    "You can stop at any moment. What you answered is kept.": (LEAVING,),
    "Ctrl+Q stops. What you answered is kept.": (LEAVING,),
    "You were here before. You gave {number} answer. It is kept.": (LEAVING,),
    "You were here before. You gave {number} answers. They are kept.": (LEAVING,),
    "This is practice: nothing is kept and nobody reads it. Stop whenever you like.": (
        f"{HERE}::test_practice_leaves_nothing_behind",
    ),
    "Ctrl+Q stops. This is practice: nothing is kept.": (
        f"{HERE}::test_practice_leaves_nothing_behind",
    ),
    "No answer is right or wrong. Not knowing is an answer too.": (
        f"{HERE}::test_not_knowing_is_counted_and_no_output_says_wrong_or_right",
    ),
    "You can change your choice later: start again with the same command.": (
        f"{HERE}::test_a_choice_made_later_is_the_one_that_counts",
    ),
    "Are the answers or the report with a municipality or another public body? Then anybody may "
    "ask for them (Open Government Act, Woo).": (
        f"{CONSENT}::test_every_door_says_who_will_see_what",
        f"{CONSENT}::test_it_says_that_a_file_at_the_municipality_can_be_asked_for",
    ),
    "A while ago we asked you how you see who does what in {wijk}. Your answers have not come in "
    "yet. Did you send them just now? Then you need not do anything.": (
        f"{REMINDING}::test_only_who_has_not_handed_in_gets_a_reminder_and_it_says_how_many",
    ),
    "The facilitator wipes the answers on {date} at the latest.": (
        f"{CONSENT}::test_the_day_by_which_answers_are_wiped_is_kept_in_the_session",
        "tests/cli/test_doctor.py::test_what_is_wrong_is_found_with_a_remedy_and_only_what_was_named_is_mended",
    ),
    "You choose beforehand how you may be shown. No answer is right or wrong.": (
        f"{CONSENT}::test_every_door_asks_it_as_a_question_before_the_first_one",
        f"{HERE}::test_not_knowing_is_counted_and_no_output_says_wrong_or_right",
    ),
    "Open the file {file} that goes with this, on a computer if you can. You need not install "
    "anything.": (f"{OFFLINE}::test_every_form_is_small_and_asks_nothing_of_the_network",),
    "Fill in the questions. Answer on your own. You can stop and go on later.": (
        f"{OFFLINE}::test_a_reload_and_a_restart_go_on_after_asking",
    ),
    "Hand in. The form then makes a file on your device. Send that file back to whoever you got "
    "this from.": (f"{OFFLINE}::test_everything_beside_an_answer_comes_back",),
    "Another way is fine too: on paper, or on the facilitator's laptop when you are there. Ask "
    "for it.": (EVERY_DOOR,),
    "Does it not work, or would you rather not use paper? You may also answer on the "
    "facilitator's laptop. Ask for it.": (EVERY_DOOR,),
    "On a phone? Your mail and your list of files often show only an example: questions, but "
    "nothing to tick. Save the file first. Then open it with a browser, such as Chrome or "
    "Firefox. On an iPhone or iPad that often does not work: use a computer there, or another "
    "way.": (
        f"{OFFLINE}::test_without_script_the_questions_can_be_read",
        f"{OFFLINE}::test_the_whole_core_set_by_touch_on_a_phone",
    ),
    "To agree together who does what and who may decide what. It does not judge anybody.": (
        f"{HERE}::test_not_knowing_is_counted_and_no_output_says_wrong_or_right",
    ),
    "Does everybody in your party choose “may be recognisable”? Then the report also shows how "
    "many of you gave each answer.": (
        "tests/disclosure/test_publish.py"
        "::test_an_open_party_shows_its_counts_and_the_words_that_may_be_printed",
    ),
    "Is your party shown as a group? Then the report only says what most of you answered, and none "
    "of your own words. If all of you say the same, a reader knows what each of you said.": (
        "tests/disclosure/test_publish.py::test_a_group_stands_where_most_and_at_least_k_do",
        "tests/disclosure/test_publish.py::test_of_a_group_no_words_are_known_and_none_are_counted",
        "tests/disclosure/test_what_follows.py::test_one_closing_shows_no_bucket_under_k",
    ),
}
# Titles, instructions and what is asked: they promise nothing.
NOT_PROMISED = {
    "How may your answers stand in the report?",
    "Hello,",
    "Thank you.",
    "our wijk",
    "Subject: who does what in {wijk}? Your picture counts",
    "Subject: are our agreements in {wijk} kept? Your picture counts",
    "In {wijk} people from several parties work together. Everybody has a picture of who does "
    "what, who may decide what and who plays which role. We lay those pictures side by side and "
    "talk about where they differ.",
    "In {wijk} we agreed who does what and who may decide what. Now we look whether that is kept "
    "and still right. Then we talk about it again.",
    "Subject: reminder: are our agreements in {wijk} kept?",
    "Subject: reminder: who does what in {wijk}?",
    "Your picture counts too: we would like to lay it beside those of the others. Would you "
    "rather not take part? That is fine too: let us know.",
    "Will you fill in yours? You take part for: {party}.",
    "What is it for? {purpose}",
    "Fill in the paper that goes with this. Answer on your own.",
    "Give it back to whoever you got it from.",
    "Send it back by {date} at the latest.",
    "Questions? Ask: {contact}",
    "who sends it",
    "whom to ask",
    "until when the answers are kept",
    "May be recognisable",
    "Only as a group",
    "Rather not",
    "Who will see what?",
    "What is your function?",
    "Welcome",
    "Welcome back",
    "You take part for: {party}",
    "Who does what, who may decide what, and who plays which role? Everybody has a picture "
    "of that. Here you fill in yours, on your own. After that all the pictures are laid "
    "side by side, to talk about where they differ.",
    "You all made agreements about who does what. This is round {number}: it asks whether these "
    "are kept and still right, and once more how you see what they are about. You fill it in on "
    "your own.",
    "You give {answers}. That takes about {minutes}.",
    "You were here before. There were no answers yet.",
    "Your choice then: {choice}.",
    "How do you want to go on?",
    "Before you begin",
    "Enter goes on, ← goes back. Digits choose. Arrows and the mouse work too.",
    "F3 changes the language, F4 the colours. Ctrl+P shows everything you can do.",
}


def sentences() -> Iterator[str]:
    """Every text that the welcome and the letter give to the catalogue."""
    trees = [ast.parse(path.read_text("utf-8")) for path in BEFORE]
    for node in (each for tree in trees for each in ast.walk(tree)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        if name in ("t", "N_", "plural"):
            for each in node.args:
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield each.value


def test_every_sentence_of_the_welcome_is_shown_by_a_test_or_promises_nothing() -> None:
    said = set(sentences())
    assert len(said) > 20
    assert said - PROMISES.keys() - NOT_PROMISED == set(), "say which test shows this"
    assert (PROMISES.keys() | NOT_PROMISED) - said == set(), "nobody reads this any more"


@pytest.mark.parametrize("test", sorted({each for tests in PROMISES.values() for each in tests}))
def test_the_test_that_a_promise_names_is_there(test: str) -> None:
    file, _, name = test.partition("::")
    assert re.search(rf"^(async )?def {name}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE)


# One workshop, in which everything that must stay hidden is a word that nothing else contains.

NAME, STREET, MAIL = "Zonnewende", "Kerkepad", "zonnepost"
FUNCTION = "penningmeesterschap"
SILENT, TICKED = "zwijgwoord", "spreekwoord"
PARTIES = [("wijkraad", 4), ("wijkmanager", 1), ("cluster-groen", 3)]
TODAY = date(2026, 11, 25)
# Here lies what people gave, under their codes, for the facilitator's eyes.
RAW = ("sheets", "conflicts", "damaged")


def hidden(word: str, code: str) -> str:
    """`word`, for one person: so that it can be seen whose it was."""
    return f"{word}{code.replace('-', '').lower()}"


def whole_sheet(opened: OpenSession, code: str, number: int, **more: Any) -> Sheet:
    """Answers to everything, with words in all of them; every third lets words be printed."""
    import random

    context = session_context(opened, code)
    chance = random.Random(number)
    answers = {}
    for place, item in enumerate(opened.question_set.route(context.kind)):
        ticks = place % 3 == 0
        words = hidden(TICKED if ticks else SILENT, code)
        value = any_value(opened.question_set, item, chance)
        if isinstance(item.question, TextQuestion):
            value = words
        answers[item.key] = Answer(value=value, note=words, quote=ticks)
    values = {"consent": "position", "status": "submitted", "function": FUNCTION, **more}
    return context.blank.changed(answers=answers, **values)


def workshop(root: Path, codes: tuple[str, ...] = (), **more: Any) -> OpenSession:
    """The session `wijk`, its round open, with everybody's sheet waiting in `inbox`."""
    plan = SessionDraft("wijk", "wijk-kort", PARTIES, title="Voorbeeldwijk", functions=(FUNCTION,))
    opened = new_session(DiskStore(root / "sessions"), plan)
    opened.folder.save_people(
        {
            code: Person(
                name=f"{hidden(NAME, code)} de Vries",
                contact=f"{hidden(STREET, code)} 7, {hidden(MAIL, code)}@voorbeeld.example",
            )
            for code in opened.session.party_of
        }
    )
    inbox = root / "inbox"
    inbox.mkdir()
    for number, code in enumerate(codes or opened.session.party_of):
        sheet = whole_sheet(opened, code, number, **more)
        path = inbox / f"{hidden(NAME, code)} {hidden(STREET, code)} 7.yaml"
        path.write_text(sheets.dump(sheet), encoding="utf-8")
    (inbox / f"{NAME} kapot.yaml").write_text('participant: "WR-01"\nkind: [', encoding="utf-8")
    other = whole_sheet(opened, "WR-02", 99, **more)
    (inbox / f"{NAME} nog eens.yaml").write_text(sheets.dump(other), encoding="utf-8")
    return opened


def everything(root: Path) -> dict[str, bytes]:
    """Every output of a whole workshop, by what gave it: what is said, and what is written."""
    made: dict[str, bytes] = {}

    def run(*args: str, may_fail: bool = False) -> None:
        for more in ((), ("--json",)):
            for language in ("nl", "en"):
                done = bart(root / "sessions", *args, *more, language=language)
                assert may_fail or done.code in (0, 65, 77), (args, done)
                made[f"bart {' '.join((*args, *more))} {language}"] = (done.out + done.err).encode()

    run("form", "wijk")
    run("form", "wijk", "--paper")
    bart(root / "sessions", "gather", "wijk", str(root / "inbox"))
    run("gather", "wijk", str(root / "nothing.yaml"), may_fail=True)
    run("status", "wijk")
    run("check", "--session", "wijk")
    assert bart(root / "sessions", "close", "wijk").code in (0, 65)
    run("status", "wijk")
    for language in ("nl", "en"):
        run("report", "wijk", "--format", "md,html,json", "--language", language)
        for path in (root / "sessions" / "wijk" / "report").glob("report.*"):
            made[f"{path.name} {language}"] = path.read_bytes()
    opened = open_session(DiskStore(root / "sessions"), "wijk")
    for topic in agenda_topics(opened)[:2]:
        agree(
            opened,
            AgreementDraft(topic=topic, sentence="De wijkraad en de wijkmanager overleggen."),
            TODAY,
        )
        opened = open_session(DiskStore(root / "sessions"), "wijk")
    run("agreements", "wijk")
    run("agreements", "page", "wijk")
    run("discuss", "wijk", may_fail=True)
    run("mind", "wijk", "CL-03")
    assert bart(root / "sessions", "follow-up", "wijk", "--yes").code == 0
    opened = open_session(DiskStore(root / "sessions"), "wijk")
    for number, code in enumerate(opened.session.party_of):
        opened.folder.save_sheet(whole_sheet(opened, code, number + 50), None)
    close(opened)
    run("report", "wijk", "--format", "md,html,json")
    run("compare", "wijk", "1", "2", "--format", "md,html,json")
    run("backup", "wijk", "--to", str(root / "bewaard.zip"), may_fail=True)
    run("erase", "wijk", "WR-04", "--yes", may_fail=True)
    return made


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("promises")


@pytest.fixture(scope="module")
def outputs(root: Path) -> dict[str, bytes]:
    """What was said and written in the whole workshop, and what lies there at its end."""
    workshop(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(root / "state"))
        patch.chdir(root)
        made = everything(root)
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not name.startswith("inbox/") and path.suffix != ".zip":
            made[name] = path.read_bytes()
    with zipfile.ZipFile(root / "bewaard.zip") as kept:
        for member in kept.namelist():
            made[f"bewaard.zip/{member}"] = kept.read(member)
    return made


def holding(outputs: dict[str, bytes], *words: str) -> set[str]:
    """The outputs in which one of the words stands, in their name too, in whatever case."""
    found = set()
    for name, content in outputs.items():
        text = name.encode().lower() + b"\0" + content.replace(b"\0", b"").lower()
        if any(word.lower().encode() in text for word in words):
            found.add(name)
    return found


def is_raw(name: str) -> bool:
    """Whether the facilitator reads people's own sheets there."""
    return any(part in RAW for part in name.split("/")[:-1])


def test_the_search_finds_what_is_there(outputs: dict[str, bytes]) -> None:
    assert len(outputs) > 100
    assert len([name for name in holding(outputs, TICKED) if "report" in name]) > 3
    assert "sessions/wijk/people.yaml" in holding(outputs, NAME)
    assert any(is_raw(name) for name in holding(outputs, SILENT))
    assert "report.html nl" in outputs
    assert [name for name in outputs if re.search(r"rounds/.*report\.json$", name)]
    assert [name for name in outputs if name.startswith("bewaard.zip/")]


def test_a_name_stands_in_the_list_of_people_and_nowhere_else(outputs: dict[str, bytes]) -> None:
    assert holding(outputs, NAME, STREET, MAIL) == {"sessions/wijk/people.yaml"}


def test_words_that_were_not_ticked_are_in_no_output(outputs: dict[str, bytes]) -> None:
    own = {name for name in outputs if name.startswith("bart mind")}  # one's own, to oneself
    assert {name for name in holding(outputs, SILENT) if not is_raw(name)} <= own


def test_a_function_is_in_no_report(outputs: dict[str, bytes]) -> None:
    found = {name for name in holding(outputs, FUNCTION) if not is_raw(name)}
    # Where one is asked for it, and where it is kept what may be chosen.
    asked = re.compile(r"(?:.*/)?(?:session\.yaml|forms/.*)|bart mind .*")
    assert {name for name in found if not asked.fullmatch(name)} == set()


def test_no_report_names_a_code_or_tells_who_was_first(outputs: dict[str, bytes]) -> None:
    reports = {
        name
        for name in outputs
        if re.search(r"(report|compare-1-2|agreements)\.(md|html|json)( nl| en)?$", name)
    }
    assert len(reports) > 8
    codes = re.compile(rb"\b(WR|WM|CL)-0[0-9]\b")
    assert {name for name in reports if codes.search(outputs[name])} == set()
    clock = re.compile(rb"\b[0-2]?[0-9]:[0-5][0-9]\b")
    assert {name for name in reports if clock.search(outputs[name])} == set()


def test_no_order_of_handing_in_shows_in_what_lies_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files, the reports and what is said of them are the same in whatever order it came."""
    with_known_secrets(monkeypatch)
    seen = []
    for turn in (1, -1):
        there = tmp_path / f"turn{turn}"
        there.mkdir()
        opened = workshop(there)
        for path in sorted((there / "inbox").iterdir())[::turn]:
            bart(there / "sessions", "gather", "wijk", str(path))
        bart(there / "sessions", "close", "wijk")
        said = [
            bart(there / "sessions", "status", "wijk").out,
            bart(there / "sessions", "report", "wijk", "--format", "md,html,json").err,
        ]
        folder = path_of(opened.folder)
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not is_raw(path.relative_to(folder).as_posix())
        }
        seen.append(([text.replace(str(there), "") for text in said], files))
    assert seen[0] == seen[1]
    assert b"report.json" in b"".join(name.encode() for name in seen[0][1])


def test_who_is_alone_is_told_so_before_the_first_question(tmp_path: Path) -> None:
    from bart_tool.wording.translation import words
    from bart_tool.wording.welcome import consent_text
    from bart_tool.workflow.answering.context import new_loose_context

    opened = workshop(tmp_path)
    t = words("nl")
    alone = consent_text(session_context(opened, "WM-01"), t)
    assert "bent de enige van" in alone.lower()
    assert "de enige" not in consent_text(session_context(opened, "WR-01"), t)
    loose = new_loose_context(tmp_path / "blad.yaml", "wijk", "WM-01", "wijk-kort", "wijkmanager")
    assert "ben je de enige" in consent_text(loose, t).lower()


def reported(opened: OpenSession) -> dict[str, bytes]:
    made = publish(close(opened).opened, formats=("md", "html", "json"))
    return {path.name: path.read_bytes() for path in map(Path, made.files)}


def handed_in(root: Path, codes: tuple[str, ...], **more: Any) -> OpenSession:
    """The workshop in which these people handed in; `more` per code replaces what they chose."""
    root.mkdir()
    opened = workshop(root)
    for number, code in enumerate(opened.session.party_of):
        if code in codes:
            chosen = more.get(code.replace("-", ""), {})
            opened.folder.save_sheet(whole_sheet(opened, code, number, **chosen), None)
    return opened


ALL = ("WR-01", "WR-02", "WR-03", "WR-04", "WM-01", "CL-01", "CL-02", "CL-03")


def test_rather_not_gives_the_report_without_those_answers(tmp_path: Path) -> None:
    without = tuple(code for code in ALL if code != "WR-02")
    with_ = handed_in(tmp_path / "with", ALL, WR02={"consent": "none"})
    assert reported(with_) == reported(handed_in(tmp_path / "without", without))


def test_a_choice_made_later_is_the_one_that_counts(tmp_path: Path) -> None:
    opened = handed_in(tmp_path / "later", ALL)
    found = opened.folder.sheet("WR-02")
    assert found is not None
    opened.folder.save_sheet(found[0].changed(consent="none"), found[1])
    at_once = handed_in(tmp_path / "at-once", ALL, WR02={"consent": "none"})
    assert reported(opened) == reported(at_once)


def test_practice_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    context = practice_context("wijk-kort", "wijkraad")
    mark = context.save(context.blank.changed(consent="position"), None)
    context.save(context.blank.with_answer("clarity", Answer(value="high", note=SILENT)), mark)
    assert list(tmp_path.rglob("*")) == []


def test_not_knowing_is_counted_and_no_output_says_wrong_or_right(tmp_path: Path) -> None:
    opened = handed_in(tmp_path / "wijk", ())
    for code in ALL:
        context = session_context(opened, code)
        answers = {
            item.key: Answer(value=DONT_KNOW)
            for item in opened.question_set.route(context.kind)
            if not isinstance(item.question, TextQuestion)
        }
        sheet = context.blank.changed(answers=answers, consent="position", status="submitted")
        opened.folder.save_sheet(sheet, None)
    made = reported(opened)
    text = made["report.md"].decode()
    assert '"code": "unknown"' in made["report.json"].decode()
    text = text.lower().replace("een verschil is geen fout", "")
    assert not re.search(r"\b(fout|goed|juist|onjuist|wrong|right|correct)\b", text)


# Erasing

GONE = "WR-03"


def marks_of(code: str) -> tuple[bytes, ...]:
    """Everything by which somebody could be found again."""
    words = [hidden(word, code) for word in (NAME, STREET, MAIL, SILENT, TICKED)]
    return (code.encode(), *(word.encode() for word in words))


def left_of(code: str, folder: Path) -> set[str]:
    """The files of a session in which somebody can still be found, by name or by byte."""
    found = set()
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        if path.name == SESSION_FILE and not naming(code, {"": content}):
            content = b""  # the note that the code was erased
        text = path.name.encode() + b"\0" + content.replace(b"\0", b"")
        if any(mark in text for mark in marks_of(code)):
            found.add(path.relative_to(folder).as_posix())
    return found


def two_rounds(root: Path) -> OpenSession:
    """A workshop in its second round: sheets, conflicts, damage, forms and reports of everybody."""
    workshop(root)
    everything_but_erasing = ("form", "gather", "close", "report")
    inbox = str(root / "inbox")
    for verb in everything_but_erasing:
        more = (inbox,) if verb == "gather" else ()
        assert bart(root / "sessions", verb, "wijk", *more).code in (0, 65)
    opened = open_session(DiskStore(root / "sessions"), "wijk")
    agree(opened, AgreementDraft(topic=agenda_topics(opened)[0], sentence="Wij overleggen."), TODAY)
    assert bart(root / "sessions", "follow-up", "wijk", "--yes").code == 0
    opened = open_session(DiskStore(root / "sessions"), "wijk")
    for number, code in enumerate(opened.session.party_of):
        opened.folder.save_sheet(whole_sheet(opened, code, number + 50), None)
    publish(close(opened).opened)
    return open_session(DiskStore(root / "sessions"), "wijk")


def test_of_who_was_erased_nothing_is_left(tmp_path: Path) -> None:
    opened = two_rounds(tmp_path)
    assert len(left_of(GONE, path_of(opened.folder))) > 5
    assert bart(tmp_path / "sessions", "erase", "wijk", GONE, "--yes").code in (0, 65)
    assert left_of(GONE, path_of(opened.folder)) == set()


def test_nor_when_erasing_was_killed_half_way_and_the_session_is_opened(tmp_path: Path) -> None:
    """At every eleventh call to the disk, so that all kinds of them come by.

    The next start is enough: nobody need erase again.
    """
    opened = two_rounds(tmp_path)
    whole = tmp_path / "whole"
    shutil.copytree(tmp_path / "sessions", whole)
    killed = 0
    for before in range(0, 10_000, 11):
        now = tmp_path / "now"
        shutil.copytree(whole, now)
        with failing(KILL, before) as failpoint:
            try:
                erase(open_session(DiskStore(now), "wijk"), GONE)
            except Killed:
                killed += 1
        there = open_session(DiskStore(now), "wijk")  # as the next start does
        if GONE in there.session.party_of:  # it had not begun
            assert failpoint.hit
            erase(there, GONE)
        assert left_of(GONE, now / "wijk") == set(), before
        shutil.rmtree(now)
        if not failpoint.hit:
            break
    assert killed > 5
    assert opened.session.session == "wijk"


def test_the_report_after_erasing_is_the_one_in_which_somebody_never_was(tmp_path: Path) -> None:
    erased = handed_in(tmp_path / "erased", ALL)
    publish(close(erased).opened, formats=("md", "html", "json"))
    opened = erase(open_session(DiskStore(tmp_path / "erased" / "sessions"), "wijk"), GONE).opened
    made = publish(opened, formats=("md", "html", "json"))
    never = handed_in(tmp_path / "never", tuple(code for code in ALL if code != GONE))
    others = tuple(each for each in never.session.participants if each.code != GONE)
    never = never.saved(never.session.changed(participants=others))
    assert {path.name: path.read_bytes() for path in map(Path, made.files)} == reported(never)
