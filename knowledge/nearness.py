"""Which entries are near to one by content: what they are about counts, then the words they begin with.

The score of another entry is the sum of

- for each tag that both carry, 3 by how seldom it is; for each competence 2 by how seldom it is,
- 1 for the same community,
- up to 4 for the share of the words of title and summary, cut to their stems, that both have in one language.

How seldom: 1 over the logarithm of how many entries carry it, so that a word that half the catalogue has says little.
Nothing of it depends on a reader. All is found by indexes, and no more than so many carriers of a word are looked at:
the cost does not grow with the catalogue.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from knowledge.choices import CATALOGUE_KINDS
from knowledge.models import Entry, EntryPage, EntryTag
from people.choices import Access
from search import analysis

TAG, COMPETENCE, COMMUNITY, WORDS = 3.0, 2.0, 1.0, 4.0
# The newest carriers of all its tags, of all its competences, and of its community.
CARRIERS = 600
NEIGHBOURS = 60
# So many of the best are read.
READ = 120
# Kept are the nearest of all, and the nearest of those that every employee may see, so that nobody ends up with none.
KEPT = 8
# Less than this is no nearness: one frequent competence, or a community alone.
LEAST = 1.0

Words = dict[str, frozenset[str]]


def nearest(entry: Entry) -> list[int]:
    """Primary keys of published entries near to this one, the nearest first; whoever may see them.

    Six statements, whatever there is. Empty for what is not published.
    """
    if entry.published_at is None:
        return []
    scores: dict[int, float] = defaultdict(float)
    _share(scores, _tagged(entry), TAG)
    _share(scores, _versed(entry), COMPETENCE)
    for other in _same_community(entry):
        scores[other] += COMMUNITY
    scores.pop(entry.pk, None)
    best = sorted(scores, key=lambda other: (-scores[other], -other))[:READ]
    kinds = {*CATALOGUE_KINDS, entry.kind}
    open_to_all: set[int] = set()
    shown: set[int] = set()
    words: dict[int, Words] = defaultdict(dict)
    pages = EntryPage.objects.live().filter(entry__in=[entry.pk, *best], entry__published_at__isnull=False)
    for row in pages.order_by("pk").values_list(
        *("entry_id", "locale__language_code", "title", "summary"),
        *("entry__kind", "entry__access", "entry__community__access"),
    ):
        other, language, title, summary, kind, access, around = row
        words[other][language] = _stems(f"{title} {summary}")
        if kind in kinds:
            shown.add(other)
        if access == around == Access.OPEN:
            open_to_all.add(other)
    for other in best:
        scores[other] += WORDS * _likeness(words[entry.pk], words[other])
    found = [other for other in best if other in shown and scores[other] > LEAST]
    found.sort(key=lambda other: (-scores[other], -other))
    near = dict.fromkeys([*found[:KEPT], *[other for other in found if other in open_to_all][:KEPT]])
    return sorted(near, key=found.index)


def _share(scores: dict[int, float], carried: Sequence[tuple[int, int]], weight: float) -> None:
    """Give each carrier of a word its part; a pair is a word and an entry that carries it."""
    carriers: dict[int, set[int]] = defaultdict(set)
    for word, other in carried:
        carriers[word].add(other)
    for others in carriers.values():
        seldom = 1 / math.log2(1 + len(others)) if len(others) > 1 else 1.0
        for other in others:
            scores[other] += weight * seldom


def _tagged(entry: Entry) -> list[tuple[int, int]]:
    """Tags are of pages: those of one language lead to entries in the same."""
    own = list(EntryTag.objects.filter(content_object__entry=entry.pk).values_list("tag_id", flat=True))
    rows = EntryTag.objects.filter(tag__in=own, content_object__live=True).order_by("-pk")
    return list(rows.values_list("tag_id", "content_object__entry_id")[:CARRIERS]) if own else []


def _versed(entry: Entry) -> list[tuple[int, int]]:
    through = Entry.competences.through.objects
    own = list(through.filter(entry=entry.pk).values_list("competence_id", flat=True))
    rows = through.filter(competence__in=own).order_by("-pk")
    return list(rows.values_list("competence_id", "entry_id")[:CARRIERS]) if own else []


def _same_community(entry: Entry) -> Iterable[int]:
    rows = Entry.objects.filter(community=entry.community_id, kind__in={*CATALOGUE_KINDS, entry.kind})
    return rows.published().order_by("-published_at").values_list("pk", flat=True)[:NEIGHBOURS]


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem for word in analysis.words(text) if len(word) > 3 for stem in analysis.stems(word))


def _likeness(one: Words, other: Words) -> float:
    """The share of stems that both have, in the language in which they are most alike."""
    return max(
        (
            len(one[language] & other[language]) / math.sqrt(len(one[language]) * len(other[language]))
            for language in one.keys() & other.keys()
            if one[language] and other[language]
        ),
        default=0.0,
    )
