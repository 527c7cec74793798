"""The results that a report's text gives, found by the indicator they are of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from duheng.plan.naming import Name, Naming
from duheng.read import Claim, Role


class Results:
    """The results among a report's claims, by the catalog's code and by name, so that each row of a table finds its own at once."""

    def __init__(self, claims: Sequence[Claim], *, naming: Naming) -> None:
        self._naming = naming
        self._by_code: dict[str, list[Claim]] = defaultdict(list)
        self._by_name: dict[Name, list[tuple[Claim, bool]]] = defaultdict(list)  # and whether the catalog knows the claim
        for claim in claims:
            if claim.role is Role.ACTUAL:
                self._add(claim)

    @property
    def codes(self) -> tuple[str, ...]:
        """The catalog's codes that the text gives a result for, in the order stated."""
        return tuple(self._by_code)

    def of(self, name: str, *, code: str | None) -> list[Claim]:
        """The results of the indicator `code`, or of what is called `name` where either side is not the catalog's; as they stand."""
        # The reader's measure may leave a share unsaid, so the names decide where the catalog does not know the row.
        named = [claim for claim, known in self._by_name.get(self._naming.name(name), ()) if code is None or not known]
        coded = self._by_code.get(code, []) if code is not None else []
        return sorted([*coded, *named], key=lambda claim: claim.offset)

    def _add(self, claim: Claim) -> None:
        code = self._naming.bind(claim.subject, unit=claim.unit, measure=claim.measure)
        if code is not None:
            self._by_code[code].append(claim)
        if not any(word in claim.subject for word in self._naming.place.foreign):
            self._by_name[self._naming.name(claim.subject, measure=claim.measure)].append((claim, code is not None))
