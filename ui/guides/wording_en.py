"""`wording` in English, phrase for phrase."""

GUIDES = {
    "self-commitment": (
        "Integrity self-commitment checklist",
        "Choose a city: this page then asks point by point and lists what its plan says and what it does not. Every "
        "line opens the original text; tick it off, print it.",
    ),
    "tax": (
        "Tax card: newly bought measuring instruments",
        "Choose a city: this page lists what the city's plan and the national plan say about deduction in one go, the "
        "condition, and whom to ask.",
    ),
}
STEPS = {
    "what": "What it is",
    "checks": "How instruments are checked",
    "cheating": "What happens to cheats",
    "target": "Is there a target number?",
    "template": "Is there a template or form?",
    "deadline": "Is there a deadline?",
    "fee": "Is there a fee?",
    "wording": "The plan's own words",
    "condition": "Condition",
    "amount": "Is there a maximum amount?",
    "papers": "Which papers are needed?",
}
CHOOSE = "Choose a city first"
CHOSEN = "chosen"
CHOOSE_FIRST = "Choose a city above; this page then looks its plan up."
NO_PLANS = "No plan is held at present, so there is nothing to look up."
UNKNOWN_REGION = "No plan of “{region}” is held. Choose one above."
OPEN_POINTS = "Does the plan say?"
NOT_WRITTEN = "Not stated"
WRITTEN = "Stated"
NEAR = "Near clauses (for reference; they may not answer the question)"
ADDRESS = "Original"
CONTACTS = "Whom to ask"
NOTES = "Notes"
TICK_HELP = "Ticks are kept in this browser only."
TICKED = "{done} of {all} ticked"
CLEAR = "Clear ticks"
PRINT = "Print"
ANSWERED_BY = (
    "Every line here is an answer of the assistant, given today from the plans it holds (corpus version {version}); it "
    "is no decision of an authority. What the issuing authority published prevails over a printout."
)
ASKED_AS = "Asked: "
MISSING_GUIDE = "No such guide"
MISSING_GUIDE_MORE = "The link may be mistyped. Guides can be opened from the front page."
UNAVAILABLE = "This guide cannot be opened now"
