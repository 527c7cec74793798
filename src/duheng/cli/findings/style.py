"""The looks of the page of findings: paper with a margin, light or dark as the reader's machine is, and black on white in print."""

from __future__ import annotations

STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1f2328;--faint:#59636e;--line:#d0d7de;--error:#b42318;--warning:#8a5300;--note:#0b5cad;
--explained:#59636e}
@media(prefers-color-scheme:dark){:root{--paper:#161b22;--ink:#e6edf3;--faint:#9198a1;--line:#30363d;--error:#ff9b8f;--warning:#f0b25e;
--note:#79b8ff;--explained:#9198a1}}
body{margin:0 auto;max-width:76rem;padding:1rem;background:var(--paper);color:var(--ink);
font:15px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
h1{font-size:1.3rem;margin:.5rem 0}h2{font-size:1.1rem;margin:.4rem 0}header p{color:var(--faint);margin:.2rem 0}
header{border-bottom:1px solid var(--line);margin-bottom:1rem}header li{margin:.2rem 0}a{color:inherit}
section{display:grid;grid-template-columns:minmax(0,46rem) minmax(14rem,1fr);gap:0 1.5rem}
section p{margin:.5rem 0}.box{border-left:3px solid var(--line);padding-left:.8rem}.footnote{font-size:.87em}
table{border-collapse:collapse;width:100%;margin:.8rem 0;font-variant-numeric:tabular-nums}
td{border:1px solid var(--line);padding:.25rem .5rem;vertical-align:top}
aside article{border-left:3px solid;padding:.1rem .7rem;margin:.4rem 0;font-size:13px;line-height:1.55}
article.error,b.error{border-color:var(--error)}article.warning,b.warning{border-color:var(--warning)}
article.note,b.note{border-color:var(--note)}article.explained{border-color:var(--explained);color:var(--faint)}
b.error{color:var(--error)}b.warning{color:var(--warning)}b.note{color:var(--note)}b.explained{color:var(--explained)}
article:target{outline:2px solid}
mark{background:none;color:inherit;text-decoration:underline 2px;text-underline-offset:3px}
mark.error{text-decoration-color:var(--error);text-decoration-style:double}
mark.warning{text-decoration-color:var(--warning);text-decoration-style:solid}
mark.note{text-decoration-color:var(--note);text-decoration-style:dashed}
mark.explained{text-decoration-color:var(--explained);text-decoration-style:dotted}
sup{line-height:0;font-size:.68em}sup a{text-decoration:none;padding:0 .1rem}
@media(max-width:60rem){section{grid-template-columns:minmax(0,1fr)}}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--faint:#444;--line:#888;--error:#000;--warning:#000;--note:#000;
--explained:#444}body{font-size:10.5pt;padding:0;max-width:none}section{grid-template-columns:2fr 1fr}
aside article{font-size:8.5pt;break-inside:avoid}
tr,header li{break-inside:avoid}}
"""
