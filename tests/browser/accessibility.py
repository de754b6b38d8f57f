"""What axe has to say against a page as it stands."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
IS_THERE = "typeof axe !== 'undefined'"
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# What is found is cut down in the page: the whole answer, which tells every rule that was kept, takes longer than axe.
RUN = """options => axe.run(options).then(found => found.violations.map(
    rule => [rule.id, rule.nodes.map(node => `${node.target.join(" ")}: ${node.failureSummary}`)]
))"""


def violations(page: Page) -> list[Any]:
    """Each broken rule with the elements that break it, and how."""
    if not page.evaluate(IS_THERE):
        page.evaluate(_axe())
    found: list[Any] = page.evaluate(RUN, OPTIONS)
    return found


@cache
def _axe() -> str:
    return AXE.read_text()
