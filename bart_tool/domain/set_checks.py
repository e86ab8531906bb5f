"""Whether a question set is whole and agrees with itself.

A problem's place (`where.item`) is a path through the set, by id: `questions/mandate/scale`.
`name#2` is the second of that name. Whoever knows the file turns it into a line.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import chain

from bart_tool.domain.answer import CODES
from bart_tool.domain.findings import OTHERS
from bart_tool.domain.pattern_checks import pattern_problems
from bart_tool.domain.question import (
    Options,
    Question,
)
from bart_tool.domain.question_checks import (
    check_question,
    duplicate_ids,
    options_path,
    problem_at,
    unknown_names,
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


def _text_problems(question_set: QuestionSet) -> Iterator[Problem]:
    parties = tuple(f"{PARTY}{name}" for name in question_set.parties)
    yield from check_texts(_texts(question_set), parties)


def check_texts(texts: "_Texts", parties: Collection[str] = ()) -> Iterator[Problem]:
    """What is wrong with `texts`: missing, or naming what cannot be filled in.

    `parties`: what all of them may hold, for the names of parties.
    """
    for path, text, is_needed, allowed in texts:
        if not text.nl and (is_needed or text.en):
            yield problem_at("missing-dutch", path)
        if text.nl and not text.en:
            yield Problem("missing-english", Where(item=path), severity=Severity.NOTE)
        for name in sorted(set(_unknown_placeholders(text, (*allowed, *parties)))):
            yield problem_at("unknown-placeholder", path, name=name)


def _unknown_placeholders(text: Text, allowed: Collection[str]) -> Iterator[str]:
    for words in (text.nl, text.en):
        if "{" not in words and "}" not in words:
            continue
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
    for name, actor in question_set.actors.items():
        yield f"actors/{name}/own", actor.own, False, ()
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
                yield options_path(question, subject), source


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
                yield problem_at("name-used-twice", f"{where}/{name}", name=name, other=seen[name])
            if name in CODES or (where == "parties" and name == OTHERS):
                yield problem_at("reserved-id", f"{where}/{name}", name=name)
            seen.setdefault(name, where)
    yield from _party_problems(question_set)
    for name, actor in question_set.actors.items():
        if actor.within and actor.within not in question_set.parties:
            path = f"actors/{name}/within"
            yield problem_at("unknown-party-kind", path, name=actor.within)


def _party_problems(question_set: QuestionSet) -> Iterator[Problem]:
    if not question_set.parties:
        yield problem_at("no-parties", "parties")
    named = [name for name, kind in question_set.parties.items() if kind.named_by_session]
    for name in named[1:]:
        yield problem_at("named-kind-twice", f"parties/{name}", name=name, other=named[0])
    prefixes: dict[str, str] = {}
    for name, kind in question_set.parties.items():
        other = prefixes.setdefault(kind.prefix, name)
        if other != name:
            path = f"parties/{name}/prefix"
            yield problem_at("prefix-clash", path, name=name, other=other, prefix=kind.prefix)
        if kind.many and kind.named_by_session:
            yield problem_at("named-kind-many", f"parties/{name}/many", name=name)
        for many in (each for each, what in question_set.parties.items() if what.many):
            if name.startswith(f"{many}-"):
                yield problem_at("party-kind-clash", f"parties/{name}", name=name, other=many)


def _scale_problems(question_set: QuestionSet) -> Iterator[Problem]:
    for name, scale in question_set.scales.items():
        path = f"scales/{name}"
        if len(scale.levels) < 2:
            yield problem_at("scale-without-levels", f"{path}/levels", name=name)
        elif scale.decision_line is not None:
            yield from _line_problems(f"{path}/decision_line", scale, scale.decision_line)


def _line_problems(path: str, scale: Scale, line: float) -> Iterator[Problem]:
    highest = len(scale.levels) - 1
    if not 0 < line < highest:
        yield problem_at("line-off-scale", path, highest=str(highest))
    elif line == int(line):
        yield problem_at("line-on-level", path, level=scale.levels[int(line)].id)


def _threshold_problems(question_set: QuestionSet) -> Iterator[Problem]:
    limits = question_set.thresholds
    in_order = limits.gap <= limits.wide_gap
    if not in_order or limits.wide_gap_across_line > limits.wide_gap:
        yield problem_at("thresholds-order", "thresholds")


def _minutes_problems(question_set: QuestionSet) -> Iterator[Problem]:
    if question_set.said_minutes:
        yield Problem("minutes-not-used", Where(item="minutes"), severity=Severity.NOTE)


def _coorientation_problems(question_set: QuestionSet) -> Iterator[Problem]:
    asked = question_set.coorientation
    if asked is None:
        return
    path = "coorientation/items"
    if not asked.items:
        yield problem_at("empty-list", path, name="items")
    if len(asked.items) > MOST_GUESSED:
        yield problem_at("coorientation-too-many", path, most=str(MOST_GUESSED))
    subjects = dict(_keys(question_set))
    for key in asked.items:
        question = question_set.question_by_id.get(key.partition("/")[0])
        if question is None or key not in subjects:
            yield problem_at("coorientation-unknown-item", path, name=key)
        elif question.answered != "one":
            yield problem_at("coorientation-not-comparable", path, name=key, type=question.type)
        elif subjects[key] and subjects[key] == question_set.named_kind:
            yield problem_at("coorientation-open-party", path, name=key)
    for key in sorted(key for key, times in Counter(asked.items).items() if times > 1):
        yield problem_at("duplicate-id", path, name=key)


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
            yield problem_at("empty-list", f"objects/{name}", name=name)
    for name, usual in question_set.usual.items():
        if name not in question_set.objects:
            yield problem_at("unknown-object-list", f"usual/{name}", name=name)
        else:
            known = question_set.objects[name]
            yield from unknown_names("unknown-object", f"usual/{name}", usual, known)
        if not usual:
            yield problem_at("empty-list", f"usual/{name}", name=name)
    levels = _mandate_levels(question_set)
    for path, options in _all_options(question_set):
        if not options and not path.startswith("scales/"):
            yield problem_at("empty-list", path, name=path.rpartition("/")[2])
        yield from duplicate_ids(path, [option.id for option in options])
        for option in options:
            if option.id in CODES:
                yield problem_at("reserved-id", f"{path}/{option.id}", name=option.id)
            if option.needs is not None and option.needs not in levels:
                yield problem_at("unknown-needs", f"{path}/{option.id}/needs", name=option.needs)


def _mandate_levels(question_set: QuestionSet) -> frozenset[str]:
    """The levels of mandate that a role may need: of the scale the pattern compares it with."""
    pattern = question_set.patterns.role_exceeds_mandate
    asked = question_set.question_by_id.get(pattern.mandate) if pattern else None
    scale = question_set.scale_of(asked) if asked else None
    scales = [scale] if scale else question_set.scales.values()
    return frozenset(chain.from_iterable(each.numbers for each in scales))


def _duplicate_questions(question_set: QuestionSet) -> Iterator[Problem]:
    if not question_set.questions:
        yield problem_at("no-questions", "questions")
    yield from duplicate_ids("questions", [question.id for question in question_set.questions])
