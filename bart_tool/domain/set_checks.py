"""Whether a question set is whole and agrees with itself.

A problem's place (`where.item`) is a path through the set, by id: `questions/mandate/scale`.
`name#2` is the second of that name. Whoever knows the file turns it into a line.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import assert_never

from bart_tool.domain.answer import CODES
from bart_tool.domain.findings import OTHERS
from bart_tool.domain.pattern_checks import pattern_problems
from bart_tool.domain.question import (
    ChoiceQuestion,
    MultiQuestion,
    Options,
    Question,
    ScaleQuestion,
    TextQuestion,
    WhoQuestion,
)
from bart_tool.domain.question_set import QuestionSet, item_key
from bart_tool.domain.set_parts import MOST_GUESSED, Named, Scale
from bart_tool.domain.set_words import PARTY, is_in_number
from bart_tool.domain.text import Text
from bart_tool.errors import Problem, Severity, Where


def check_set(question_set: QuestionSet) -> tuple[Problem, ...]:
    """Everything in `question_set` that would go wrong when it is asked or compared.

    Errors make it unfit for use; notes (no English, minutes that nothing reads) do not.
    """
    found = chain(
        _text_problems(question_set),
        _name_problems(question_set),
        _scale_problems(question_set),
        _threshold_problems(question_set),
        _list_problems(question_set),
        *(check_question(question_set, question) for question in question_set.questions),
        _duplicate_questions(question_set),
        pattern_problems(question_set),
        _coorientation_problems(question_set),
        _minutes_problems(question_set),
    )
    return tuple(found)


def _at(code: str, path: str, /, **params: str) -> Problem:
    return Problem(code, Where(item=path), params)


def _text_problems(question_set: QuestionSet) -> Iterator[Problem]:
    parties = tuple(f"{PARTY}{name}" for name in question_set.parties)
    yield from check_texts(_texts(question_set), parties)


def check_texts(texts: "_Texts", parties: Collection[str] = ()) -> Iterator[Problem]:
    """What is wrong with `texts`: missing, or naming what cannot be filled in.

    `parties`: what all of them may hold, for the names of parties.
    """
    for path, text, is_needed, allowed in texts:
        if not text.nl and (is_needed or text.en):
            yield _at("missing-dutch", path)
        if text.nl and not text.en:
            yield Problem("missing-english", Where(item=path), severity=Severity.NOTE)
        for name in sorted(set(_unknown_placeholders(text, (*allowed, *parties)))):
            yield _at("unknown-placeholder", path, name=name)


def _unknown_placeholders(text: Text, allowed: Collection[str]) -> Iterator[str]:
    for words in (text.nl, text.en):
        for found in re.finditer(r"\{([^{}]*)\}|[{}]", words):
            is_verb = "subject" in allowed and is_in_number(found[1] or "")
            if found[1] not in allowed and not is_verb:
                yield found[0]


_Texts = Iterator[tuple[str, Text, bool, tuple[str, ...]]]


def _texts(question_set: QuestionSet) -> _Texts:
    """Every text: its path, itself, whether it must be there, and the placeholders it may hold."""
    yield "title", question_set.title, True, ()
    yield "about", question_set.about, False, ()
    yield "attribution", question_set.attribution, False, ()
    yield "drawing", question_set.drawing, False, ()
    maps: dict[str, Mapping[str, Named]] = {
        "parties": question_set.parties,
        "actors": question_set.actors,
        "subjects": question_set.subjects,
        **{f"objects/{name}": things for name, things in question_set.objects.items()},
    }
    for where, names in maps.items():
        for name, named in names.items():
            yield f"{where}/{name}/label", named.label, True, ()
            yield f"{where}/{name}/the", named.the, False, ()
            yield f"{where}/{name}/help", named.help, False, ()
    for name, kind in question_set.parties.items():
        yield f"parties/{name}/own", kind.own, False, ()
        yield f"parties/{name}/together", kind.together, False, ()
    for path, options in _all_options(question_set):
        for option in options:
            yield f"{path}/{option.id}/label", option.label, True, ()
            yield f"{path}/{option.id}/help", option.help, False, ()
    if (asked := question_set.coorientation) is not None:
        yield "coorientation/text", asked.text, True, ("party", "question")
        yield "coorientation/short", asked.short, True, ("party", "question")
        yield "coorientation/help", asked.help, False, ()
    for question in question_set.questions:
        yield from texts_of(question)


def texts_of(question: Question) -> _Texts:
    """The texts of one question: each with its path, and what it may hold."""
    subject = ("subject",) if question.subjects else ()
    allowed = (*subject, "object") if question.objects else subject
    path = f"questions/{question.id}"
    yield f"{path}/short", question.short, True, allowed
    yield f"{path}/text", question.text, True, allowed
    yield f"{path}/table", question.table, False, subject
    yield f"{path}/example", question.example, False, allowed
    yield f"{path}/help", question.help, False, allowed


def _all_options(question_set: QuestionSet) -> Iterator[tuple[str, Options]]:
    """Every written-out list of options or levels, with its path."""
    for name, options in question_set.option_lists.items():
        yield f"option_lists/{name}", options
    for name, scale in question_set.scales.items():
        yield f"scales/{name}/levels", scale.levels
    for question in question_set.questions:
        for subject, source in question.option_sources.items():
            if not isinstance(source, str):
                yield _options_path(question, subject), source


def _options_path(question: Question, subject: str) -> str:
    return f"questions/{question.id}/options" + (f"/{subject}" if subject else "")


def _name_problems(question_set: QuestionSet) -> Iterator[Problem]:
    maps: dict[str, Mapping[str, object]] = {
        "parties": question_set.parties,
        "actors": question_set.actors,
        "subjects": question_set.subjects,
    }
    seen: dict[str, str] = {}
    for where, names in maps.items():
        for name in names:
            if name in seen:
                yield _at("name-used-twice", f"{where}/{name}", name=name, other=seen[name])
            if name in CODES or (where == "parties" and name == OTHERS):
                yield _at("reserved-id", f"{where}/{name}", name=name)
            seen.setdefault(name, where)
    yield from _party_problems(question_set)


def _party_problems(question_set: QuestionSet) -> Iterator[Problem]:
    if not question_set.parties:
        yield _at("no-parties", "parties")
    named = [name for name, kind in question_set.parties.items() if kind.named_by_session]
    for name in named[1:]:
        yield _at("named-kind-twice", f"parties/{name}", name=name, other=named[0])
    prefixes: dict[str, str] = {}
    for name, kind in question_set.parties.items():
        other = prefixes.setdefault(kind.prefix, name)
        if other != name:
            path = f"parties/{name}/prefix"
            yield _at("prefix-clash", path, name=name, other=other, prefix=kind.prefix)
        if kind.many and kind.named_by_session:
            yield _at("named-kind-many", f"parties/{name}/many", name=name)
        for many in (each for each, what in question_set.parties.items() if what.many):
            if name.startswith(f"{many}-"):
                yield _at("party-kind-clash", f"parties/{name}", name=name, other=many)


def _scale_problems(question_set: QuestionSet) -> Iterator[Problem]:
    for name, scale in question_set.scales.items():
        path = f"scales/{name}"
        if len(scale.levels) < 2:
            yield _at("scale-without-levels", f"{path}/levels", name=name)
        elif scale.decision_line is not None:
            yield from _line_problems(f"{path}/decision_line", scale, scale.decision_line)


def _line_problems(path: str, scale: Scale, line: float) -> Iterator[Problem]:
    highest = len(scale.levels) - 1
    if not 0 < line < highest:
        yield _at("line-off-scale", path, highest=str(highest))
    elif line == int(line):
        yield _at("line-on-level", path, level=scale.levels[int(line)].id)


def _threshold_problems(question_set: QuestionSet) -> Iterator[Problem]:
    limits = question_set.thresholds
    in_order = limits.gap <= limits.wide_gap
    if not in_order or limits.wide_gap_across_line > limits.wide_gap:
        yield _at("thresholds-order", "thresholds")


def _minutes_problems(question_set: QuestionSet) -> Iterator[Problem]:
    if question_set.said_minutes:
        yield Problem("minutes-not-used", Where(item="minutes"), severity=Severity.NOTE)


def _coorientation_problems(question_set: QuestionSet) -> Iterator[Problem]:
    asked = question_set.coorientation
    if asked is None:
        return
    path = "coorientation/items"
    if not asked.items:
        yield _at("empty-list", path, name="items")
    if len(asked.items) > MOST_GUESSED:
        yield _at("coorientation-too-many", path, most=str(MOST_GUESSED))
    subjects = dict(_keys(question_set))
    for key in asked.items:
        question = question_set.question_by_id.get(key.partition("/")[0])
        if question is None or key not in subjects:
            yield _at("coorientation-unknown-item", path, name=key)
        elif question.answered != "one":
            yield _at("coorientation-not-comparable", path, name=key, type=question.type)
        elif subjects[key] and subjects[key] == question_set.named_kind:
            yield _at("coorientation-open-party", path, name=key)
    for key in sorted(key for key, times in Counter(asked.items).items() if times > 1):
        yield _at("duplicate-id", path, name=key)


def _keys(question_set: QuestionSet) -> Iterator[tuple[str, str]]:
    """The keys of the items with their subjects, also of a set in which lists are missing."""
    for question in question_set.questions:
        things = question_set.objects.get(question.objects, {}) if question.objects else ("",)
        for subject in question.subjects or ("",):
            for thing in things:
                yield item_key(question.id, subject, thing), subject


def _list_problems(question_set: QuestionSet) -> Iterator[Problem]:
    for name, things in question_set.objects.items():
        if not things:
            yield _at("empty-list", f"objects/{name}", name=name)
    for name, usual in question_set.usual.items():
        if name not in question_set.objects:
            yield _at("unknown-object-list", f"usual/{name}", name=name)
        else:
            known = question_set.objects[name]
            yield from _unknown("unknown-object", f"usual/{name}", usual, known)
        if not usual:
            yield _at("empty-list", f"usual/{name}", name=name)
    levels = _mandate_levels(question_set)
    for path, options in _all_options(question_set):
        if not options and not path.startswith("scales/"):
            yield _at("empty-list", path, name=path.rpartition("/")[2])
        yield from _duplicates(path, [option.id for option in options])
        for option in options:
            if option.id in CODES:
                yield _at("reserved-id", f"{path}/{option.id}", name=option.id)
            if option.needs is not None and option.needs not in levels:
                yield _at("unknown-needs", f"{path}/{option.id}/needs", name=option.needs)


def _mandate_levels(question_set: QuestionSet) -> frozenset[str]:
    """The levels of mandate that a role may need: of the scale the pattern compares it with."""
    pattern = question_set.patterns.role_exceeds_mandate
    asked = question_set.question_by_id.get(pattern.mandate) if pattern else None
    scale = question_set.scale_of(asked) if asked else None
    scales = [scale] if scale else question_set.scales.values()
    return frozenset(chain.from_iterable(each.numbers for each in scales))


def _duplicates(path: str, ids: Iterable[str]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for each in ids:
        seen[each] = seen.get(each, 0) + 1
        if seen[each] > 1:
            yield _at("duplicate-id", f"{path}/{each}#{seen[each]}", name=each)


def _duplicate_questions(question_set: QuestionSet) -> Iterator[Problem]:
    if not question_set.questions:
        yield _at("no-questions", "questions")
    yield from _duplicates("questions", [question.id for question in question_set.questions])


def _decisions(question_set: QuestionSet) -> Iterator[str]:
    """The topics that are decisions: `decision/<id>`."""
    for question in question_set.questions:
        if question.covers and question.objects:
            for decision in question_set.objects.get(question.objects, {}):
                yield f"{question.covers.topic}/{decision}"


def _topic_problems(
    question_set: QuestionSet, question: Question, things: Iterable[str]
) -> Iterator[Problem]:
    if not question.topic:
        return
    topics = {question.topic.replace("{object}", thing) for thing in things} or {question.topic}
    for topic in sorted(topics - set(_decisions(question_set))):
        yield _at("unknown-topic", f"questions/{question.id}/topic", name=topic)


def check_question(question_set: QuestionSet, question: Question) -> Iterator[Problem]:
    """What in `question` names a thing that `question_set` does not have."""
    path = f"questions/{question.id}"
    actors = question_set.parties.keys() | question_set.actors.keys()
    for code, key, names, known in (
        ("unknown-subject", "subjects", question.subjects, actors | question_set.subjects.keys()),
        ("unknown-party-kind", "asked_of", question.asked_of, question_set.parties.keys()),
    ):
        yield from _unknown(code, f"{path}/{key}", names, known)
        yield from _duplicates(f"{path}/{key}", names)
    if question.objects is not None and question.objects not in question_set.objects:
        yield _at("unknown-object-list", f"{path}/objects", name=question.objects)
    things = question_set.objects.get(question.objects or "", {})
    yield from _unknown("unknown-object", f"{path}/only", question.only, things)
    yield from _topic_problems(question_set, question, question.only or things)
    yield from _unless_problems(question_set, question, f"{path}/unless")
    if question.objects and question.compared == "level" and not question.table:
        yield Problem("missing-table-text", Where(item=f"{path}/table"), severity=Severity.NOTE)
    if not isinstance(question.tense, str):
        yield from _per_subject("tense", f"{path}/tense", question.tense, question.subjects)

    match question:
        case ChoiceQuestion() | MultiQuestion():
            yield from _option_problems(question_set, question)
        case WhoQuestion():
            yield from _unknown("unknown-actor", f"{path}/actors", question.actors, actors)
            yield from _duplicates(f"{path}/actors", question.actors)
        case ScaleQuestion():
            yield from _scale_question_problems(question_set, question, path)
        case TextQuestion():
            pass
        case _:
            assert_never(question)


def _unless_problems(question_set: QuestionSet, question: Question, path: str) -> Iterator[Problem]:
    """Whether what leaves `question` out was asked before, about the same, with that answer."""
    if (unless := question.unless) is None:
        return
    other = question_set.question_by_id.get(unless.question)
    if other is None:
        yield _at("unless-unknown-question", f"{path}/question", name=unless.question)
        return
    order = list(question_set.question_by_id)
    if question.id not in order or order.index(other.id) >= order.index(question.id):
        yield _at("unless-not-before", f"{path}/question", name=other.id)
    same_subjects = set(question.subjects) <= set(other.subjects) and (
        bool(question.subjects) == bool(other.subjects)
    )
    if not same_subjects or question.objects != other.objects:
        yield _at("unless-other-items", f"{path}/question", name=other.id)
    if unless.value not in _values(question_set, other):
        yield _at("unless-unknown-value", f"{path}/value", name=unless.value, other=other.id)


def _values(question_set: QuestionSet, question: Question) -> frozenset[str]:
    """The levels or options of which one is an answer to `question`; also of a faulty set."""
    match question:
        case ScaleQuestion():
            scale = question_set.scale_of(question)
            return frozenset(scale.numbers if scale else ())
        case WhoQuestion():
            actors = question.actors or (*question_set.parties, *question_set.actors)
            return frozenset(actors)
        case ChoiceQuestion():
            lists = question_set.option_lists
            sources = question.option_sources.values()
            return frozenset(
                option.id
                for source in sources
                for option in (lists.get(source, ()) if isinstance(source, str) else source)
            )
        case MultiQuestion() | TextQuestion():
            return frozenset()
    assert_never(question)


def _unknown(
    code: str, path: str, names: Iterable[str], known: Collection[str]
) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield _at(code, f"{path}/{name}", name=name)


def _per_subject(
    what: str, path: str, given: Mapping[str, object], subjects: Collection[str]
) -> Iterator[Problem]:
    """Whether a map that gives something per subject gives it for every subject, and no other."""
    yield from _unknown(f"{what}-unknown-subject", path, given, subjects)
    for subject in subjects:
        if subject not in given:
            yield _at(f"{what}-missing-subject", path, name=subject)


def _option_problems(
    question_set: QuestionSet, question: ChoiceQuestion | MultiQuestion
) -> Iterator[Problem]:
    if isinstance(question.options, dict):
        path = _options_path(question, "")
        yield from _per_subject("options", path, question.options, question.subjects)
    for subject, source in question.option_sources.items():
        if isinstance(source, str) and source not in question_set.option_lists:
            yield _at("unknown-option-list", _options_path(question, subject), name=source)
            return
    known = {
        option.id
        for subject in question.option_sources
        for option in question_set.options(question, subject)
    }
    yield from _unknown(
        "unknown-fixed-option", f"questions/{question.id}/fixed", question.fixed, known
    )


def _scale_question_problems(
    question_set: QuestionSet, question: ScaleQuestion, path: str
) -> Iterator[Problem]:
    scale = question_set.scale_of(question)
    if scale is None:
        yield _at("unknown-scale", f"{path}/scale", name=question.scale)
    coverage = question.coverage
    if coverage is None:
        return
    path = f"{path}/coverage"
    if scale is not None and coverage.claims_from not in scale.numbers:
        yield _at("unknown-coverage-level", f"{path}/claims_from", name=coverage.claims_from)
    if not question.objects or not question.subjects:
        yield _at("coverage-of-nothing", path)
    if coverage.topic in question_set.question_by_id:
        yield _at("coverage-topic-clash", f"{path}/topic", name=coverage.topic)
