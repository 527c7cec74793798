"""Special-bond money of projects as it arrived and was spent, from their applications: what the light of its window looks at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from duheng.site.records.models import FundStep
from duheng.watch.projects import BondMoney

_KIND = "special_bond"
_ARRIVED, _SPENT = "arrived", "spent"
_BATCH = 500


class Bonds:
    """The steps of some projects' special-bond applications, fetched once."""

    def __init__(self, keys: Collection[int]) -> None:
        wanted = sorted(keys)
        self._steps: dict[int, dict[int, list[tuple[str, date, int]]]] = defaultdict(lambda: defaultdict(list))
        for start in range(0, len(wanted), _BATCH):
            rows = FundStep.objects.filter(
                application__pool__kind=_KIND,
                application__project__in=wanted[start : start + _BATCH],
                step__in=(_ARRIVED, _SPENT),
            ).order_by("id")
            for project, application, step, on, amount in rows.values_list(
                "application__project", "application", "step", "on", "amount"
            ):
                self._steps[project][application].append((step, on, amount))

    def of(self, key: int, *, as_of: date) -> list[BondMoney]:
        """The money of each application that has arrived by a day: since its first day, each amount as told last."""
        found = []
        for steps in self._steps.get(key, {}).values():
            arrived = [(on, amount) for step, on, amount in steps if step == _ARRIVED and on <= as_of]
            spent = [amount for step, on, amount in steps if step == _SPENT and on <= as_of]
            if arrived:
                first, amount = min(on for on, _ in arrived), arrived[-1][1]
                found.append(BondMoney(amount=amount, arrived=first, spent=spent[-1] if spent else 0))
        return found
