"""What a number is: its quantity, unit and comparator, as printed and exactly."""

from duheng.measure.comparator import Comparator
from duheng.measure.grammar import Form, Found, find, parse
from duheng.measure.numeral import from_arabic, from_chinese
from duheng.measure.period import Period
from duheng.measure.quantity import Quantity
from duheng.measure.unit import Unit, unit

__all__ = ["Comparator", "Form", "Found", "Period", "Quantity", "Unit", "find", "from_arabic", "from_chinese", "parse", "unit"]
