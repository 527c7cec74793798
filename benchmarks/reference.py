"""AutoETS and AutoTheta of statsforecast, in an environment of their own: series in, forecasts out, both as JSON.

Run by `benchmarks/forecast.py`; the environment is made by `make bench` from requirements/bench.txt.
"""

import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from statsforecast.models import AutoETS, AutoTheta

MODELS = {"statsforecast AutoETS": AutoETS, "statsforecast AutoTheta": AutoTheta}


def one(task: tuple[str, list[float], int]) -> dict[str, list[float]]:
    """The forecast of one series."""
    name, values, horizon = task
    found = MODELS[name](season_length=12).forecast(np.array(values), h=horizon, level=[80, 95])
    return {key: [float(number) for number in numbers] for key, numbers in found.items()}


def main() -> None:
    """Forecast what stands on the input, on two processes."""
    asked = json.load(sys.stdin)
    told = {}
    with ProcessPoolExecutor(2) as pool:
        for name in MODELS:
            list(pool.map(one, [(name, asked["series"][0], 2)] * 2))  # compiled before the clock starts
            start = time.perf_counter()
            found = list(pool.map(one, [(name, values, asked["horizon"]) for values in asked["series"]], chunksize=8))
            told[name] = {
                "seconds": time.perf_counter() - start,
                "mean": [each["mean"] for each in found],
                "bounds": [[[each[f"{side}-{level}"] for each in found] for side in ("lo", "hi")] for level in (80, 95)],
            }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
