"""docs/search-quality.md, and the same in short for whoever tunes."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.search_quality import scores
from benchmarks.search_quality.judgements import Answered

PAGE = Path(__file__).resolve().parents[2] / "docs" / "search-quality.md"
LANGUAGES = ("en", "ru", "uk", "bg", "he")
Rows = list[tuple[str, list[Answered]]]

METHOD = """\
**Method.** The questions stand in `tests/search/judgements/`, each with the entries that answer it, graded 3 to 1 by
reading all of the demonstration's entries before anything was tuned. They are asked as an employee asks them, for
entries; the translations of one entry are one answer. nDCG@10 has gains of 2^grade - 1; recall@20 is the share of the
graded entries among the first twenty answers; "nothing" is the share of questions without any answer. A third of the
questions, chosen by a digest of their text, is kept aside: what they found was not looked at while the search was made
better."""


def page(by_backend: dict[str, list[Answered]]) -> str:
    """The whole page, one table a backend."""
    lines = [
        "# How good the answers are",
        "",
        f"Written by `make bench-search` on {datetime.datetime.now(datetime.UTC):%Y-%m-%d}.",
        "",
        METHOD,
    ]
    for backend, answered in by_backend.items():
        lines += ["", f"## {backend}", "", *table(answered)]
    return "\n".join(lines) + "\n"


def table(answered: Sequence[Answered]) -> list[str]:
    """Overall, what was kept aside, each language and each kind of question."""
    lines = ["| | questions | nDCG@10 | recall@20 | nothing |", "|---|---|---|---|---|"]
    for name, some in rows(answered):
        mean = scores.mean([each.score for each in some])
        lines.append(f"| {name} | {mean.count} | {mean.ndcg:.3f} | {mean.recall:.3f} | {mean.empty:.1%} |")
    return lines


def rows(answered: Sequence[Answered]) -> Rows:
    groups: Rows = [
        ("**all**", list(answered)),
        ("tuned with", [each for each in answered if not each.judgement.is_aside]),
        ("kept aside", [each for each in answered if each.judgement.is_aside]),
    ]
    groups += _grouped(answered, lambda each: each.judgement.language, LANGUAGES)
    kinds = dict.fromkeys(each.judgement.kind for each in answered)
    groups += _grouped(answered, lambda each: each.judgement.kind, kinds)
    return [(name, some) for name, some in groups if some]


def worst(answered: Iterable[Answered], below: float) -> list[str]:
    """What to look at: the questions that are not kept aside and are answered badly."""
    lines = []
    for each in sorted(answered, key=lambda each: each.score.ndcg):
        if each.score.ndcg < below and not each.judgement.is_aside:
            judged = ", ".join(f"{slug} {grade}" for slug, grade in each.judgement.relevant.items())
            found = ", ".join(
                f"{slug}{'=' + str(each.judgement.relevant[slug]) if slug in each.judgement.relevant else ''}"
                for slug in each.found[:5]
            )
            lines.append(
                f"{each.score.ndcg:.2f} {each.judgement.language} {each.judgement.kind}: "
                f"{each.judgement.query}\n     wanted {judged}\n     found  {found or 'nothing'}"
            )
    return lines


def _grouped(answered: Sequence[Answered], of: Callable[[Answered], str], names: Iterable[str]) -> Rows:
    return [(name, [each for each in answered if of(each) == name]) for name in names]
