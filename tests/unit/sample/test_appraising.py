"""The sample's enterprises and districts: made anew from their seed, marked as simulated, and fit to be appraised."""

from duheng import appraise, sample
from duheng.sample.appraising import ABOVE, BELOW, districts, enterprises


def test_the_files_are_what_the_seed_makes():
    assert sample.enterprises_path().read_text(encoding="utf-8") == enterprises()
    assert sample.composite_path().with_name("districts.csv").read_text(encoding="utf-8") == districts()


def test_another_seed_makes_others():
    assert enterprises(seed=2) != enterprises()


def test_every_enterprise_is_scored_under_every_shipped_rule_set():
    for code in appraise.known_rules():
        rule = appraise.land_rules(code)
        found = appraise.land(appraise.Enterprises.open(sample.enterprises_path(), rule), rule)
        assert len(found.enterprises) == ABOVE + BELOW
        assert int(found.enterprises.above.sum()) == ABOVE
        assert set(found.grade) == {"A", "B", "C", "D"}
        assert sum(rank == 0 for rank in found.rank) == 5  # of kinds without a grade


def test_the_sample_holds_what_rules_have_a_word_on():
    rule = appraise.land_rules("huangyan-2022")
    found = appraise.land(appraise.Enterprises.open(sample.enterprises_path(), rule), rule)
    assert (found.how["value_added_per_emission"] == "mean").sum() == 4
    assert (found.how["tax_per_mu"] == "negative").sum() == 1
    assert set(found.enterprises.last_grades) == {"A", "B", "C", "D"}


def test_the_districts_are_ranked_with_bands():
    file = appraise.CompositeFile.open(sample.composite_path())
    assert file.spec.simulated
    made = appraise.composite(file.spec, file.units())
    assert sorted(made.rank.tolist()) == list(range(1, 9))
    assert made.flags_of(7)[5] == "imputed"
    found = appraise.uncertainty(made, draws=200, seed=1)
    assert (found.rank_bands[:, 0] <= made.rank).all()
    assert (found.rank_bands[:, 2] >= made.rank).all()


def test_every_word_of_the_method_comes_in_both_languages():
    file = appraise.CompositeFile.open(sample.composite_path())
    for part in appraise.method(file.spec):
        for zh, en in (part.title, *part.says, *part.heads):
            assert any("一" <= mark <= "鿿" for mark in zh)
            assert not any("一" <= mark <= "鿿" for mark in en.replace("虚构方案，仅供演示", ""))
