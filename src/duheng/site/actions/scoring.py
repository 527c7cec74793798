"""A composite score on the site: the specification and its data as handed over, worked out once with its bands and kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from duheng import appraise
from duheng.catalog.written import parse
from duheng.errors import AppraiseError
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions.appraising import Handed, Sheet, store
from duheng.site.records.models import Appraisal

DRAWS, SEED = 2_000, 1
_SPEC = (".yml", ".yaml")


def take_score(*, by: By, at: datetime, sheet: Sheet) -> Appraisal:
    """Work a composite out of a specification (.yml) and its tables, and keep what came of it.

    Raises AppraiseError or CatalogError, which names file, place and remedy; nothing is stored then.
    """
    access.require(by, "appraise.load")
    specs = [each for each in sheet.files if each.suffix in _SPEC]
    if len(specs) != 1:
        raise AppraiseError(
            reason="Hand over one specification (.yml) together with the tables it names.",
            reason_zh="请同时选择一个方案文件（.yml）和它用到的数据表。",
        )
    with TemporaryDirectory() as folder:
        for each in sheet.files:
            (Path(folder) / PurePath(each.name).name).write_bytes(each.data)
        path = Path(folder) / PurePath(specs[0].name).name
        _check_names(path, sheet.files)
        file = appraise.CompositeFile.open(path)
        made = appraise.composite(file.spec, file.units())
        unsure = appraise.uncertainty(made, draws=DRAWS, seed=SEED)
    told = appraise.composite_plain(made, unsure)
    told["profiles"] = {code: appraise.profile(made, code).plain()["lines"] for code in made.units.codes}
    told["names"] = {each.code: [each.zh, each.en] for each in file.spec.every}
    named = Sheet(
        kind="score",
        title=sheet.title or file.spec.zh,
        files=sheet.files,
        given={**sheet.given, "draws": DRAWS, "seed": SEED},
        simulated=sheet.simulated or file.spec.simulated,
    )
    return store(by=by, at=at, sheet=named, result=told)


def _check_names(path: Path, files: tuple[Handed, ...]) -> None:
    """A specification names files that were handed over with it, and reaches for no others."""
    said = parse(path)
    data = said.get("data")
    listed = data if isinstance(data, list) else [data] if data else []
    named = [each.get("file") if isinstance(each, dict) else each for each in listed]
    named += [said["indicators"]] if isinstance(said.get("indicators"), str) else []
    there = {PurePath(each.name).name for each in files}
    missing = [str(each) for each in named if each is not None and str(each) not in there]
    if missing:
        told = "、".join(missing)
        raise AppraiseError(
            reason=f"{path.name} names {told}, which was not handed over. Choose the specification and all its tables at once.",
            reason_zh=f"{path.name} 用到的 {told} 没有一起上传。请同时选择方案和全部数据表。",
        )
