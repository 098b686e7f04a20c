"""A run as a notebook shows it: a compact table, and a fan."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Dict, List

if TYPE_CHECKING:
    from ._run import Run

MOST = 12
"""How many targets are listed at most."""

WORDS = {
    "en": {
        "target": "Target",
        "probability": "Probability",
        "always": "certain",
        "never": "impossible",
        "met": "met on record",
        "missed": "missed on record",
        "more": "and {n} more targets: <code>run.targets</code>",
        "about": "{paths} paths, seed {seed}, fingerprint {fingerprint}",
    },
    "zh": {
        "target": "目标",
        "probability": "概率",
        "always": "必然",
        "never": "不可能",
        "met": "已实现",
        "missed": "已落空",
        "more": "另有{n}个目标：<code>run.targets</code>",
        "about": "{paths}条路径，种子{seed}，指纹{fingerprint}",
    },
}


def probability(target: Dict[str, Any], said: Dict[str, str]) -> str:
    """A probability in per cent with its standard error, or what is decided."""
    decided = target.get("decided")
    if decided in said:
        return said[decided]
    share, error = target.get("probability"), target.get("standard_error")
    if share is None:
        return ""
    if error is None:
        return f"{100 * share:.2f} %"
    return f"{100 * share:.1f} % ± {100 * error:.1g} %"


def run(of: Run) -> str:
    """The page of a run."""
    from ._errors import Error
    from ._run import ordered, words

    summary, said = of.summary, WORDS[of.lang]
    listed = list(ordered(summary, "targets"))
    headline = [one for one in listed if one[0] in summary.get("headline", [])]
    shown = (headline or listed)[:MOST]
    rows: List[str] = []
    for name, target in shown:
        title = escape(words(target.get("title"), of.lang) or name)
        cell = escape(probability(target, said))
        rows.append(f'<tr><td style="text-align:left" title="{escape(name)}">{title}</td><td>{cell}</td></tr>')
    more = len(listed) - len(shown)
    about = said["about"].format(
        paths=f"{summary['paths']:,}", seed=summary["seed"], fingerprint=of.fingerprint[:12]
    )
    title = escape(words(summary["scenario"].get("title"), of.lang) or summary["scenario"]["id"])
    try:
        fan = of.fan(width=640, height=360).svg
    except Error:
        # No variable is recorded over years.
        fan = ""
    head = f"<tr><th style='text-align:left'>{said['target']}</th><th>{said['probability']}</th></tr>"
    table = f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>" if rows else ""
    rest = f"<p>{said['more'].format(n=more)}</p>" if more > 0 else ""
    return f'<div class="plancast-run"><p><b>{title}</b><br>{escape(about)}</p>{table}{rest}{fan}</div>'
