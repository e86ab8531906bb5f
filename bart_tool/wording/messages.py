"""The sentences people read for every Problem and BartError: what is wrong, and what to do.

Whoever adds a code adds its English sentence at the end of the table, and the Dutch one at the
end of `locale/nl/messages.po`. A test names every code that has none.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bart_tool.domain.free_text import harmless
from bart_tool.errors import BartError, Problem
from bart_tool.wording.translation import N_, Words, words

if TYPE_CHECKING:
    from bart_tool.domain.base import Language


def problem_text(problem: Problem, language: "Language") -> str:
    """One sentence or two, the place first: `wijk-kern.yaml, line 8, mandate: …`."""
    t = words(language)
    where = problem.where
    place = [harmless(where.file, one_line=True)] if where.file else []
    if where.line is not None:
        place.append(t("line {number}", number=where.line))
    if where.row is not None:
        place.append(t("row {number}", number=where.row))
    if where.item:
        place.append(_short(where.item))
    sentence = _sentence(t, problem.code, problem.params)
    return f"{', '.join(place)}: {sentence}" if place else sentence


def problem_sentence(problem: Problem, language: "Language") -> str:
    """The same without its place, where a reader sees what it is about."""
    return _sentence(words(language), problem.code, problem.params)


def error_text(error: BartError, language: "Language") -> str:
    """The sentence for `error`; what `error.problems` say stands in `problem_text`."""
    return _sentence(words(language), error.code, error.params)


_LONGEST = 200  # characters of a value that is quoted: a damaged file must not fill the screen


class _Fields(dict[str, str]):
    """What a sentence names. A sentence with a gap is better than none."""

    def __missing__(self, name: str) -> str:
        return "?"


# What a system says when it refuses a file, by its POSIX name.
REASONS: Mapping[str, str] = {
    "ENOSPC": N_("the disk is full"),
    "EDQUOT": N_("you have used all the room that you may use"),
    "EFBIG": N_("the file would be too large"),
    "EIO": N_("the disk does not work well"),
    "EROFS": N_("nothing can be written on this disk"),
    "EACCES": N_("you may not do that here"),
    "EPERM": N_("you may not do that here"),
    "EBUSY": N_("another program is using it"),
    "ENOENT": N_("the folder is not there any more"),
    "ENOTDIR": N_("there is a file where a folder should be"),
    "ENAMETOOLONG": N_("the name is too long"),
    "EMFILE": N_("too many files are open"),
}


def _sentence(t: Words, code: str, params: Mapping[str, str]) -> str:
    fields = _Fields({name: _short(str(value)) for name, value in params.items()})
    reason = fields.get("reason", "")
    if reason in REASONS:
        fields["reason"] = t(REASONS[reason])
    sentence = t(SENTENCES[code]) if code in SENTENCES else code
    return sentence.format_map(fields) if code in SENTENCES else sentence


def _short(text: str) -> str:
    shown = harmless(text[: _LONGEST + 1], one_line=True)
    return shown if len(text) <= _LONGEST else shown[:-1] + "…"


SENTENCES: Mapping[str, str] = {
    # Any file
    "file-empty": N_("The file is empty. Check whether it was saved or copied whole."),
    "file-too-large": N_("The file is larger than {most}. Check whether it is the right file."),
    "not-utf-8": N_(
        "This is not UTF-8 text. Open the file in the program it came from and save it as UTF-8; "
        "in Excel choose “CSV UTF-8”."
    ),
    "cannot-read": N_("{file} cannot be read. Check whether it is a file and whether you may."),
    "file-is-a-link": N_(
        "{file} is a link to another place, and links are not followed. Put the file itself here."
    ),
    "no-such-file": N_("There is no file {file}. Check the name and the folder."),
    # YAML and JSON
    "yaml-syntax": N_(
        "This is not valid YAML. Check indentation, colons and quotation marks, here and one line "
        "up."
    ),
    "json-syntax": N_("This is not valid JSON. Export the file again where it came from."),
    "yaml-alias": N_("Anchors (&) and aliases (*) are not used here. Write the value out."),
    "yaml-tag": N_("Tags (!) are not used here. Leave the tag out, or put the text in quotes."),
    "yaml-too-deep": N_("More than {most} levels inside each other. Check the indentation."),
    "yaml-too-long": N_("More than {most} values in one file. Check whether it is the right file."),
    "yaml-many-documents": N_("A second document begins here (---). Put it in a file of its own."),
    "yaml-complex-key": N_("A list or map stands where a key should. Write the key as plain text."),
    "duplicate-key": N_("“{key}” stands here twice. Keep one of the two."),
    "duplicate-key-here": N_("The same key stands here twice. Keep one of the two."),
    # Shape
    "newer-format": N_(
        "This file was made by a newer version of bart (format {found}) and was left as it is. "
        "Install the newest version."
    ),
    "unknown-report-format": N_("“{name}” is no format of a report. Choose from: {known}."),
    "unknown-format": N_("Format {expected} was expected. Write “format: {expected}” at the top."),
    "wrong-kind": N_("This is another kind of file. Here “kind: {expected}” was expected."),
    "missing-key": N_("“{key}” is missing. Add it."),
    "unknown-key": N_("“{key}” is not known here. Take it out or correct it."),
    "unknown-key-like": N_("“{key}” is not known here. Did you mean “{suggestion}”?"),
    "unknown-key-here": N_("A key that does not belong here. Take it out or correct it."),
    "expected-text": N_("“{key}” should be one text. Write it on one line, in quotes."),
    "expected-list": N_("“{key}” should be a list. Put each part on its own line after a dash."),
    "expected-map": N_(
        "“{key}” should be a group of keys with values. Write “key: value” below it."
    ),
    "expected-true-or-false": N_("“{key}” should be true or false. Write one of these."),
    "expected-whole-number": N_("“{key}” should be a whole number. Write digits only."),
    "expected-number": N_("“{key}” should be a number. Write it with a point, for instance 2.5."),
    "expected-date": N_("“{key}” should be a date. Write it as 2026-03-18."),
    "expected-one-of": N_("“{given}” cannot be chosen for “{key}”. Choose one of: {choices}."),
    "bad-id": N_(
        "“{given}” cannot be used for “{key}”. Use small letters, digits and hyphens; for codes "
        "and prefixes capitals and digits."
    ),
    "bad-id-here": N_("“{key}” has a form that cannot be used. Compare it with another sheet."),
    "choose-one-of": N_("What stands behind “{key}” cannot be chosen. Choose one of: {choices}."),
    "text-too-long": N_("“{key}” is longer than {most} characters. Shorten it."),
    "not-a-character": N_("“{key}” holds a sign that is no character. Type the text again."),
    "number-too-small": N_("“{key}” is too small. The limit is {bound}."),
    "number-too-large": N_("“{key}” is too large. The limit is {bound}."),
    "wrong-shape": N_("“{key}” is not what should stand here. Compare it with a set that works."),
    "unknown-type": N_("“{name}” is not a type of question. Choose one of: {types}."),
    # Question sets
    "missing-dutch": N_("The Dutch text is missing. Add it after “nl:”."),
    "missing-english": N_("There is no English text; English readers see the Dutch. Add “en:”."),
    "unknown-placeholder": N_(
        "“{name}” is not filled in here. Only {{subject}} and {{object}} are, in the texts of a "
        "question that has them. Take it out."
    ),
    "duplicate-id": N_("“{name}” stands here twice. Give one of the two another id."),
    "reserved-id": N_("“{name}” has a meaning of its own in bart. Choose another id."),
    "name-used-twice": N_("“{name}” stands under “{other}” too. Use one id for one thing."),
    "no-parties": N_("There are no parties. Name under “parties” who answers."),
    "prefix-clash": N_(
        "“{name}” and “{other}” both have the prefix {prefix}. Give one of them another."
    ),
    "named-kind-twice": N_(
        "“{name}” and “{other}” both leave it to the session to name the parties. Only one may; "
        "take out one “named_by_session”."
    ),
    "named-kind-many": N_(
        "“{name}” has “many” and “named_by_session”. With “many” its parties are of one kind, with "
        "“named_by_session” each is a kind of its own. Take out one of the two."
    ),
    "coorientation-too-many": N_(
        "People guess about at most {most} questions. Take some out of “items”."
    ),
    "coorientation-unknown-item": N_(
        "The set asks no “{name}”. Write the whole key, for instance primary-task/wijkraad; "
        "bart sets NAME shows the keys."
    ),
    "coorientation-not-comparable": N_(
        "“{name}” is a question of type {type}, and a guess cannot be compared with that. Choose a "
        "question of type scale, choice or who."
    ),
    "coorientation-open-party": N_(
        "“{name}” is about a party that the session names. Choose a question about no party, or "
        "about all together."
    ),
    "party-kind-clash": N_(
        "“{name}” would look like one of the parties of “{other}”. Choose another id."
    ),
    "scale-without-levels": N_("Scale “{name}” has fewer than two levels. Add levels."),
    "line-off-scale": N_(
        "The decision line lies off the scale. Choose a value between 0 and {highest}, for "
        "instance 0.5."
    ),
    "line-on-level": N_(
        "The decision line lies on level “{level}”. Put it between two levels, for instance 2.5."
    ),
    "thresholds-order": N_(
        "These limits contradict each other. Keep nuance ≤ gap ≤ wide_gap, and "
        "wide_gap_across_line ≤ wide_gap."
    ),
    "empty-list": N_("“{name}” is empty. Add what it should hold, or take it out."),
    "unknown-needs": N_("The mandate scale has no level “{name}”. Correct what the role needs."),
    "no-questions": N_("There are no questions. Add them under “questions”."),
    "unknown-subject": N_(
        "“{name}” is no party, actor or subject of this set. Add it there or correct the name."
    ),
    "unknown-actor": N_("“{name}” is no party or actor of this set. Add it or correct the name."),
    "unknown-party-kind": N_("“{name}” is no party of the question set. Correct the name."),
    "unknown-object-list": N_(
        "There is no list “{name}” under “objects”. Add it or correct the name."
    ),
    "unknown-option-list": N_(
        "There is no list “{name}” under “option_lists”. Add it or correct the name."
    ),
    "unknown-scale": N_("There is no scale “{name}”. Add it under “scales” or correct the name."),
    "tense-unknown-subject": N_(
        "A tense is given for “{name}”, which is no subject of this question. Take it out."
    ),
    "tense-missing-subject": N_("There is no tense for the subject “{name}”. Add it."),
    "options-unknown-subject": N_(
        "Options are given for “{name}”, which is no subject of this question. Take them out."
    ),
    "options-missing-subject": N_("There are no options for the subject “{name}”. Add them."),
    "unknown-coverage-level": N_("The scale has no level “{name}”. Correct “claims_from”."),
    "coverage-of-nothing": N_(
        "Coverage needs subjects and objects. Add them to the question, or take “coverage” out."
    ),
    "coverage-topic-clash": N_("“{name}” is also the id of a question. Choose another topic."),
    "pattern-unknown-question": N_(
        "Pattern {pattern} points at question “{name}”, which is not there. Correct “{field}”."
    ),
    "pattern-wrong-type": N_(
        "Pattern {pattern} needs a question of type {wanted} for “{field}”, but “{name}” is of "
        "type {given}. Choose another question."
    ),
    "pattern-unknown-option": N_(
        "Pattern {pattern} names option “{name}”, which question “{question}” does not have. "
        "Correct “{field}”."
    ),
    "pattern-unknown-level": N_(
        "Pattern {pattern} names level “{name}”, which the scale of question “{question}” does not "
        "have. Correct “{field}”."
    ),
    "pattern-unknown-object": N_(
        "Pattern {pattern} names object “{name}”, which question “{question}” does not have. "
        "Correct “{field}”."
    ),
    "pattern-unknown-subject": N_(
        "Pattern {pattern} names subject “{name}”, which question “{question}” does not have. "
        "Correct “{field}”."
    ),
    "sets-missing": N_(
        "The question sets that come with bart cannot be found. Install bart again."
    ),
    "no-such-set": N_("There is no question set “{name}”. There are: {names}."),
    # Sessions
    "device-name": N_("“{name}” is a name that Windows keeps for itself. Choose another."),
    "bad-session-name": N_(
        "“{name}” cannot be the name of a session. Use small letters, digits and hyphens, at most "
        "41, and begin with a letter or digit."
    ),
    "bad-code": N_("“{name}” cannot be a code. Codes look like WR-01: capitals and digits."),
    "session-other-set": N_(
        "The session is for question set “{name}”, but “{found}” lies beside it. Put the right "
        "set back."
    ),
    "session-set-changed": N_(
        "Question set “{name}” was changed after the session began, so answers may no longer fit. "
        "Put the earlier set back."
    ),
    "session-without-parties": N_("There are no parties. Name at least one."),
    "guess-not-in-set": N_(
        "The set {name} has no questions to guess about. Choose another set, or leave out "
        "--guess-about."
    ),
    "guess-unknown-kind": N_(
        "Nobody can guess about “{name}”: it does not take part. Choose from: {names}."
    ),
    "guess-needs-consent": N_(
        "In “{name}” somebody is the only one of a party, and the others would guess about that "
        "one person. Ask for consent first. Is that given? Then add: --guess-consent {name}"
    ),
    "guess-consent-unused": N_(
        "Consent is noted for “{name}”, but nobody guesses about it. Add --guess-about {name}, or "
        "leave out --guess-consent."
    ),
    "party-name-taken": N_(
        "Party “{name}” has a name that already means something in the question set. Choose "
        "another."
    ),
    "party-name-off-kind": N_(
        "Party “{name}” must be called “{kind}”; only when the set allows several parties of this "
        "kind also “{kind}-…”. Correct the name."
    ),
    "duplicate-party": N_("Party “{name}” stands here twice. Keep one of the two."),
    "party-without-people": N_("Nobody is invited for “{name}”. Add people or take it out."),
    "duplicate-code": N_("Code {name} was given out twice. Give one of the two another code."),
    "unknown-party": N_("There is no party “{name}” in this session. Correct the name."),
    "decisions-not-asked": N_(
        "Decision “{name}” is asked nowhere: the set has no question about decisions. Take it out."
    ),
    "decision-in-set": N_("Decision “{name}” is in the set already. Choose another id."),
    "unknown-item": N_(
        "The question set has no item “{name}”. Correct the key; all keys: bart sets NAME."
    ),
    "unknown-source-value": N_(
        "The formal source names a value that cannot be answered here. Correct “value”."
    ),
    "no-sessions-yet": N_(
        "There is no session “{name}”; there are none here yet. Make one with: bart new"
    ),
    "no-such-session": N_("There is no session “{name}”. There are: {names}."),
    "session-exists": N_("There is a session “{name}” already. Choose another name."),
    "no-session-file": N_("{file} is missing, so this is no session. Put the file back."),
    "no-question-set-file": N_("{file} is missing from the session. Put the file back."),
    "bad-file": N_(
        "{file} cannot be used as it is. Mend what is named below; nothing was changed."
    ),
    "folder-is-a-link": N_(
        "Folder {file} is a link to another place, and links are not followed. Put the folder "
        "itself here."
    ),
    # Sheets and answers
    "sheet-of-another": N_("{file} is the sheet of another participant. Put the right file back."),
    "sheet-under-other-name": N_(
        "This is a sheet of {code} under another name. It was read; give it its own name back."
    ),
    "bad-item-key": N_("This is not a key of an item. Correct it or take the answer out."),
    "item-not-asked": N_("This item is not asked of this party. Take the answer out."),
    "answer-is-no-map": N_("An answer needs “value:” with the answer behind it. Write it so."),
    "answer-bad-value": N_("The answer has a form that cannot be read. Fill it in again."),
    "answer-empty": N_("The answer is empty. Fill it in, or leave the item out."),
    "answer-unknown-option": N_("The answer is not one of the options. Choose one of the set."),
    "answer-unknown-actor": N_("The answer is not one of the actors. Choose one of the set."),
    "answer-unknown-level": N_("The answer is not a level of the scale. Choose one of the set."),
    "answer-is-a-list": N_("One answer was expected, several were given. Choose one."),
    "answer-not-a-list": N_("A list of options was expected. Write it as “option:formal”."),
    "answer-too-many": N_("More than {most} options were chosen. Choose at most {most}."),
    "answer-tag-not-asked": N_(
        "Formal or informal is not asked here. Write “unknown” or nothing behind the option."
    ),
    "answer-bad-tag": N_("What stands behind an option should be formal, informal or unknown."),
    "answer-two-tags": N_("An option stands here twice, with two tags. Keep one of the two."),
    "answer-other-without-words": N_("“other” was chosen without saying what. Add “words”."),
    "answer-certainty-not-asked": N_("How sure one is was not asked here; it is not used."),
    "tag-without-choice": N_("First choose the role, then say how it came about."),
    "certainty-without-answer": N_("First choose an answer, then say how sure you are."),
    "note-without-answer": N_("First choose an answer, then add your note."),
    # CSV
    "csv-missing-columns": N_(
        "These columns are missing: {names}. The first row must read: participant,party,item,"
        "value,certainty,note,quote."
    ),
    "csv-double-columns": N_("These columns stand here twice: {names}. Keep one of each."),
    "csv-extra-columns": N_("These columns are not used, counted from the left: {names}."),
    "csv-broken-quotes": N_(
        "A quotation mark in this row is not closed, or too much stands in one cell. Mend the row."
    ),
    "csv-gave-up": N_(
        "Too many rows have broken quotation marks; from here on nothing was read. Save the file "
        "again from the spreadsheet."
    ),
    "csv-too-many-cells": N_(
        "This row has more cells than there are columns. Put text that holds a comma or semicolon "
        "in double quotes."
    ),
    "csv-bad-code": N_("This is not a code. Codes look like WR-01: capitals and digits."),
    "csv-bad-party": N_("This is not the name of a party. Correct it."),
    "csv-party-differs": N_("This code belongs to another party. Correct the code or the party."),
    "bad-certainty": N_("The certainty should be guess, fairly or certain, or nothing."),
    "csv-bad-quote": N_("The column “quote” should say true or false, or nothing."),
    "csv-bad-consent": N_("The consent should be position, group or none. Correct it."),
    "csv-note-without-value": N_(
        "There is a note but no answer, so the note is not used. Add a value, for instance "
        "“dont-know”."
    ),
    "csv-same-twice": N_("The same answer stands in the file twice; it counts once."),
    # Saving
    "file-is-locked": N_("{file} is being written by another program. Try again in a moment."),
    "changed-since-read": N_(
        "{file} was changed by another while it was open here; nothing was overwritten. Open it "
        "again and try once more."
    ),
    "already-there": N_("{file} is there already; nothing was overwritten. Open it first."),
    "cannot-create-file": N_(
        "{file} cannot be made: {reason}. Check whether there is room and whether you may write "
        "there."
    ),
    "cannot-write-file": N_(
        "{file} cannot be saved: {reason}. What stood there is still there. Check whether there is "
        "room and whether you may write there."
    ),
    "cannot-remove-file": N_("{file} cannot be removed: {reason}. Close programs that use it."),
    "cannot-create-folder": N_(
        "Folder {file} cannot be made: {reason}. Check whether there is room and whether you may "
        "write there."
    ),
    "folder-in-the-way": N_("{file} is in the way: there should be a folder. Move it elsewhere."),
    # Answering
    "not-answering": N_(
        "Nobody answers in session {session} now: the round has not begun or is closed. Ask the "
        "facilitator."
    ),
    "forms-not-answering": N_(
        "Nobody answers in session {session} now, so there are no forms to make. Open the round "
        "again with: bart reopen {session}."
    ),
    "no-such-sheet": N_("There is no answer sheet {file}. Check the name and the folder."),
    "loose-sheet-own-parties": N_(
        "In the set {name} the session names the parties, so a sheet by itself does not say what "
        "to ask. Answer where the session's folder is, or in a form: bart form SESSION CODE"
    ),
    "loose-sheet-other-set": N_(
        "{file} was made with another version of the questions ({name}) than the one that comes "
        "with this bart. Answer where the session's folder is, or install the same version."
    ),
    "party-unknown-here": N_(
        "From code {code} it does not follow which party it is of. Say it with --party: {names}."
    ),
    "whose-answers": N_("Whose answers? Type: bart answer SESSION CODE, for instance demo WR-01."),
    "which-set": N_(
        "Session {session} is not on this computer and the file is not there yet. Say which "
        "questions it is about with --set, for instance --set wijk-kern."
    ),
    "no-terminal": N_(
        "This needs a terminal. To answer line by line, add --plain: bart answer SESSION CODE "
        "--plain."
    ),
    "discuss-needs-terminal": N_(
        "Discussing needs a terminal. To read the outcomes on paper or in a browser: bart report "
        "{session} --format html."
    ),
    "unknown-kind": N_(
        "This is no question set, session or answer sheet of bart. Check whether it is the "
        "right file."
    ),
    "sheet-set-not-here": N_(
        "The sheet is for question set “{name}”, which is not here, so its answers were not "
        "checked. Check it beside its session."
    ),
    "sheet-other-session": N_(
        "The sheet is for session “{name}” and was not taken in. Take it in there."
    ),
    "sheet-other-round": N_(
        "The sheet is for round {round} and was not taken in. Ask for the sheet of this round."
    ),
    "sheet-other-questions": N_(
        "The sheet answers other questions (“{name}”, or another version of it) and was not "
        "taken in. Ask for a sheet of this session's questions."
    ),
    "sheet-of-a-stranger": N_(
        "{code} is not in this session, so the sheet was not taken in. Correct the code, or "
        "add --add-people."
    ),
    "sheet-other-party": N_(
        "In this session {code} belongs to another party, so the sheet was not taken in. "
        "Correct the party."
    ),
    "no-such-participant": N_("There is no {code} in session “{session}”. There are: {names}."),
    "not-closed-yet": N_(
        "Session “{session}” is still being answered, so nothing is shown yet. Close the round"
        " first: bart close {session}."
    ),
    "gather-not-open": N_(
        "Session “{session}” takes no more answers. Open the round again first: bart reopen "
        "{session}."
    ),
    "no-sheet-yet": N_("{code} has not answered anything yet. Start with bart answer."),
    "not-open": N_(
        "The round of session “{session}” is not open, so it cannot be closed. See how it stands: "
        "bart status {session}."
    ),
    "not-closed": N_(
        "The round of session “{session}” is open still. Must somebody change their sheet? Name "
        "them: bart reopen {session} CODE."
    ),
    "plan-does-not-fit": N_("The session cannot be made like this. Correct what is named below."),
    "bad-set": N_("Question set {name} cannot be used as it is. Mend what is named below."),
    "no-such-party": N_("The question set knows no party “{name}”. Choose from: {names}."),
    "bad-number-of-people": N_("{number} is no number of people for a party. Choose 1 to {most}."),
    "no-such-conflict": N_(
        "There is no such open conflict for {code}. See with bart gather --settle what there "
        "is to settle."
    ),
    "no-such-choice": N_(
        "That is not one of the answers {code} gave. Choose one of those that are shown."
    ),
    "handed-in-already": N_(
        "{code} has handed in, so nothing was changed. The facilitator can open the sheet again: "
        "bart reopen SESSION {code}."
    ),
    "sheet-here-damaged": N_(
        "The sheet that lies in the session cannot be used, so {file} was not added to it. Mend or "
        "remove the sheet in the session, and take the file in again."
    ),
    "draft-not-used": N_(
        "This draft of {code} says more than the sheet that was handed in. It does not count, and "
        "was kept in the folder “conflicts”. Ask {code} to hand it in."
    ),
    "bad-decision-id": N_(
        "“{name}” cannot be the id of a decision. Use small letters, digits and hyphens, at most "
        "60."
    ),
    "csv-needs-session": N_(
        "A CSV can only be checked for a session. Name it: bart check --session NAME FILE."
    ),
    "no-sheets-in-folder": N_(
        "There is no answer sheet in {folder}. A sheet is a file whose name ends in: {kinds}."
    ),
    "csv-too-few-cells": N_(
        "This row stops before the answer. Check whether the file was copied whole."
    ),
    "csv-no-answers": N_("There is no answer in this file. Check whether it is the right file."),
    # Folders and archives
    "folder-too-large": N_(
        "There are more than {most} files in {folder}. Name the folder in which the sheets lie."
    ),
    "passed-over": N_("Not answer sheets, so passed over ({number}): {names}."),
    "archive-broken": N_(
        "This is not a whole zip archive. Ask for it again, or unpack it and name the folder."
    ),
    "archive-too-large": N_(
        "What is in this archive is larger than {most}, so nothing of it was read. Check whether "
        "it is the right file, or unpack it and name the folder."
    ),
    "archive-too-many": N_(
        "There are more than {most} files in this archive, so nothing of it was read. Check "
        "whether it is the right file."
    ),
    "archive-overlap": N_(
        "Files in this archive lie across each other, so nothing of it was read. Ask for the "
        "sheets themselves."
    ),
    "office-file": N_(
        "This is a file of Word, Excel or a like program. Save it there as CSV UTF-8, and take "
        "that in."
    ),
    "archive-twice": N_(
        "Two files in the archive have this name, so neither was taken in. Unpack the archive and "
        "name the folder."
    ),
    "archive-bad-name": N_(
        "A file of this name could land outside its folder or does not work on every computer. It "
        "was not taken in. Unpack it by hand and give it another name."
    ),
    "archive-link": N_("This is a link, and links are not followed. Pack the file itself."),
    "archive-no-file": N_("This is no ordinary file and was not taken in. Pack the file itself."),
    "archive-encrypted": N_(
        "This is closed with a password. Unpack the archive and name the folder."
    ),
    "archive-in-archive": N_(
        "This is an archive inside an archive. Unpack the outer one and name the folder."
    ),
    "archive-odd-packing": N_(
        "This was packed in a way that is not read here. Unpack the archive and name the folder."
    ),
    "archive-member-too-large": N_(
        "This is larger than {most}, unpacked. Check whether it is the right file."
    ),
    "archive-bomb": N_(
        "This becomes many times as large when it is unpacked, as no answer sheet does. It was "
        "not read."
    ),
    "archive-member-broken": N_(
        "This cannot be unpacked: the archive is damaged here. Ask for the file again."
    ),
    # Pasted text
    "pasted-nothing": N_(
        "There is no answer sheet in this text. Copy it from its first line, or save it as a file."
    ),
    "pasted-broken": N_(
        "This text is not whole, or a mail program broke its lines where that cannot be undone. "
        "Nothing was taken in. Save the attachment, or ask for the sheet as a file."
    ),
    # Synced folders
    "sheet-copy": N_(
        "This is a copy of the sheet of {code}, made by a synced folder or by hand. It was read "
        "and nothing counts twice. Take it in with bart gather, then remove the copy."
    ),
    "not-read-here": N_(
        "This lies among the sheets under a name that no sheet has, so it was not read. Is it a "
        "sheet? Take it in with bart gather."
    ),
    "session-file-copy": N_(
        "This is a copy of {file} that a synced folder made. It is not read. Compare the two, keep "
        "what is right in {file}, and remove the copy."
    ),
    "sheet-older-than-settled": N_(
        "This answer of {code} is older than one that was settled before: an earlier version of "
        "the sheet seems to have been put back. Look for the newer one and take it in."
    ),
    "no-such-folder": N_("There is no folder {folder}. Check the name."),
    # Agreements
    "agreement-does-not-fit": N_(
        "The agreement cannot be kept like this. Correct what is named below."
    ),
    "agreement-unknown-topic": N_(
        "There is no topic “{name}” in this session. Take one from: bart agreements topics SESSION."
    ),
    "agreement-unknown-party": N_(
        "There is no party “{name}” in this session. There are: {names}."
    ),
    "agreement-unknown-owner": N_(
        "There is no position “{name}” that can see to this. Choose from: {names}."
    ),
    "agreement-holds-a-code": N_(
        "A code of a participant seems to stand here. Agreements may be public and are about "
        "positions: name the position."
    ),
    "agreement-holds-a-name": N_(
        "A name of somebody seems to stand here. Agreements may be public and are about "
        "positions: name the position."
    ),
    "agreement-check-in-the-past": N_(
        "The day to look at it again is past already. Choose a day from today on."
    ),
    "agreement-check-in-the-future": N_(
        "The day on which it was looked at is still to come. Choose today or a day before."
    ),
    "agreement-vague": N_("What does “{word}” mean here? Write who does what, and when."),
    "agreement-without-parties": N_("Which parties agree to this?"),
    "agreement-submitted-to-whom": N_("To whom will this be put?"),
    "agreement-fixed-where": N_("Where is this laid down already?"),
    "agreement-without-owner": N_("Who sees to it that this happens?"),
    "agreement-without-date": N_("On which day do you look whether it was kept?"),
    "no-such-agreement": N_("There is no agreement “{name}”. There are: {names}."),
    "no-agreements-yet": N_("There is no agreement “{name}”: nothing was agreed yet."),
    "agreement-claimed-by-nobody": N_(
        "By the answers no position says of itself that it decides this. May you agree it "
        "yourselves? If not: put it to whoever may decide it, or park it."
    ),
    "agreement-seen-elsewhere": N_(
        "By the answers no position says of itself that it decides this. The others point at: "
        "{positions}. May you agree it yourselves? If not: put it to {positions}, or park it."
    ),
    "agreement-claimed-elsewhere": N_(
        "By the answers this is decided by: {positions}. This agreement was made without "
        "{positions}. May you agree it yourselves? If not: put it to {positions}, or park it."
    ),
    "agreement-claimed-also-by": N_(
        "By the answers this is also decided by: {positions}. This agreement was made without "
        "{positions}. Can that be? If not: put it to {positions}, or park it."
    ),
    "agreement-contested": N_(
        "Not all see that {positions} may decide this. Who see that otherwise: {parties}. Are "
        "you agreed on that now? If not: put it to whoever may settle it, or park it."
    ),
    "agreement-owner-below-line": N_(
        "This is to be seen to by {positions}, who say themselves that they have no say in it. "
        "What does {positions} need to do so?"
    ),
    "agreement-owner-seen-below-line": N_(
        "This is to be seen to by {positions}. The others see that {positions} has no say in it. "
        "What does {positions} need to do so?"
    ),
    # Own colours (tokens.css)
    "tokens-exist": N_("There are own colours already, in {file}. Change them there."),
    "no-report-to-render": N_(
        "There is no report.md in the session {session} to make a page of. Make one first: "
        "bart report {session}"
    ),
    "token-not-one": N_(
        "This is not used: “{text}”. Only lines such as “--main: #14507f;” are read, inside "
        ":root {{ }}, and once more inside @media (prefers-color-scheme: dark) {{ }}."
    ),
    "token-unknown": N_("{name} is not a colour or size of bart. Did you mean {names}?"),
    "token-no-colour": N_(
        "{name}: “{value}” is not used. Write a colour as #rrggbb, such as #14507f."
    ),
    "token-no-length": N_(
        "{name}: “{value}” is not used. Write a size from {least} to {most} rem, such as "
        "{least}rem."
    ),
    "token-contrast-light": N_(
        "{name} upon {other} is hard to read: its contrast is {ratio}, and it must be {least}. "
        "Make one of them darker or lighter."
    ),
    "token-contrast-dark": N_(
        "In the dark {name} upon {other} is hard to read: its contrast is {ratio}, and it must be "
        "{least}. Make one of them darker or lighter."
    ),
    "token-alike-light": N_(
        "{name} and {other} look the same to some people. Make one of them darker or lighter."
    ),
    "token-alike-dark": N_(
        "In the dark {name} and {other} look the same to some people. Make one of them darker or "
        "lighter."
    ),
    # Rounds
    "follow-up-round-open": N_(
        "The round of {session} is still open. Close it first: bart close {session}"
    ),
    "follow-up-no-agreements": N_(
        "Nothing was agreed in {session} yet, so there is nothing to come back to. Record an "
        "agreement first: bart agreements add {session}"
    ),
    "follow-up-does-not-fit": N_(
        "The questions about the agreements do not fit this session. Correct agreements.yaml:"
    ),
    "follow-up-not-begun": N_(
        "There is no follow-up in {session} to take back: no next round is open."
    ),
    "follow-up-answered": N_(
        "The follow-up can no longer be taken back: these have answered or begun: {codes}. "
        "Close the round, or go on with it."
    ),
    "round-is-over": N_(
        "Round {round} has ended and the next one has begun. This was not saved. Stop and "
        "start again: you then get the questions of the new round."
    ),
    "loose-sheet-of-follow-up": N_(
        "This sheet is of a follow-up round. What that asks lies in the session's folder. "
        "Open the sheet there: bart answer {session} CODE --sheet {file}. Or ask for a form."
    ),
    "no-such-round": N_("Session “{session}” has no round {round}. It has: {rounds}."),
    "round-not-kept": N_(
        "The folder of round {round} is gone. Put rounds/{round} back in the session's "
        "folder, from a backup."
    ),
    "round-of-another": N_(
        "What lies in rounds/{round} is not round {round} of this session. Put the right "
        "folder back."
    ),
    "compare-one-round": N_("Comparing takes two different rounds. This session has: {rounds}."),
    "compare-no-rounds": N_(
        "There is only one round, so there is nothing to compare yet. Begin the next one "
        "with: bart follow-up {session}"
    ),
    # Backups
    "backup-exists": N_(
        "{file} is there already and stays as it is. Choose another name with --to."
    ),
    "backup-in-session": N_(
        "{file} would lie inside the session itself. Go to another folder, or name one with --to."
    ),
    "backup-too-large": N_(
        "This session holds more than {most}, more than one backup takes. Look in damaged/ for "
        "files that do not belong there."
    ),
    "backup-not-whole": N_(
        "What was read back from {file} is not what was written, so it was removed. Try another "
        "disk or stick."
    ),
    "backup-without-session": N_(
        "{file} is missing, so this is no session that can be put back. Put the file back first."
    ),
    "backup-bad-name": N_(
        "A file of this name does not work on every computer. Give it another name, or move it "
        "elsewhere."
    ),
    "backup-name-twice": N_(
        "This name differs only in capitals or accents from another one, and some computers cannot "
        "tell them apart. Give it another name."
    ),
    "not-a-backup": N_(
        "{file} is no backup of bart, or the end of it is missing. Check whether it was copied "
        "whole, or take another copy."
    ),
    "newer-backup": N_(
        "{file} was made by a newer version of bart (format {found}), or is damaged. Install the "
        "newest version and try again."
    ),
    "backup-damaged": N_(
        "{file} is damaged, so nothing was put back. Take another copy. Is there none? Unpack it "
        "as a zip file: sheets that are still whole come in with bart gather."
    ),
    "backup-file-changed": N_("This file is not what it was when the backup was made."),
    "backup-refused": N_(
        "{file} holds what no backup of bart holds, so nothing was put back. Ask who gave it to "
        "you where it came from."
    ),
    "restore-exists": N_(
        "There is a session “{name}” already, and it stays as it is. Give the other one its own "
        "name: bart restore {file} --as {other}"
    ),
    "restore-only-as-it-was": N_(
        "{file} in this backup cannot be read, so the session cannot get another name. Put it "
        "back without --as, and mend it then."
    ),
    "restore-not-renamed": N_(
        "This cannot be read, so nothing in it was changed. Is it a sheet? Mend it, and write the "
        "new name of the session in it."
    ),
    # Looking over (doctor)
    "open-to-others": N_(
        "{number} of the files and folders here can be read by others on this computer: {names}. "
        "Let only yourself read them: bart doctor {session} --fix"
    ),
    "of-somebody-else": N_(
        "{number} of the files and folders here belong to another user of this computer: {names}."
        " Ask that user, or who manages this computer."
    ),
    "left-over": N_(
        "A save was stopped here, and this was left of it: {names}. An answer may stand in it. "
        "Remove it: bart doctor {session} --fix"
    ),
    "being-written": N_(
        "Another program is writing this file now. Is bart open nowhere else? Then restart the "
        "computer."
    ),
    "session-half-made": N_(
        "Making session {session} was stopped half-way; nobody has answered. Make it again with "
        "bart new {session}, or remove the folder {folder}."
    ),
    "session-file-gone": N_(
        "{file} is missing from {folder}, so bart does not see this session. Put the file back, "
        "or put the session back from a backup: bart restore FILE --as NAME"
    ),
    "half-restored": N_(
        "A restore was stopped, and answers are left of it: {names}. Remove them: bart doctor --fix"
    ),
    "report-is-old": N_(
        "The report was made before something changed. Make a new one: bart report {session}"
    ),
    "keep-until-passed": N_(
        "The answers were to be kept until {date}. Put the report and the agreements somewhere "
        "safe, and remove the folder {folder} and every backup of it."
    ),
    "folder-synced": N_(
        "{service} copies {folder} to other computers, with the answers in it. Choose a folder "
        "that is not copied: bart --sessions FOLDER"
    ),
    "folder-open-to-changes": N_(
        "Others on this computer can rename or replace what lies in {folder}. Take that right "
        "away: bart doctor --fix"
    ),
    "folder-outside-own": N_(
        "{folder} lies outside your own user folder, and others with an account on this computer "
        "can often read there. Choose a folder of your own: bart --sessions FOLDER"
    ),
    "git-would-take": N_(
        "{folder} lies in a git repository that would take the answers along. Put “{pattern}” in "
        "its .gitignore. Was anything taken already? Ask who manages the repository."
    ),
    "git-may-take": N_(
        "{folder} lies in a git repository, and git could not say whether it takes the answers "
        "along. Look there, or choose another folder: bart --sessions FOLDER"
    ),
    "disk-nearly-full": N_(
        "Less than {least} is free where {folder} lies. Make room: a full disk saves no answers."
    ),
    "package-too-old": N_(
        "bart needs {name} {least} or newer. Install bart again: python -m pip install --upgrade ."
    ),
    "log-not-written": N_("The log cannot be written: {file}. Check whether its folder is yours."),
    "log-open-to-others": N_(
        "Others on this computer can read the log {file}. No answers stand in it. Let only "
        "yourself read it: bart doctor --fix"
    ),
    "log-holds-bugs": N_(
        "bart itself went wrong {number} times; that stands in {file}. Does it still? Send the "
        "file to whoever looks after bart for you."
    ),
    "session-other-name": N_(
        "This session is called “{name}” and lies in the folder {folder}, so what bart tells you "
        "to type does not work. Call the folder {name}."
    ),
    "closed-to-owner": N_(
        "{number} of the files and folders here cannot be read or changed by yourself: {names}. "
        "Give yourself that right: bart doctor {session} --fix"
    ),
}
