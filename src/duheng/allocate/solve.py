"""The only door to HiGHS, the solver: a programme goes in, values and what is proved of them come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Thread, current_thread, main_thread
from typing import Any

from duheng.allocate.programme import Programme

_TIGHT = 1e-9  # how far a row may be off, in the programme's own unit of money
_TOLERANCES: Mapping[bool, Mapping[str, object]] = {
    False: {"mip_feasibility_tolerance": _TIGHT, "primal_feasibility_tolerance": _TIGHT},
    True: {"presolve": "off"},
}
_COST = 1e-6  # how far the cost of values may be off what is reported, as a share of it
_SEED = 1
_HEARD = 0.2  # seconds until Ctrl-C is heard


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long to try, and what is enough.

    A search ends when it is proved that no better answer exists, when `patience` seconds are over and the answer is within
    `gap` of the best possible, or when `seconds` are over.
    """

    seconds: float
    gap: float = 0.0
    patience: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The best values found, nothing where there are none; and the least that the cost could be.

    `reduced` are the reduced costs, where no variable is a whole number. `impossible` says that there can be no values.
    """

    values: Sequence[float] | None
    cost: float = 0.0
    bound: float = 0.0
    reduced: Sequence[float] = ()
    impossible: bool = False


def run(programme: Programme, effort: Effort, *, first: Sequence[float] | None = None) -> Found:
    """Solve a programme; `first` are values to begin with, for the whole-number variables at least."""
    if not programme.cost:  # the solver leaves the question open
        rows = zip(programme.row_lower, programme.row_upper, strict=True)
        return Found(values=()) if all(lower <= 0 <= upper for lower, upper in rows) else Found(values=None, impossible=True)
    found = _run(programme, effort, first)
    if found.impossible:
        # HiGHS 1.16's presolve, at a tight tolerance, may take what can be for what cannot: it is asked again without.
        return _run(programme, effort, first, careful=True)
    if first is not None and found.values is not None and not _agrees(programme, found):
        # HiGHS 1.16 may hand back the values it was given to begin with, when its presolve has improved them to what it reports.
        return _run(programme, effort, None)
    return found


def _agrees(programme: Programme, found: Found) -> bool:
    """Whether the values cost what the solver says they do."""
    assert found.values is not None
    cost = programme.costs(found.values)
    return abs(cost - found.cost) <= _COST * max(1.0, abs(cost))


def _run(programme: Programme, effort: Effort, first: Sequence[float] | None, *, careful: bool = False) -> Found:
    import highspy

    solver = _silent(highspy)
    options: dict[str, object] = {
        "random_seed": _SEED,
        "threads": 1,
        "mip_rel_gap": 0.0 if effort.patience > 0 else effort.gap,
        **_TOLERANCES[careful],
        "time_limit": max(effort.seconds, 0.1),
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(_model(highspy, programme))
    if first is not None:
        solution = highspy.HighsSolution()
        solution.col_value = list(first)
        solver.setSolution(solution)
    if any(programme.whole) and effort.patience > 0:
        solver.cbMipInterrupt += _enough(effort)
    _heed(solver.run)
    return _found(highspy, solver, mixed=any(programme.whole))


def _heed(work: Callable[[], object]) -> None:
    """Do the work so that Ctrl-C is heard at once: the solver, which does not listen, works beside the thread that does."""
    if current_thread() is not main_thread():
        work()
        return
    worker = Thread(target=work, daemon=True)
    worker.start()
    while worker.is_alive():
        worker.join(_HEARD)


def _silent(highspy: Any) -> Any:
    """A solver that prints nothing. It names itself on standard output when callbacks are enabled, which it does in the making."""

    class Silent(highspy.Highs):  # type: ignore[misc]
        def enableCallbacks(self) -> None:  # noqa: N802 -- its name there
            self.silent()
            super().enableCallbacks()

    return Silent()


def _enough(effort: Effort) -> Any:
    """What stops a search that has gone on for long enough and is near enough."""

    def look(event: Any) -> None:
        if event.data_out.running_time >= effort.patience and event.data_out.mip_gap <= effort.gap:
            event.interrupt()

    return look


def _model(highspy: Any, programme: Programme) -> Any:
    import numpy as np

    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(programme.cost), len(programme.row_lower)
    model.col_cost_ = np.array(programme.cost, dtype=np.float64)
    model.col_lower_ = np.array(programme.lower, dtype=np.float64)
    model.col_upper_ = np.array(programme.upper, dtype=np.float64)
    model.row_lower_ = np.array(programme.row_lower, dtype=np.float64)
    model.row_upper_ = np.array(programme.row_upper, dtype=np.float64)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(programme.starts, dtype=np.int32)
    model.a_matrix_.index_ = np.array(programme.columns, dtype=np.int32)
    model.a_matrix_.value_ = np.array(programme.coefficients, dtype=np.float64)
    if any(programme.whole):
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[whole] for whole in programme.whole]
    return model


def _found(highspy: Any, solver: Any, *, mixed: bool) -> Found:
    state = solver.getModelStatus()
    if state in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return Found(values=None, impossible=True)
    info = solver.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Found(values=None)
    cost = info.objective_function_value
    solution = solver.getSolution()
    if mixed:
        return Found(values=tuple(solution.col_value), cost=cost, bound=info.mip_dual_bound)
    return Found(values=tuple(solution.col_value), cost=cost, bound=cost, reduced=tuple(solution.col_dual))
