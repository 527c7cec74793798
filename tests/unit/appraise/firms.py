"""Enterprises for tests: a table as an office has it, from a few numbers."""

from duheng.appraise import DataTable, Enterprises, land, land_rules

HEAD = "code,name,scale,land_mu,tax,value_added,revenue,output,energy_tce,emissions_t,staff,rd,power_wan_kwh"


def table(*rows, head=HEAD, name="firms.csv"):
    """A table of rows of text."""
    return DataTable.of("\n".join((head, *rows)).encode(), name=name)


def scored(*rows, rules="huangyan-2022", head=HEAD, **more):
    """The scores of rows under a rule set."""
    rule = land_rules(rules, **more)
    return land(Enterprises.of(table(*rows, head=head), rule), rule)


def above(code, *, land=10, tax=240.97, value_added=1361.6, energy=505.42, emissions=0.2762, staff=75.06, rd=302, revenue=10_000):
    """An enterprise above scale; unless told otherwise it is about at every baseline of Huangyan 2022."""
    return f"{code},甲,above,{land},{tax},{value_added},{revenue},{revenue},{energy},{emissions},{staff},{rd},100"


def below(code, *, land=10, tax=115.932, power=492.9):
    """An enterprise below scale, about at both baselines."""
    return f"{code},乙,below,{land},{tax},,,,,,,,{power}"
