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
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

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
# How much a piece of work remembers: entries with their words, words with their carriers, sets of words with all who
# share any; some fifty megabytes at the most.
MOST_OTHERS = 10_000
MOST_CARRIED = 300
MOST_SHARED = 100

Words = dict[str, frozenset[str]]
# Who carries a word, the newest first: by what that is known, and the entry.
Carriers = list[tuple[Any, int]]


def nearest(entry: Entry) -> list[int]:
    """Primary keys of published entries near to this one, the nearest first; whoever may see them.

    Six statements, whatever there is. Empty for what is not published.
    """
    return Neighbourhood().nearest_to([entry])[entry.pk]


class Neighbourhood:
    """Works out for many entries what is near to each, and reads what several of them ask for once.

    It answers by what it has read: one is made for each piece of work and not kept beyond. What it remembers is
    bounded, a few tens of megabytes whatever there is.
    """

    def __init__(self) -> None:
        self._tags = _Remembered(_carriers_of_tags)
        self._competences = _Remembered(_carriers_of_competences)
        self._communities = _Remembered(_published_in)
        self._others: dict[int, _Other] = {}
        self._shared: dict[tuple[frozenset[int], frozenset[int]], dict[int, float]] = {}

    def nearest_to(self, entries: Sequence[Entry]) -> dict[int, list[int]]:
        """The same as `nearest` by the primary key of each, in six statements for all of them (one more for each kind
        beyond the first). A hundred at a time are many: all that might be near to any is read at once.
        """
        found: dict[int, list[int]] = {entry.pk: [] for entry in entries}
        published = [entry for entry in entries if entry.published_at is not None]
        candidates = self._candidates(published)
        self._read({entry.pk for entry in published}.union(*candidates.values()))
        for entry in published:
            found[entry.pk] = self._best(entry, candidates[entry.pk])
        return found

    def _candidates(self, entries: list[Entry]) -> dict[int, dict[int, float]]:
        """The likeliest by what they share with each entry, and their scores so far."""
        pks = [entry.pk for entry in entries]
        tags = _grouped(
            EntryTag.objects.filter(content_object__entry__in=pks).values_list(
                "content_object__entry_id", "tag_id"
            )
        )
        versed = Entry.competences.through.objects.filter(entry__in=pks)
        competences = _grouped(versed.values_list("entry_id", "competence_id"))
        self._tags.learn(tag for own in tags.values() for tag in own)
        self._competences.learn(competence for own in competences.values() for competence in own)
        self._communities.learn((entry.community_id, entry.kind) for entry in entries)
        found = {}
        for entry in entries:
            shared = self._sharing(tags[entry.pk], competences[entry.pk])
            # A community adds to few: whoever is beyond these many and not of it is beyond all.
            likely = dict(islice(shared.items(), READ + 1))
            for _row, other in self._communities[entry.community_id, entry.kind]:
                likely[other] = shared.get(other, 0.0) + COMMUNITY
            likely.pop(entry.pk, None)
            best = sorted(likely, key=lambda other: (-likely[other], -other))[:READ]
            found[entry.pk] = {other: likely[other] for other in best}
        return found

    def _sharing(self, tags: frozenset[int], competences: frozenset[int]) -> dict[int, float]:
        """The score of each that carries any of these, the highest first. Many entries are about the same."""
        key = tags, competences
        if key not in self._shared:
            scores: dict[int, float] = defaultdict(float)
            _share(scores, self._tags.newest(tags), TAG)
            _share(scores, self._competences.newest(competences), COMPETENCE)
            if len(self._shared) >= MOST_SHARED:
                self._shared.clear()
            order = sorted(scores, key=lambda other: (-scores[other], -other))
            self._shared[key] = {other: scores[other] for other in order}
        return self._shared[key]

    def _read(self, pks: set[int]) -> None:
        """Titles, summaries and what else there is to know of these entries."""
        missing = pks - self._others.keys()
        if len(self._others) + len(missing) > MOST_OTHERS:
            self._others.clear()
            missing = pks
        pages = EntryPage.objects.live().filter(entry__in=missing, entry__published_at__isnull=False)
        for row in pages.order_by("pk").values_list(
            *("entry_id", "locale__language_code", "title", "summary"),
            *("entry__kind", "entry__access", "entry__community__access"),
        ):
            pk, language, title, summary, kind, access, around = row
            other = self._others.setdefault(pk, _Other(kind, access == around == Access.OPEN))
            other.words[language] = _stems(f"{title} {summary}")
        for pk in missing:
            self._others.setdefault(pk, _Other("", False))

    def _best(self, entry: Entry, scores: Mapping[int, float]) -> list[int]:
        kinds = {*CATALOGUE_KINDS, entry.kind}
        own = self._others[entry.pk].words
        ranked = []
        for pk, score in scores.items():
            other = self._others[pk]
            if other.kind in kinds:
                score += WORDS * _likeness(own, other.words)
                if score > LEAST:
                    ranked.append((-score, -pk, other.is_open))
        ranked.sort()
        found = [-pk for _score, pk, _is_open in ranked]
        opened = [-pk for _score, pk, is_open in ranked if is_open]
        near = {*found[:KEPT], *opened[:KEPT]}
        return [pk for pk in found if pk in near]


@dataclass(frozen=True)
class _Other:
    """An entry as it is compared. One without a published page has no kind."""

    kind: str
    is_open: bool
    words: Words = field(default_factory=dict)


class _Remembered:
    """Carriers by what they carry; `read` gives those of several."""

    def __init__(self, read: Callable[[set[Any]], dict[Any, Carriers]]) -> None:
        self._carriers: dict[Any, Carriers] = {}
        self._read = read

    def __getitem__(self, carried: Any) -> Carriers:
        return self._carriers[carried]

    def learn(self, wanted: Iterable[Any]) -> None:
        wanted = set(wanted)
        missing = wanted - self._carriers.keys()
        if len(self._carriers) + len(missing) > MOST_CARRIED:
            self._carriers.clear()
            missing = wanted
        if missing:
            self._carriers |= {carried: [] for carried in missing} | self._read(missing)

    def newest(self, words: Iterable[Any]) -> list[tuple[Any, int]]:
        """Pairs of a word and an entry: the newest carriers of all these words together."""
        rows = [(row, word, other) for word in words for row, other in self._carriers[word]]
        return [(word, other) for _row, word, other in sorted(rows, reverse=True)[:CARRIERS]]


def _carriers_of_tags(tags: set[int]) -> dict[int, Carriers]:
    """Tags are of pages: those of one language lead to entries in the same."""
    rows = EntryTag.objects.filter(tag__in=tags, content_object__live=True)
    return _newest(rows, "tag_id", "pk", "content_object__entry_id", CARRIERS)


def _carriers_of_competences(competences: set[int]) -> dict[int, Carriers]:
    rows = Entry.competences.through.objects.filter(competence__in=competences)
    return _newest(rows, "competence_id", "pk", "entry_id", CARRIERS)


def _published_in(places: set[tuple[int, str]]) -> dict[tuple[int, str], Carriers]:
    """The entries of a community that are shown beside one of a kind."""
    communities: dict[str, set[int]] = defaultdict(set)
    for community, kind in places:
        communities[kind].add(community)
    found: dict[tuple[int, str], Carriers] = {}
    for kind, pks in communities.items():
        rows = Entry.objects.filter(community__in=pks, kind__in={*CATALOGUE_KINDS, kind}).published()
        newest = _newest(rows, "community_id", "published_at", "pk", NEIGHBOURS)
        found |= {(community, kind): carriers for community, carriers in newest.items()}
    return found


def _newest(rows: QuerySet[Any], word: str, age: str, other: str, most: int) -> dict[Any, Carriers]:
    """So many of the rows of each word, in one statement."""
    numbered = rows.annotate(place=Window(RowNumber(), partition_by=F(word), order_by=F(age).desc()))
    carriers: dict[Any, Carriers] = defaultdict(list)
    for carried, moment, entry in numbered.filter(place__lte=most).values_list(word, age, other):
        carriers[carried].append((moment, entry))
    return carriers


def _share(scores: dict[int, float], carried: Sequence[tuple[int, int]], weight: float) -> None:
    """Give each carrier of a word its part; a pair is a word and an entry that carries it."""
    carriers: dict[int, set[int]] = defaultdict(set)
    for word, other in carried:
        carriers[word].add(other)
    for others in carriers.values():
        seldom = 1 / math.log2(1 + len(others)) if len(others) > 1 else 1.0
        for other in others:
            scores[other] += weight * seldom


def _grouped(rows: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    """What each entry carries; nothing for one that is not there."""
    grouped: dict[int, set[int]] = defaultdict(set)
    for entry, carried in rows:
        grouped[entry].add(carried)
    return defaultdict(frozenset, {entry: frozenset(found) for entry, found in grouped.items()})


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
