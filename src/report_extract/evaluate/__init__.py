"""Records against gold annotations: what was found, what was missed, what was gained and lost since another run."""

from report_extract.evaluate.gold import GoldRelease, read_gold
from report_extract.evaluate.report import Comparison, Evaluation, compare, evaluate, floor_faults, read_baseline

__all__ = [
    "Comparison",
    "Evaluation",
    "GoldRelease",
    "compare",
    "evaluate",
    "floor_faults",
    "read_baseline",
    "read_gold",
]
