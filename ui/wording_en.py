"""`wording` in English, phrase for phrase. Answers, plans and questions are Chinese on the English page too."""

from ui import wording
from ui.wording import Audience

LANG = "en"
OTHER_LANGUAGE = "zh"
SWITCH = "中文"
TITLE = "Integrity Metrology Plans: Q&A"
TAGLINE = "Every sentence cites its clause; every clause opens in the original"
SKIP_TO_QUESTION = "Skip to the question box"
HOME = "Back to questions"

WELCOME = "Which clause of the metrology plans are you looking for?"
WELCOME_MORE = (
    "Ask in Chinese, in plain words. What a plan says is quoted with its clause, in Chinese; what it does not say, "
    "you are told."
)
EXAMPLES_TITLE = "Example questions"
GUIDES_TITLE = "Or start here"
GUIDES = (
    ("self-commitment", "Merchants: self-commitment checklist", "point by point, to print"),
    ("tax", "Businesses: tax card for new instruments", "condition, wording, whom to ask"),
)
CORPUS_TITLE = "Plans held"
CORPUS_MISSING = "The list of plans cannot be had now; you can ask all the same."
_SAID = (
    (
        "Businesses",
        (
            "Can newly bought measuring instruments be deducted from tax in one go?",
            "What does Qingdao ask of businesses' metrology?",
        ),
    ),
    (
        "Merchants",
        ("What is the integrity self-commitment in Xiamen?", "How does Quanzhou act against cheating with measures?"),
    ),
    (
        "Government staff",
        (
            "What is Quanzhou's 2025 target for self-committed units?",
            "Who is responsible in Xiamen for the lasting mechanism of integrity metrology?",
        ),
    ),
    (
        "Citizens",
        (
            "What does the national plan provide for metrology in daily life?",
            "What do the cities say of filling stations?",
        ),
    ),
)
AUDIENCES = tuple(
    Audience(name, chinese.icon, chinese.questions, meanings)
    for chinese, (name, meanings) in zip(vars(wording)["AUDIENCES"], _SAID, strict=True)  # not the one that is spoken
)

QUESTION_LABEL = "Your question"
QUESTION_PLACEHOLDER = "Type your question, in Chinese"
SEND = "Ask"
NEW_TALK = "New talk"
FILTER_LABEL = "Where to look"
ALL_PLANS = "All plans"
LOG_LABEL = "Questions and answers"
ASKED = "Question: "
ANSWERED = "Answer"
WAITING = "Reading the plans…"
TELLING = "Checking sentence by sentence; what has passed is shown, the answer at the end stands…"

STATUS = {
    "partial": "Stated in part",
    "not_found": "Not stated in the plans",
    "out_of_scope": "Not a question for this service",
}
SAYS = " says:"
SAYS_OF = ":"
SEEN_ABOVE = "Quoted above"
UNFOLD = "Show all"
FOLD = "Show less"
TABLE_LABEL = "Comparison"
ROWS_LABEL = "Indicators of a box"
ROW_NAME = "Indicator"
NOTES_TITLE = "Notes"
MISSING_TITLE = "What the plan does not say"
CONTACTS_TITLE = "Whom to ask"
RELATED_TITLE = "Near clauses"
RELATED_MORE = " (for reference; they may not answer the question)"
BIBLIOGRAPHY = "Sources and receipt"
REFERENCE = "Source"
CLAUSE = "Clause "
NO_NUMBER = "no document number in this text"
OPEN_CLAUSE = "Original"
NEXT_PASSAGE = "Passage {number}"
NEW_WINDOW = " (opens in a new window)"
COPY = "Copy"
COPIED = "Copied"
COPY_FAILED = "Could not copy; please select it by hand"
EDIT = "Edit"
EDIT_MORE = "Change this question and ask again"
EDITING = "You are editing the last question; the new answer takes the old one's place."
AGAIN = "Again"
AGAIN_MORE = "Ask the same question once more"
CANCEL = "Cancel"
UNDO = "Undo"
USEFUL = "Useful"
USELESS = "No use"
RATING_LABEL = "Was this answer of use to you?"
VOTED_USEFUL = "Noted as useful; it is sent in a moment"
VOTED_USELESS = "Noted as no use; it is sent in a moment"
RATED = "Thank you"
REVOTE = "Change"
RATING_CLOSED = "This service takes no feedback yet"
RATING_FAILED = "Your feedback did not arrive; please try again"
REASON_TITLE = "What was wrong? (optional)"
REASONS = ("Beside the question", "Not found", "Too vague", "Hard to understand", "Wrong quotation")
REASON_OWN = "Or in your own words"
REASON_SEND = "Send"
RECEIPT = "Receipt"
CORPUS_VERSION = "Corpus version"
HISTORY = "History"
HISTORY_TITLE = "Earlier talks"
HISTORY_NONE = "There are no earlier talks."
HISTORY_WHERE = "Kept in this browser only and sent nowhere. Please clear it on a shared computer."
HISTORY_CLEAR = "Clear all"
HISTORY_CLEARED = "All cleared."
HISTORY_REMOVE = "Delete this talk"
HISTORY_TURNS = "{count} questions"
RECENT = "Go on with the last talk"
CLOSE = "Close"
AWAY = "The connection to the server is lost"
AWAY_MORE = "Please check your network. Trying to reconnect; your talk and the question you are typing are kept."
AWAY_RETRY = "Try now"
NO_SCRIPT = "Scripts are off in this browser; you can ask all the same, and the answer opens on a new page."
LOADING = "Opening…"
PLAIN_AGAIN = "Ask another question"

FOOTER_IS = "This assistant answers from the plans it holds alone and cites a clause for every sentence. "
FOOTER_IS_NOT = (
    "It is no decision of an authority and no legal advice; the text published by the issuing authority prevails. "
    "Please ask your local administration for market regulation in matters of practice. "
)
FOOTER_PRIVACY = "Please do not write identity or telephone numbers into a question."

EMPTY_QUESTION = "Please write a question first, then press “Ask”."
ERROR_TITLE = "There was no answer this time"
ERROR_KEPT = "Your question is kept in the box; change it or try again later."
UNREACHABLE = "The service cannot be reached now. Please check your network, or try again in a moment."
TIMEOUT = "The service took too long. Please try again later, or ask something simpler."
GARBLED = "What the service sent cannot be read. Please try again later; if it goes on, tell the site's staff."
REJECTED = "The question was not accepted"
REJECTED_UNSAID = "The question was not accepted. Please put it another way."
CASE = " Please give this number when you report it: {case}."
TOO_LONG = "The question is too long. Please shorten it."
TOO_MANY = "Too many questions in a short time. "
WAIT_SECONDS = "Please try again in about {seconds} seconds."
WAIT_A_WHILE = "Please try again later."
NOT_ALLOWED = "You are not allowed to use this service now. Please ask the site's staff."
NOT_READY = "The service is being prepared. Please try again later."
BROKEN = "Something went wrong. Please try again later."

PLAN_NUMBER = "Document number"
PLAN_REGION = "Holds for"
PLAN_ISSUER = "Issued by"
PLAN_DATE = "Dated"
DAY = "{year}-{month}-{day}"
PLAN_VERSION = "Version"
PLAN_EFFECTIVE = "In force from"
PLAN_EXPIRES = "In force until"
STANDING = {"expired": "Expired", "superseded": "Superseded", "ahead": "Not yet in force"}
IN_FORCE = "in force"
STANDS_ON = "On {day}: "
STANDS_NOTE = "This document: {note}. "
STANDS_MORE = "What is quoted is as the text in force then had it."
PLAN_SILENT = "not stated in this text"
OUTLINE = "Contents"
CITED_BANNER = "Clause cited"
CITED_MARKED = "the quotation is marked"
CITED_JUMP = "Go to the quotation"
CITED_UNKNOWN = "This plan has no such clause; please look in the contents."
CITED_HERE = "Clause of the quotation"
QUOTE_LABEL = "Quotation"
UNITS = "Responsible"
LEAD = "lead"
SUPPORT = "with"
FRONT_TITLE = "Head"
BACK_TITLE = "End"
PERMALINK = "Link to this clause"
PLAN_NOT_FOUND = "No such plan"
PLAN_NOT_FOUND_MORE = "The plan in the link is not held; it may have been renamed or withdrawn."
PLAN_UNAVAILABLE = "This plan cannot be opened now"

WIDGET = {
    "button": "Metrology Q&A",
    "open": "Open the metrology Q&A",
    "close": "Close the Q&A window",
    "full": "Open in a new window",
    "frame": "Integrity metrology plans: Q&A",
    "away": "The service is not available now; the button comes back when it is.",
}
DEMO_TITLE = "Embedding example"
DEMO_HOST = "Market Regulation, Sample City"
DEMO_LEAD = "This is a made-up government page that shows how the assistant is put into an existing site."
DEMO_HOW = "Add this line to a page, and the button appears at the lower right:"
DEMO_OPTIONS = "Attributes you may add"
DEMO_ATTRIBUTES = (
    ("data-city", "where to look at first: a city's name, e.g. 厦门; or data-plan with a plan's id, e.g. xiamen"),
    ("data-label", "words on the button, 20 characters at most"),
    ("data-position", "where the button stands: right (default) or left"),
    ("data-color", "colour of the button, in hexadecimal such as #0b5cad; its words turn black or white by themselves"),
    ("data-lang", "language of the labels: zh (default) or en; answers are always Chinese originals"),
)
DEMO_ALLOW = "On another domain the assistant appears once its staff have put that domain on the list of embedders."
DEMO_SAFE = (
    "It changes nothing of the page's style and is not touched by it; a content security policy need allow this site's "
    "script and frame only. While the service is down the button is gone, and comes back by itself. This page has "
    "styles on purpose that would spoil the button."
)
DEMO_NAV = ("Home", "Disclosure", "Services", "Contact")
DEMO_NEWS = (
    "Inspection of measuring instruments at markets",
    "Integrity self-commitment in shopping streets",
    "World Metrology Day",
)

COPY_QUESTION = "Question: {question}"
COPY_SOURCES = "Sources:"
COPY_NEAR = "Near clauses (for reference; they need not answer the question):"
COPY_NOTE = "Note: {note}"
ONLY_THE_PLAN = "Only the official text of a plan, as published by its issuer, is authoritative."
EXPORT = "Export"
EXPORT_MORE = "Export as Word, PDF or Markdown"
EXPORT_TITLE = "Export"
EXPORT_ONE = "This answer"
EXPORT_TALK = "The whole conversation ({count} questions)"
EXPORT_FORMATS = (("docx", "Word", "to edit"), ("pdf", "PDF", "to print"), ("md", "Markdown", "plain text"))
EXPORT_BEGAN = "The file is being made; the browser will download it by itself."
EXPORT_FAILED = "The export did not succeed"
EXPORT_GONE = "No receipt of these answers was found: they are past their term, or could not be kept. Please ask again."
EXPORT_BAD_LINK = "The link is incomplete. Go back to the answer and choose again from “Export” below it."
COMPARE = "Compare plans"
COMPARE_SHORT = "Compare"
COMPARE_MORE = "clauses word by word, numbers as charts"
