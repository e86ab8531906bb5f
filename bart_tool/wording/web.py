"""The words of the pages that a phone gets from the laptop in the room."""

from bart_tool.wording.translation import N_

# Name in a template -> text. Those of `wording.forms.TEXTS` are there too.
TEXTS = {
    "go_on": N_("Go on"),
    "back": N_("Back"),
    "mine": N_("My picture"),
    "section": N_("{section} · {given} of {total}"),
    "other_language": N_("In Dutch"),
    "number": N_("Question {number} of {total}"),
    "kept": N_("{given} of {total} answers kept"),
    "more_help": N_("More about this question"),
    "sure_note": N_("How sure are you? A note?"),
    "note_only": N_("Add a note"),
    "how_sure": N_("How sure are you?"),
    "not_said": N_("Not said"),
    "note_label": N_("Your note"),
    "no_names": N_("Do not name people."),
    "quote": N_("These words may be printed literally in the report"),
    "wipe": N_("Wipe this answer"),
    "own_words": N_("Your answer"),
    "other_words": N_("Namely"),
    "how_title": N_("How did this come about?"),
    "how_came": N_("This is:"),
    "unknown": N_("I don't know"),
    "open": N_("still open"),
    "change_choice": N_("Choose again who may see what"),
    "enter_title": N_("Fill in your answers"),
    "enter_text": N_("Do you have a card? Scan it. Else fill in what the facilitator tells you."),
    "enter_code": N_("Your code"),
    "enter_pin": N_("Your PIN"),
    "enter_hint": N_("For example WR-01."),
    "enter_pin_hint": N_("All eight digits. They are on your card; else the facilitator has them."),
    "end_title": N_("Hand in"),
    "end_hand_in": N_("Hand in"),
    "end_closed": N_(
        "After handing in you cannot change anything, unless the facilitator opens your sheet "
        "again."
    ),
    "end_look": N_("See my picture first"),
    "leave": N_("Stop on this device"),
    "leave_text": N_("Is this not your own device? Then stop here. What you answered is kept."),
    "waiting": N_(
        "No connection. What you answer waits on this device ({number}) and goes along by itself "
        "as soon as it can. Just go on."
    ),
    "waiting_end": N_("You can hand in once the connection is back."),
    "away": N_("No connection. Try it again in a moment."),
    "arrived": N_("The connection is back. Everything is kept."),
}
EVERYTHING = N_("Everything has an answer.")
SHORT_PIN = N_("A PIN is eight digits here. Fill in all eight.")


# Name of a page that says one thing -> its title and text.
PAGES = {
    "test": (
        N_("It works"),
        N_("This device finds the laptop. Now scan your own card, and you can begin."),
    ),
    "unknown": (
        N_("This link does not work (any more)"),
        N_(
            "The round may be closed, or there are new cards. Ask the facilitator. What you "
            "answered is kept."
        ),
    ),
    "closed": (
        N_("The round is closed"),
        N_("You can no longer answer here. What you answered before is kept."),
    ),
    "nothing": (N_("There is nothing here"), N_("Scan your card again.")),
    "done": (N_("Handed in"), N_("Thank you. You can put your phone away.")),
    "left": (
        N_("You stopped on this device"),
        N_(
            "What you answered is kept. With your card you go on, also on another device. Is this "
            "not your own device? This browser still remembers the address of your card. Wipe its "
            "history, or ask the facilitator for a new card."
        ),
    ),
    "not_yours": (
        N_("This answer is not kept"),
        N_(
            "This browser is not, or no longer, yours: somebody else scanned a card here, or it "
            "is a day later. Scan your own card again, and give this answer once more."
        ),
    ),
    "changed": (
        N_("This is not asked any more"),
        N_(
            "The questions changed while this page lay open. Your answer is not kept. Scan your "
            "card again; what you answered before is still there."
        ),
    ),
    "too_soon": (
        N_("That does not fit"),
        N_("Code and PIN do not go together. Look at both, and try again."),
    ),
    "wrong": (
        N_("This cannot be done"),
        N_("The laptop did not understand that. Go back, and try again."),
    ),
    "not_opened": (
        N_("This could not be opened"),
        N_(
            "What you did last is not kept. Your card was replaced, or something changed the "
            "message on its way. Scan your card again, and do it once more; tell the facilitator "
            "if it comes back."
        ),
    ),
    "begin_again": (
        N_("The laptop was started again"),
        N_("What you did last is not kept. Scan your card again, and do it once more."),
    ),
    "sealed": (
        N_("Fill in your answers"),
        N_(
            "Scan the square on your card with the camera of your phone. Does nothing come after "
            "that? Then JavaScript is off, or this browser is too old. Ask the facilitator: you "
            "can answer on the laptop or on paper."
        ),
    ),
    "too_much": (
        N_("That is too much text. It is not kept."),
        N_(
            "At most 1,000 characters fit in one answer or note. Go back in your browser, make it "
            "shorter and press Go on again. What was kept before is still there."
        ),
    ),
    "fault": (
        N_("Something went wrong"),
        N_("What was kept is still there. Go back, and try again. Tell the facilitator."),
    ),
}
NOT_KEPT = N_("NOT KEPT: {reason} What you filled in still stands here.")
MEANWHILE = N_(
    "On another device, or in another tab, you answered meanwhile: “{answer}”. Does what stands "
    "here count? Then press Go on."
)
MEANWHILE_WIPED = N_(
    "On another device, or in another tab, you wiped this answer meanwhile. Does what stands here "
    "count? Then press Go on."
)
CHOOSE_FIRST = N_("First choose what may be shown.")
# On a card.
CARD = {
    "wifi": N_("Go on this Wi-Fi:"),
    "password": N_("Password:"),
    "scan": N_("Scan the square with the camera of your phone."),
    "without": N_("Does that not work? Type this in your browser:"),
    "sealed_without": N_(
        "Does that not work? Ask the facilitator: you can answer on the laptop or on paper."
    ),
    "pin": N_("Your PIN:"),
    "own": N_("This card is yours alone. Give it to nobody."),
}
# A kind of network -> what people call it.
ADAPTERS = {
    "wireless": N_("Wi-Fi"),
    "cable": N_("a network cable"),
    "other": N_("a network"),
    "virtual": N_("inside this computer, not for phones"),
}
