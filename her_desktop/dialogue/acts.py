"""Dialogue acts that a reply can perform, after ISO 24617-2."""

ACTS = frozenset(
    {
        "greeting", "goodbye", "thanking_response", "apology", "apology_response", "compliment_response",
        "inform", "answer", "answer.about_self", "confirm", "disconfirm", "agreement", "disagreement",
        "question", "question.open", "suggest", "offer", "promise", "instruct",
        "auto_positive", "auto_negative", "repeat", "joke", "empathy", "self_disclosure", "refer",
    }
)  # fmt: skip
