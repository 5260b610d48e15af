"""The phrases that the participants' script says, by their keys."""

SESSION_KEYS = (
    "session-answered-live",
    "session-answered-in-writing",
    "session-answering",
    "session-aside",
    "session-failed",
    "session-next",
    "session-no-answer",
    "session-offline",
    "session-others",
    "session-others-none",
    "session-over",
    "session-sending",
    "session-show-answer",
    "session-source",
    "session-take-back",
    "session-vote",
    "session-voted",
    "session-votes",
)
