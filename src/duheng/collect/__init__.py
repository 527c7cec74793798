"""What came in: figures with their vintages, the sheets they stood in, and the rules they are held to."""

from duheng.collect.batch import Batch
from duheng.collect.doubt import Doubt, Severity
from duheng.collect.figure import Figure, Status
from duheng.collect.figures import STATUSES, Figures
from duheng.collect.file import content, figures_of
from duheng.collect.grid import NOTHING, Grid
from duheng.collect.lexicon import Lexicon
from duheng.collect.long_table import Given, is_long, long_table
from duheng.collect.revision import Reliability, Weighing, reliability, weigh

__all__ = [
    "NOTHING",
    "STATUSES",
    "Batch",
    "Doubt",
    "Figure",
    "Figures",
    "Given",
    "Grid",
    "Lexicon",
    "Reliability",
    "Severity",
    "Status",
    "Weighing",
    "content",
    "figures_of",
    "is_long",
    "long_table",
    "reliability",
    "weigh",
]
