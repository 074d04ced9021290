"""`wording` in English, phrase for phrase."""

TITLE = "Compare plans"
LEAD = (
    "Choose a topic and two to five plans: their clauses and their numbers stand side by side, in Chinese as they are "
    "written, and each opens in the original."
)
TOPIC = "Topic"
TOPIC_HINT = "a few words or a question, in Chinese, as below"
PLANS = "Plans (two to five)"
AS_OF = "As in force on"
AS_OF_HINT = "empty: today"
SUBMIT = "Compare"
SUGGESTED_COUNTED = "Indicators of several places"
SUGGESTED = "Clauses of several places"
SUGGESTED_PLANS = "{count} plans"
OTHERS = "Another topic"
CHOOSE = "No topic is chosen yet. Write one above, or take one of those below."
PLANS_MISSING = "The list of plans cannot be had now, so there is nothing to choose from."
FAILED = "There is no comparison this time"
REFUSALS = {
    "too-few-plans": "Choose at least {limit} plans to compare; {count} chosen.",
    "too-many-plans": "At most {limit} plans can be compared at once; {count} chosen.",
}

CLAUSES = "Clauses"
BASE = "Base"
MARKED = "Marked words do not stand in the clause of {base} beside them."
FAR = "Worded quite unlike {base}, so that words are not marked one by one."
MAKE_BASE = "Make this the base"
OPEN = "Original"
WHOLE = "Whole plan"
BESIDE_NOTHING = "No clause to stand beside it"
NUMBER_BELOW = "No clause is quoted; its number is among the indicators below."
NOTHING = "Of this topic no clause of these plans is quoted."

CHARTS = "Indicators"
CHART_SAYS = "{name}: base and target of each plan; the values are in the table below"
BAR_SAYS = "{plan}, {year}, {value}, opens the clause"
NO_CHARTS = "These plans give no number for this topic."
UNCOUNTED = "Without a number for it: {names}."
SHARED = "These have the same name and unit and share a scale."
ALONE = "One plan alone has an indicator of this name and unit; it is drawn by itself."
APART = "Apart: "
BASE_YEAR = "Base"
TARGET = "Target"
STATE = "as it is"
YEAR = "{year}"
NO_YEAR = "no year given"
NO_BASE = "no base given"
NOT_GIVEN = "no value given"
NOT_DRAWN = " (not exact, not drawn)"
CONFLICT = "numbers differ within"
CONFLICTS = "The same document of {plan} also says {values}; the issuing authority's reading holds."
UNIT = "in {unit}"
AND = ", "
CSV = "Table (CSV)"
PNG = "Picture (PNG)"
SOURCE = "Values as the plans give them · Integrity Metrology Plans: Q&A"
COLUMNS = ("Plan", "Base", "Target", "Clause")
ROW_COLUMNS = ("Column", "Value")
NOTES = "Notes"

CSV_COLUMNS = (
    "Topic", "Plan", "Document", "Indicator", "Unit", "Base year", "Base value", "Target year", "Target value",
    "Attribute", "Chart", "Remark", "Clause", "Link",
)  # fmt: skip
CSV_NONE = "gives no number for it"
CSV_STATE = "the state the document tells of, not a target"
CSV_FIRST = "Chart {number}"
