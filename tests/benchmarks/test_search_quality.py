import math

import pytest

from benchmarks.search_quality import judgements, report, scores
from benchmarks.search_quality.judgements import Answered
from cms.demonstration import source

KINDS = {
    *("plain", "inflected", "question", "synonym", "typo", "layout", "transliterated", "code", "person"),
    *("attachment", "spelling"),
}


class TestScore:
    def test_the_best_order_is_worth_one(self) -> None:
        relevant = {"best": 3, "good": 2, "fair": 1}
        assert scores.score(["best", "good", "fair", "other"], relevant) == scores.Score(1, 1, is_empty=False)

    def test_a_worse_order_is_worth_less(self) -> None:
        relevant = {"best": 3, "fair": 1}
        found = scores.score(["fair", "best"], relevant)
        assert found.ndcg == pytest.approx((1 + 7 / math.log2(3)) / (7 + 1 / math.log2(3)))
        assert found.recall == 1

    def test_what_comes_after_the_tenth_gains_nothing_but_is_recalled(self) -> None:
        found = scores.score([f"other-{number}" for number in range(10)] + ["best"], {"best": 3, "missed": 1})
        assert (found.ndcg, found.recall) == (0, 0.5)

    def test_nothing_found(self) -> None:
        assert scores.score([], {"best": 3}) == scores.Score(0, 0, is_empty=True)


class TestJudgements:
    read = judgements.read()

    def test_at_least_80_in_five_languages_of_every_kind(self) -> None:
        assert len(self.read) >= 80
        assert {each.language for each in self.read} == set(report.LANGUAGES)
        assert {each.kind for each in self.read} == KINDS
        assert len({(each.language, each.query) for each in self.read}) == len(self.read)

    def test_a_third_is_kept_aside(self) -> None:
        assert 0.25 < sum(each.is_aside for each in self.read) / len(self.read) < 0.42

    def test_name_entries_that_every_employee_may_read(self) -> None:
        demonstration = source.read()
        is_open = {community.id for community in demonstration.communities if community.access == "open"}
        readable = {
            entry.slug
            for entry in demonstration.entries
            if entry.access == "open" and entry.community in is_open
        }
        named = {slug for each in self.read for slug in each.relevant}
        assert named <= readable
        assert {grade for each in self.read for grade in each.relevant.values()} == {1, 2, 3}


def test_the_table_tells_of_languages_kinds_and_what_was_kept_aside() -> None:
    answered = [Answered(each, list(each.relevant)) for each in TestJudgements.read]
    names = [name for name, _some in report.rows(answered)]
    assert names[:3] == ["**all**", "tuned with", "kept aside"]
    assert set(names) >= {*report.LANGUAGES, *KINDS}
    assert report.table(answered)[2] == f"| **all** | {len(answered)} | 1.000 | 1.000 | 0.0% |"
    assert report.worst(answered, 0.5) == []
