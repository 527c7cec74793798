"""A small project pool made by hand, so that every sum in a test can be checked on paper. Money is whole fen."""

from datetime import date

from tests.site.cast import AT

from duheng.site.actions import pool_standing
from duheng.site.records.models import PoolBank, PoolMonth, PoolProblem, PoolProject, PoolStage, PoolYear

YI = 10**10  # 亿元 in fen
AS_OF = date(2026, 10, 20)
#    name, group, office, place, sector, stage, onset, total, planned, works, counted, paid, in library, public (all money in 亿元)
ROWS = [
    ("东湖大桥工程", "交通", "区交通局", "东湖街道", "交通", "under_construction", "continued", 12, 4, 3.9, 3.5, 2.5, True, False),
    ("西山水厂扩建", "水利", "区水利局", "西山镇", "水利", "started", "new", 3, 1, 0.7, 0.5, 0.5, True, False),
    ("南坪小学新建", "民生", "区教委", "南坪街道", "教育", "started", "new", 1, 0.5, 0.1, 0, 0.05, False, False),
    ("北碚产业园一期", "产业", "区发改委", "北碚镇", "工业", "completed", "continued", 8, 2, 2, 2, 1.9, True, False),
    ("滨江公园提升", "民生", "区城管局", "东湖街道", "市政", "reserve", "preliminary", 2, None, None, None, None, None, True),
    ("智能制造基地", "产业", "区发改委", "西山镇", "工业", "reserve", "", 20, None, None, None, None, None, True),
]  # fmt: skip
_SINCE = {
    "reserve": date(2025, 1, 10),
    "started": date(2026, 4, 8),
    "under_construction": date(2025, 6, 1),
    "completed": date(2026, 9, 30),
}


def pool():
    """The six projects with their facts, worked out; by name."""
    made = {}
    for position, row in enumerate(ROWS):
        made[row[0]] = _project(position, row)
    bridge, school = made["东湖大桥工程"], made["南坪小学新建"]
    fact = {"at": AT, "by": "周编"}
    PoolProblem.objects.create(
        project=school, what="用地未批", whose="区规资局", raised=date(2026, 5, 1), due=date(2026, 8, 1), **fact
    )
    PoolProblem.objects.create(
        project=school, what="管线迁改", whose="区城管局", raised=date(2026, 9, 1), due=date(2026, 12, 1), **fact
    )
    PoolProblem.objects.create(
        project=bridge, what="夜间施工", whose="区交通局", raised=date(2026, 2, 1), settled=date(2026, 3, 1), **fact
    )
    PoolBank.objects.create(project=bridge, bank="国家重大项目库", since=date(2025, 3, 1), **fact)
    pool_standing.changed(at=AT, as_of=AS_OF, keys=[project.pk for project in made.values()])
    return made


def _project(position, row):
    name, group, office, place, sector, stage, onset, total, planned, works, counted, paid, library, public = row
    project = PoolProject.objects.create(
        position=position, code=f"X{position + 1:03}", name=name, group=group, office=office, place=place, sector=sector,
        stage=stage, stage_since=_SINCE[stage], total=total * YI, public=public, owner=f"{name}业主", aliases=[f"{name}（暂名）"],
    )  # fmt: skip
    fact = {"project": project, "at": AT, "by": "周编"}
    for reached in ["reserve", "started", "under_construction", "completed"]:
        PoolStage.objects.create(
            stage=reached, on=_SINCE[reached] if reached == stage else date(2024, 5, 6), paper="批文", **fact
        )
        if reached == stage:
            break
    if planned is not None:
        PoolYear.objects.create(year=2026, planned=fen(planned), onset=onset, **fact)
        PoolMonth.objects.create(
            year=2026, month=9, works=fen(works), counted=fen(counted), paid=fen(paid), in_library=library, known=AS_OF, **fact
        )
    elif onset:
        PoolYear.objects.create(year=2026, onset=onset, **fact)
    return project


def fen(yi):
    """亿元 as fen."""
    return round(yi * YI)
