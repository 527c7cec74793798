"""A report set as HTML: some hundred numbers, each with its card, so it is built directly and not by a template."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from duheng.site.pages.frame import language
from duheng.site.queries import findings, wording
from duheng.site.queries.findings import Row
from duheng.site.queries.paper import Cell, Line, Paper, Part
from duheng.site.queries.runs import Item, Run

_ADDRESSES = {"indicator": "indicator", "project": "project", "task": "task"}


def set_paper(paper: Paper) -> SafeString:
    """The flow of the document; every piece of its text is escaped on its way in."""
    setting = _Setting()
    return mark_safe("".join(setting.page(part) + setting.part(part) for part in paper.parts))  # noqa: S308 -- escaped piece by piece


class _Setting:
    """Words and addresses looked up once, then used for every number."""

    def __init__(self) -> None:
        self.language = language()
        self.last_page: int | None = None
        self.labels = {
            "subject": _("Subject"),
            "value": _("Value"),
            "measure": _("Measure"),
            "period": _("Period"),
            "of": _("Part of"),
            "items": _("Used in"),
            "table": _("Table"),
        }
        self.nouns = {
            "indicator": _("Indicator"),
            "project": _("Project"),
            "task": _("Task"),
            "review": _("Review"),
            "overview": _("Overview"),
            "audit": _("Audit"),
        }

    def page(self, part: Part) -> str:
        """The number of the page of the original that begins here, if one does."""
        if part.page is None or part.page == self.last_page:
            return ""
        self.last_page = part.page
        return f'<p class="paper-page" id="page{part.page}">{escape(_("page %(n)s") % {"n": part.page})}</p>'

    def part(self, part: Part) -> str:
        if part.kind == "table":
            return self.table(part)
        lines = "".join(self.line(line) for line in part.lines)
        if part.kind == "box":
            return f'<aside class="paper-box">{lines}</aside>'
        if part.kind == "notes":
            return f'<footer class="paper-notes">{lines}</footer>'
        return lines

    def table(self, part: Part) -> str:
        rows = ["".join(self.cell(cell, head=not number) for cell in row) for number, row in enumerate(part.rows)]
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        scroll = f'<div class="paper-scroll" tabindex="0" role="group" aria-label="{escape(self.labels["table"])}">'
        return f'{scroll}<table class="paper-table">{body}</table></div>'

    def cell(self, cell: Cell, *, head: bool) -> str:
        tag = "th" if head else "td"
        span = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        span += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        span += f' title="{escape(cell.address)}"' if cell.address else ""
        return f"<{tag}{span}>{self.sentences(cell.line) if cell.line else ''}</{tag}>"

    def line(self, line: Line) -> str:
        if line.level:
            tag = f"h{max(2, min(line.level, 5))}"
            return f'<{tag} id="s{line.offset}">{self.sentences(line)}</{tag}>'
        name = f' class="paper-{line.kind}"' if line.kind else ""
        return f'<p{name} id="s{line.offset}">{self.sentences(line)}</p>'

    def sentences(self, line: Line) -> str:
        return "".join(self.sentence(runs) for runs in line.sentences)

    def sentence(self, runs: list[Run]) -> str:
        name = f' id="t{runs[0].offset}"' if runs else ""
        return f'<span class="sentence"{name}>{"".join(self.runs(runs))}</span>'

    def runs(self, runs: list[Run]) -> Iterator[str]:
        for run in runs:
            yield from (f'<span id="f{place}" class="anchor"></span>' for place in run.places)
            if run.claim is not None:
                yield self.number(run)
            elif run.findings and run.text:
                yield self.flagged(run)
            elif run.anchor and run.text:
                yield self.named(run)
            elif run.anchor:
                yield f'<span id="c{run.offset}" class="anchor"></span>'
            else:
                yield escape(run.text).replace("\n", "<br>")

    def number(self, run: Run) -> str:
        claim = run.claim
        kinds = f"claim {claim.role if claim else ''}{' bound' if run.items else ''}{self.severity(run)}"
        return (
            f'<span class="mark-wrap"><a class="{kinds}" id="c{run.offset}" href="#c{run.offset}"'
            f' aria-describedby="k{run.offset}">{escape(run.text)}</a>{self.card(run)}{self.flags(run)}</span>'
        )

    def flagged(self, run: Run) -> str:
        """Words that a finding points to; where they name a plan item too, the card leads to it."""
        first = run.findings[0]
        name = f' id="c{run.offset}"' if run.anchor else ""
        items = "".join(self.link(item) for item in run.items)
        card = f'<span class="claim-card" id="kf{run.offset}" role="note">{self.found(run)}{items}</span>'
        return (
            f'<span class="mark-wrap"><a class="flagged{self.severity(run)}"{name} href="{self.address_of(first)}"'
            f' aria-describedby="kf{run.offset}">{escape(run.text)}</a>{card}{self.flags(run)}</span>'
        )

    def severity(self, run: Run) -> str:
        """The class of the gravest finding that stands here, or points here from elsewhere."""
        if not run.findings:
            return ""
        return f" found {run.findings[0].severity}{'' if run.standing else ' elsewhere'}"

    def flags(self, run: Run) -> str:
        """What the margin says beside the line: the gravest that stands here."""
        if not run.standing:
            return ""
        name = run.standing[0].severity
        word = escape(wording.of(findings.SEVERITIES, name, language=self.language))
        return (
            f'<span class="flag {name}" aria-hidden="true">{findings.SHAPES[name]}<span class="flag-word"> {word}</span></span>'
        )

    def found(self, run: Run) -> str:
        """The findings in the card of a number or of words."""
        chosen = 0 if self.language == "zh" else 1
        return "".join(
            f'<span class="card-finding"><span class="severity {row.severity}"><span aria-hidden="true">{row.shape}</span> '
            f"{escape(findings.SEVERITIES[row.severity][chosen])}</span> {escape(row.message[chosen])} "
            f'<a href="{self.address_of(row)}">{self.nouns["audit"]}\u00a0→</a></span>'
            for row in run.findings
        )

    def address_of(self, row: Row) -> str:
        return f"{reverse('audit', args=[row.document])}#n{row.pk}"

    def named(self, run: Run) -> str:
        item = run.items[0] if run.items else None
        address = self.address(item) if item else ""
        return f'<a class="named" id="c{run.offset}" href="{address}">{escape(run.text)}</a>'

    def card(self, run: Run) -> str:
        claim = run.claim
        if claim is None:
            return ""
        shown = wording.quantity(claim.value, claim.unit, language=self.language, value2=claim.value2)
        mark = wording.COMPARATORS.get(claim.comparator, "")
        role = wording.of(wording.ROLES, claim.role, language=self.language)
        measure = wording.of(wording.MEASURES, claim.measure, language=self.language)
        facts = [
            ("subject", escape(claim.subject)),
            ("measure", escape(measure)),
            ("period", escape(claim.period)),
            ("of", escape(run.whole)),
            ("items", "".join(self.link(item) for item in run.items)),
        ]
        rows = "".join(
            f'<span class="fact"><span class="fact-name">{escape(self.labels[name])}</span><span>{value}</span></span>'
            for name, value in facts
            if value
        )
        return (
            f'<span class="claim-card" id="k{run.offset}" role="note"><span class="claim-value">{escape(mark + shown)}'
            f' <span class="badge-role {claim.role}">{escape(role)}</span></span>{rows}{self.found(run)}</span>'
        )

    def link(self, item: Item) -> str:
        noun = escape(self.nouns[item.noun])
        return f'<a href="{self.address(item)}"><span class="noun">{noun}</span>{escape(item.name[:60])}</a>'

    def address(self, item: Item) -> str:
        if item.noun in _ADDRESSES:
            return reverse(_ADDRESSES[item.noun], args=[item.pk])
        return reverse("review") + f"#r{item.pk}" if item.noun == "review" else reverse("overview")
