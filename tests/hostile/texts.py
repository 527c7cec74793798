"""Texts made to be slow: one thing a hundred thousand times, marks without end, nesting, digits, names one character apart."""

from __future__ import annotations

import random

_HAN = "甲乙丙丁戊己庚辛一二三四五六七八九十年月日亿万元增长下降工程项目实施推进城市区县"


def texts(length: int, *, seed: int) -> dict[str, str]:
    """The texts by what they are made of, each of so many characters."""
    chance = random.Random(seed)

    def again(piece: str) -> str:
        return (piece * (length // len(piece) + 1))[:length]

    def many(make: str, size: int) -> str:
        return "".join(
            make.format(*(chance.choice(_HAN) for _ in range(3)), n=chance.randint(1, 99)) for _ in range(length // size)
        )

    repeated = {
        piece[:8].strip() or repr(piece[:2]): again(piece)
        for piece in (
            "，",
            ",",
            "。",
            "1",
            "1234567890",
            "“",
            "[bookmark: ",
            "1，234",
            "１，",
            "123 ",
            "1 %",
            "—",
            "的",
            "2024年",
            "一百二十三",
            "5.8%",
            "地区生产总值增长5.8%。",
            "地区生产总值增长5.8%，",
            "地区生产总值增长5.8%、",
            "地区生产总值增长5.8%。\n",
            "\t1\n",
            "a\tb\tc\n",
            "a\r",
            "推进道路工程、",
            "一、总体\n",
            "（一）2025年目标\n1.工作\n（1）事\n第一，是\n——段\n",
            "2025年主要预期目标是：地区生产总值增长5%左右，力争6%。\n",
            "城镇、农村居民收入分别增长5%、6%，",
            "其中：甲1亿元、",
            "总量10亿元，其中工业1亿元、农业2亿元、服务业7亿元。\n",
            "第1位、",
            "占比5%，合计占10%，",
            "《“（(",
            "超过不少于高于",
            "约≥≤左右以上",
            "万亿元平方公里/人",
            "1.",
            "指标30项，完成25项，未完成4项，",
            "空气质量优良天数比率90%，空气质量优良天数300天。",
            "每万人口拥有医生数5人，医生总数50人，常住人口10万人。",
            "😀1亿",
            "由1亿元提高到2亿元，",
            "1月1日—2月2日",
        )
    }
    return repeated | {
        "nested": "（" * (length // 2) + "）" * (length // 2),
        "prose": "".join(chance.choice(_HAN) for _ in range(length)),
        "lines": "\n".join("".join(chance.choice(_HAN) for _ in range(60)) for _ in range(length // 60)),
        "values": many("地区生产总值达到{n}.5亿元。\n", 16),
        "names": "一、2025年重点任务\n" + many("推进{}{}{}道路工程。", 10),
        "table": "指标\t单位\t2024年\t2025年目标\n" + many("{}{}指标\t亿元\t{n}\t增长5%\n", 16),
        "marks": "".join(chance.choice("，。；：（）“”1234567890%亿元增长2024年、\n\t") for _ in range(length)),
    }
