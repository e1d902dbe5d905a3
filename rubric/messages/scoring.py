"""What is said of a score: one sentence for each kind of entry, remark and difference."""

from rubric.messages.wording import Wording

SCORING_NOTES: dict[str, Wording] = {}
