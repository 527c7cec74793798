"""How it is going: pace, where a year will end, the chance that a target is met, and the light a rule gives it."""

from duheng.watch.chance import Chance, chance
from duheng.watch.course import Course, Courses
from duheng.watch.forecast import Outlook, forecast
from duheng.watch.light import Colour, Light, Standpoint, light
from duheng.watch.pace import Pace, pace
from duheng.watch.panel import Panel
from duheng.watch.prospect import Method, Prospect, prospects
from duheng.watch.standing import Rules, Standing, Watched, standings
from duheng.watch.table import SeriesTable
from duheng.watch.timeline import Timeline
from duheng.watch.track import Accumulation, Track, singled, singled_growth

__all__ = [
    "Accumulation",
    "Chance",
    "Colour",
    "Course",
    "Courses",
    "Light",
    "Method",
    "Outlook",
    "Pace",
    "Panel",
    "Prospect",
    "Rules",
    "SeriesTable",
    "Standing",
    "Standpoint",
    "Timeline",
    "Track",
    "Watched",
    "chance",
    "forecast",
    "light",
    "pace",
    "prospects",
    "singled",
    "singled_growth",
    "standings",
]
