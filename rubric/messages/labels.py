"""Short labels that stand inside sentences and as headings."""

from rubric.messages.wording import Wording

LABELS: dict[str, Wording] = {
    "error": Wording("error", "错误"),
    "warning": Wording("warning", "提醒"),
    "hint": Wording("hint", "提示"),
    "help": Wording("help", "建议"),
    "yes": Wording("yes", "是"),
    "no": Wording("no", "否"),
    "less": Wording("less", "少"),
    "more": Wording("more", "多"),
}
