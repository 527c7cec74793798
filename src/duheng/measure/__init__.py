"""What a number is: its quantity, unit and comparator, as printed and exactly; and the series, period and area it belongs to."""

from duheng.measure.area import OWN, Area, plain_name
from duheng.measure.comparator import Comparator
from duheng.measure.grammar import Form, Found, find, parse
from duheng.measure.numeral import from_arabic, from_chinese
from duheng.measure.period import Period
from duheng.measure.quantity import Quantity
from duheng.measure.series import Basis, Series, SeriesMeasure
from duheng.measure.unit import Unit, unit

__all__ = [
    "OWN",
    "Area",
    "Basis",
    "Comparator",
    "Form",
    "Found",
    "Period",
    "Quantity",
    "Series",
    "SeriesMeasure",
    "Unit",
    "find",
    "from_arabic",
    "from_chinese",
    "parse",
    "plain_name",
    "unit",
]
