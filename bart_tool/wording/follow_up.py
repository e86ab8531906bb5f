"""What a follow-up round asks about agreements, in words, and how that is told beforehand."""

from collections.abc import Iterator

from bart_tool.analysis.agenda import topic_of
from bart_tool.domain.agreement import Asked, FollowUp
from bart_tool.domain.base import LANGUAGES, Language
from bart_tool.domain.text import Text
from bart_tool.wording.naming import Naming
from bart_tool.wording.translation import N_, words

LONGEST_SHORT = 60  # of a sentence where a heading or a table names it

# What is asked of an agreement: in a few words, the question, and what a "no" means.
_TEXTS: dict[Asked, tuple[str, str, str]] = {
    "kept": (
        N_("Kept: {sentence}"),
        N_("Was this agreement kept? “{sentence}”"),
        N_("Think of the time since it was agreed."),
    ),
    "right": (
        N_("Still right: {sentence}"),
        N_("Is this agreement still right? “{sentence}”"),
        N_("No means: it should be agreed differently."),
    ),
}
_LEVELS = {"no": N_("No"), "partly": N_("Partly"), "yes": N_("Yes")}


def question_texts(what: Asked, sentence: str) -> dict[str, Text]:
    """The texts of the question `what` about the agreement that reads `sentence`, by field."""
    short, text, more = _TEXTS[what]
    return {
        "short": _in_both(short, sentence=_shortened(sentence)),
        "text": _in_both(text, sentence=_plain(sentence)),
        "help": _in_both(more),
    }


def level_label(level: str) -> Text:
    """What a level of the scale kept-or-not is called."""
    return _in_both(_LEVELS[level])


def describe_follow_up(follow_up: FollowUp, language: Language) -> Iterator[str]:
    """What will be asked and how long that takes, in lines."""
    t = words(language)
    names = Naming(follow_up.question_set, follow_up.session, language)
    if follow_up.agreements:
        yield t("Of these agreements it is asked whether they are kept and still right:")
        yield from (f"  - {_plain(each.sentence)}" for each in follow_up.agreements)
    if follow_up.parked:
        yield t("Parked, so nobody is asked whether they are kept:")
        yield from (f"  - {_plain(each.sentence)}" for each in follow_up.parked)
    if follow_up.items:
        yield t("Asked once more, to see whether the pictures moved:")
        topics: dict[str, list[str]] = {}
        for item in follow_up.items:
            topics.setdefault(topic_of(item), []).append(item.key)
        for topic, keys in topics.items():
            yield f"  - {names.topic(topic, tuple(keys))}"
    yield t.plural(
        "That is at most {number} question a person, about {minutes} minutes.",
        "That is at most {number} questions a person, about {minutes} minutes.",
        follow_up.questions_each,
        minutes=follow_up.minutes,
    )


def _shortened(sentence: str) -> str:
    """An agreement's sentence where there is little room: whole words, then `…`."""
    plain = _plain(sentence)
    if len(plain) <= LONGEST_SHORT:
        return plain
    cut = plain[: LONGEST_SHORT - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:") + "…"


def _plain(sentence: str) -> str:
    """On one line, and without what would stand for a name in a question (`{subject}`)."""
    return " ".join(sentence.translate({ord("{"): "(", ord("}"): ")"}).split())


def _in_both(text: str, **values: str) -> Text:
    said: dict[Language, str] = {each: words(each)(text, **values) for each in LANGUAGES}
    return Text(**said)
