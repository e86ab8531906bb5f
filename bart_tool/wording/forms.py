"""The words of what people get to answer on elsewhere: the form and the paper."""

from bart_tool.wording.translation import N_
from bart_tool.wording.welcome import CONSENT_ASKED

UNTITLED = N_("Who does what?")  # where the session has no title
NO_SCRIPT = N_("Here you can only read the questions. This is how you fill them in:")
# How a file is opened properly, for those whose program shows it without its script.
OPEN_PROPERLY = (
    N_(
        "iPhone or iPad: a mail and the app Files only show an example, in which nothing can be "
        "filled in. Ask the facilitator for paper, or to fill it in in the room. Or open the file "
        "on a computer."
    ),
    N_(
        "Android: keep the file first. Open the app Files, hold your finger on the file and choose "
        "to open it with Chrome or Firefox."
    ),
    N_("Computer: keep the file first. Then open it with Firefox, Chrome, Edge or Safari."),
    N_("Does it not work? Ask the facilitator for the questions on paper."),
)
# Name in the template of the paper -> text.
ON_PAPER = {
    "how": N_(
        "Fill this in on your own. Put a cross in one box a line, unless it says "
        "otherwise. You may leave a line open. No answer is right or wrong."
    ),
    "no_names": N_("Do not name people. Give the paper to the facilitator when you are done."),
    "consent": N_("Who will see what?"),
    "choose": CONSENT_ASKED,
    "function": N_("What is your function? You do not have to say."),
    "sure": N_("How sure are you?"),
    "sure_row": N_("How sure? Circle 1 for a guess, 2 for fairly sure, 3 for sure."),
    "sure_short": N_("How sure?"),
    "note": N_("Note (not needed):"),
    "note_row": N_("Note (not needed), with line ….:"),
    "quote": N_("may be printed literally in the report"),
    "end": N_("Thank you."),
}
# Name in the form's script -> text. `{…}` is filled by the script.
TEXTS = {
    "other_language": N_("In Dutch"),
    "go_on": N_("Go on"),
    "back": N_("Back"),
    "begin": N_("Begin"),
    "skip": N_("You may leave a question open: just go on."),
    "overview": N_("All questions"),
    "elsewhere": N_("Elsewhere in this form"),
    "picture": N_("My picture"),
    "hand_in": N_("Hand in"),
    "place": N_("{section} · question {number} of {total}"),
    "progress": N_("{given} of {total} answered"),
    "section": N_("{section} · {given} of {total}"),
    "own_position": N_("about your own position"),
    "example": N_("For example: {example}"),
    "more_help": N_("More about this question"),
    "kept": N_("Kept on this device."),
    "kept_in_page": N_("Mind: this browser keeps nothing. Finish in one go, and make your file."),
    "other_tab": N_("You went on in another tab. Both are together here now."),
    "chosen_most": N_("Choose at most {most}."),
    "dont_know": N_("I don't know"),
    "prefer_not": N_("I'd rather not say"),
    "nobody": N_("Nobody"),
    "none": N_("None of these"),
    "other": N_("Something else, namely"),
    "other_words": N_("Namely"),
    "own_words": N_("Your answer"),
    "how_sure": N_("How sure are you?"),
    "how_came": N_("This is:"),
    "how_title": N_("How did this come about?"),
    "note": N_("Add a note"),
    "note_label": N_("Your note"),
    "quote": N_("These words may be printed literally in the report"),
    "no_names": N_("Do not name people."),
    "wipe_answer": N_("Wipe this answer"),
    "wiped": N_("The answer is wiped."),
    "still_open": N_("still open"),
    "together": N_("Together"),
    "empty": N_("empty"),
    "open_here": N_("{number} still open"),
    "consent_first": N_("First choose what may be shown."),
    "function_title": N_("What is your function?"),
    "function_text": N_("You do not have to say. Your function is not printed in the report."),
    "function_none": N_("I would rather not say"),
    "resume_title": N_("Welcome back"),
    "resume_text": N_(
        "On this device there are answers of {code} ({given} of {total}). Are you {code}?"
    ),
    "resume_yes": N_("Yes, I am {code}: go on"),
    "resume_wipe": N_("Wipe these answers and begin anew"),
    "resume_closed": N_(
        "You made a file of your answers on this device. Whether you sent it, this form cannot "
        "know."
    ),
    "resume_sent": N_("You said that you sent your answers. You can look, or change something."),
    "wipe_title": N_("Wipe your answers from this device?"),
    "wipe_text": N_("What you did not send as a file is then gone for good."),
    "wipe_yes": N_("Yes, wipe everything"),
    "wipe_no": N_("No, keep them"),
    "wipe": N_("Wipe my answers from this device"),
    "wiped_all": N_("Your answers are gone from this device."),
    "load": N_("Go on with a file that you made before"),
    "loaded": N_("{number} answers came from the file."),
    "load_wrong": N_(
        "That file does not belong to this form: it is of another person, round or question set, "
        "or it is no file of this form. Nothing was changed."
    ),
    "finish_title": N_("Hand in"),
    "finish_open": N_("{number} answers are still open. Leaving them open is fine."),
    "finish_first": N_("To the first open question"),
    "finish_whole": N_("Everything has an answer."),
    "finish_long": N_("One of your texts is too long for the file. All of it is still here."),
    "finish_shorten": N_("Make that text shorter"),
    "too_long_here": N_("too long; all of it is still here"),
    "finish_text": N_(
        "Your answers are not sent by themselves. You make a file and send it to the facilitator, "
        "for example in a mail. Until then nobody else has your answers."
    ),
    "finish_make": N_("Hand in: make my file"),
    "finish_draft": N_("Not done yet? Make a file to go on with on another device"),
    "made_title": N_("Now send your answers"),
    "made_text": N_(
        "Your browser was asked to keep {file}. Look among your downloads. Is it not there? Then "
        "copy your answers as text, here below."
    ),
    "made_in_frame": N_(
        "This form is open inside another program, which may keep no file. Look for {file} among "
        "your downloads. Is it not there? Then copy your answers as text, here below."
    ),
    "made_send_to": N_(
        "Send it to {to}, and to nobody else: whoever opens it can read your answers."
    ),
    "made_sent": N_("I have sent it"),
    "sent_title": N_("Done. Thank you."),
    "sent_text": N_("You said that you sent your answers. You can wipe them from this device."),
    "share": N_("Share my answers as text"),
    "behind": N_("You changed something after you made your file. That is not in it."),
    "behind_again": N_("Make the file again"),
    "in_frame": N_(
        "This form is open inside another program. Does something not work here? Keep the file "
        "first, and open it in your browser."
    ),
    "sure_and_note": N_("How sure are you? A note?"),
    "made_send": N_(
        "Send it to the facilitator, and to nobody else: whoever opens it can read your answers."
    ),
    "made_again": N_("Make the file again"),
    "made_change": N_("Change something after all"),
    "mail": N_("Write a mail, and add the file to it"),
    "mail_subject": N_("My answers ({session}, {code})"),
    "mail_body": N_("The file {file} with my answers goes with this mail. Please add it yourself."),
    "copy": N_("Copy my answers as text"),
    "copied": N_("Copied. Paste the text in a mail to the facilitator."),
    "copy_self": N_("Copying did not work by itself. Select the text below and copy it."),
    "copy_label": N_("Your answers as text"),
    "keyboard": N_("Tab goes to the next choice, arrows choose, Enter goes on."),
    "private": N_("Is this not your own device? Wipe your answers when you are done."),
}
