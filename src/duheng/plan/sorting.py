"""Which files make one plan: those of one place and one year. Years, and places, never mix."""

from __future__ import annotations

from collections.abc import Sequence

from duheng.plan.paper import place_of, year_of
from duheng.plan.place import Place
from duheng.read import Document, folded, is_annex


def by_plan(documents: Sequence[Document]) -> tuple[tuple[int, ...], ...]:
    """The documents' indexes, in groups that make one plan each, earlier years first.

    A report that names no year or place goes with the one that does, where there is only one; an annex that names no place
    goes with the report of its year.
    """
    documents = [folded(document) for document in documents]
    known = [(place_of([document]), year_of([document])) for document in documents]
    groups: list[tuple[Place, int, list[int]]] = []
    # Reports first, and of these the ones that say most: what says less then finds the group it belongs to.
    order = sorted(range(len(documents)), key=lambda i: (is_annex(documents[i]), not known[i][0].area, not known[i][1], i))
    for i in order:
        place, year = known[i]
        fits = [
            group
            for group in groups
            if (not place.area or not group[0].area or place.is_same(group[0])) and (not year or not group[1] or year == group[1])
        ]
        if fits and (len(fits) == 1 or (place.area and year)):
            fits[0][2].append(i)
        else:
            groups.append((place, year, [i]))
    return tuple(tuple(sorted(group[2])) for group in sorted(groups, key=lambda group: group[1]))
