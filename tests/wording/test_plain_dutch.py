"""The Dutch is short and common: sentences and words counted over every template and set.

A template is counted as it stands, a name to be filled in as one word. How common a word is comes
from `wordfreq`; `official_words.txt` holds what a municipality or this workshop cannot do without,
and what one types or is called so on a computer.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.messages.pofile import read_po
from wordfreq import top_n_list

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "bart_tool" / "wording" / "locale" / "nl"
LONG = 20  # words
REPORTED = 25
REPORT = ("report.po", "sentences.po", "findings.po", "agreements.po", "rounds.po")
OFFICIAL = frozenset(Path(__file__).with_name("official_words.txt").read_text("utf-8").split())

Said = tuple[str, str]  # file, sentence


def _templates() -> Iterator[Said]:
    for path in sorted(LOCALE.rglob("*.po")):
        if path.name == "click.po":
            continue
        with path.open("rb") as stream:
            for message in read_po(stream):
                texts = message.string if isinstance(message.string, tuple) else (message.string,)
                # What is looked for in an agreement is a list of words, and no sentence.
                if message.id and message.id != "vague-words":
                    yield from ((path.name, text) for text in texts if text)


def _set_texts(said: Any) -> Iterator[str]:
    if isinstance(said, dict) and isinstance(said.get("nl"), str):
        yield said["nl"]
    elif isinstance(said, dict | list):
        for each in said.values() if isinstance(said, dict) else said:
            yield from _set_texts(each)


@cache
def sentences() -> tuple[Said, ...]:
    """Every sentence of the catalogue and the sets, with the file it stands in."""
    found = list(_templates())
    for path in sorted((ROOT / "question_sets").glob("*.yaml")):
        read = yaml.safe_load(path.read_text("utf-8"))
        found += [(path.name, text) for text in _set_texts(read) if text not in _sourced(read)]
    return tuple(
        (name, sentence)
        for name, text in found
        for line in text.split("\n")
        for sentence in re.split(r"(?<=[.?!])\s+(?=[A-ZÀ-Þ‘“{0-9])", line)
        if words_of(sentence)
    )


def _sourced(read: Any) -> set[str]:
    """Where a set comes from: names of reports, of people and of universities."""
    return set(_set_texts(read.get("attribution", {})))


def words_of(sentence: str) -> list[str]:
    """The words, each `{name}` one that is empty; of a verb in two numbers the first."""
    sentence = re.sub(r"\{([^{}|:]+)\|[^{}]*\}", r"\1", sentence)
    sentence = re.sub(r"\{[^{}]*\}", " § ", sentence)
    sentence = re.sub(r"‘[a-z_-]+’|(?<!\S)--?[a-z-]+|\bbart [a-z-]+|\S*[._/]\S+", " § ", sentence)
    return re.findall(r"§|[A-Za-zÀ-ÿ]+(?:[-’'][A-Za-zÀ-ÿ]+)*", sentence)


def test_hardly_a_sentence_is_long(
    record_testsuite_property: Callable[[str, object], None],
) -> None:
    long = [said for said in sentences() if len(words_of(said[1])) > LONG]
    record_testsuite_property("long_sentences", f"{len(long) / len(sentences()):.3f}")
    assert len(long) <= 0.03 * len(sentences()), long


def test_no_sentence_of_a_report_is_longer_than_one_breath() -> None:
    of_report = [said for said in sentences() if said[0] in REPORT]
    assert len(of_report) > 300
    assert [said for said in of_report if len(words_of(said[1])) > REPORTED] == []


def test_hardly_a_word_is_rare(record_testsuite_property: Callable[[str, object], None]) -> None:
    common = frozenset(top_n_list("nl", 5000))
    said = [word.lower() for _, text in sentences() for word in words_of(text) if word != "§"]
    rare = Counter(word for word in said if word not in common and word not in OFFICIAL)
    record_testsuite_property("rare_words", f"{rare.total() / len(said):.3f}")
    assert rare.total() <= 0.07 * len(said), rare.most_common(60)


def test_the_list_of_official_words_holds_what_is_said() -> None:
    said = {word.lower() for _, text in sentences() for word in words_of(text)}
    assert OFFICIAL - said == set()
    assert OFFICIAL & frozenset(top_n_list("nl", 5000)) == set()
