"""What speaks for and against two projects being one."""

from duheng.plan import Evidence, Place, Stage, Told, evidence

PLACE = Place(area="甲市乙区")


def kinds(left: Told, right: Told) -> list[tuple[str, bool]]:
    return [(each.kind, each.likely) for each in evidence(left, right, place=PLACE)]


def test_names_that_share_words_say_which():
    found = evidence(Told(names=("清溪长江音悦港",)), Told(names=("远交清溪音悦港项目",)), place=PLACE)
    assert found[0] == Evidence(kind="words", likely=True, text=("名称都有“清溪”“音悦港”", "both names have “清溪”“音悦港”"))


def test_a_name_may_be_short_for_the_other():
    assert ("short", True) in kinds(Told(names=("北山养老中心",)), Told(names=("北山街道综合养老服务中心",)))
    assert ("short", True) not in kinds(Told(names=("北山养老中心",)), Told(names=("南湖养老服务中心",)))


def test_a_number_and_a_site_in_both_speak_for_it():
    found = kinds(Told(names=("南线DN1400给水管",)), Told(names=("北山片区DN1400管道",)))
    assert ("code", True) in found
    assert ("site", True) in kinds(Told(names=("北山片区道路",)), Told(names=("北山片区路网",)))


def test_the_same_sum_in_different_sentences_speaks_for_it():
    left = Told(names=("甲厂",), sentences=("甲厂总投资12亿元。",))
    assert ("money", True) in kinds(left, Told(names=("甲基地",), sentences=("完成12亿元的甲基地。",)))
    assert ("money", True) not in kinds(left, Told(names=("甲基地",), sentences=("完成13亿元的甲基地。",)))


def test_the_same_office_speaks_for_it():
    assert ("owner", True) in kinds(Told(names=("甲",), owner="教委"), Told(names=("乙",), owner="教委"))


def test_standing_apart_in_one_list_or_sentence_or_at_other_stages_speaks_against_it():
    left = Told(names=("甲厂",), group="专栏3", stage=Stage.COMPLETED, sentences=("甲厂和甲基地开工。",))
    right = Told(names=("乙园",), group="专栏3", stage=Stage.RESERVE, sentences=("甲厂和甲基地开工。",))
    assert kinds(left, right) == [("list", False), ("sentence", False), ("stage", False)]


def test_nothing_in_common_is_no_evidence():
    assert kinds(Told(names=("甲厂",)), Told(names=("乙园",))) == []
