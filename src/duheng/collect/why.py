"""Why it is not surer what a column means, in the words of both languages."""

from __future__ import annotations

OWN_NAME = ("自有指标，目录中没有", "an indicator of your own, not in the catalog")
BY_TITLE = ("指标名称取自表名", "named after the table")
PLANNED = (
    "是计划目标，不是实际数，未载入；计划表请作为附表导入：duheng init 工作区 --from 报告 --from 附表",
    "gives what is planned, not actual figures, and was left out; import a plan's table as an annex: "
    "duheng init WORKSPACE --from REPORT --from ANNEX",
)
NO_HEAD = ("没有表头，未载入", "it has no head and was left out")
NO_NAME = ("看不出是什么指标", "it cannot be told which indicator it is")
HEAD_OF_FIGURES = (
    "表头中有数字“{}”，可能是把一行数据当成了表头",
    "its head holds the number “{}”: a row of figures may have been taken for a head",
)
NO_TIME = ("看不出是哪个时期", "it cannot be told which period it is of")
NO_YEAR = ("表中只有月份或季度，没有年份，请填写年份", "it names months or quarters but no year; give the year")
FRACTION = ("数值像是小数表示的百分比，已乘以 100", "its values look like fractions; they are taken times 100")
