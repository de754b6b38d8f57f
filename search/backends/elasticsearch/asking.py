"""A question in Elasticsearch's language.

Each word of the question gives what its best alternative gives; a row is worth the sum, times the square of the share
of the words that it has, as in the databases (`search.backends.database.statements`).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from core import popularity
from search import analysis
from search.backends.asking import MARK, MARK_END, NEWEST, POPULARITY, Wanted
from search.backends.elasticsearch.languages import ANY, BARE, LANGUAGES
from search.query.expansion import Alternative, Question, Term
from search.scripts import CYRILLIC, HEBREW
from search.texts import BESIDE, BODY, PARTS, SUMMARY, TITLE

Json = dict[str, Any]

WEIGHTS = {TITLE: 3.0, SUMMARY: 2.0, BODY: 1.0, BESIDE: 0.5}
# What any language's light stemmer finds counts a little less than what the language's own does.
ANY_WEIGHT = 0.8
# A Hebrew word that has lost its first letter may be another word.
BARE_WEIGHT = 0.7
# A translation that one reads before one that one does not.
FIRST_LANGUAGE, OTHER_LANGUAGES = 1.5, 1.2
# What is new counts up to this much more.
RECENCY = 0.1
HALF_AS_NEW_DAYS = 365
MOST_VALUES = 200
# Counts are exact up to this number of things, and right to some per cent above (Elasticsearch's cardinality).
EXACT_UP_TO = 3000
FRAGMENT = 180


def body(wanted: Wanted) -> Json:
    """One request: the places of a page, totals and facets."""
    terms = wanted.question.terms or tuple(
        Term(" ".join(each), (Alternative(each),)) for each in wanted.question.phrases
    )
    clauses = [_term(term) for term in terms]
    matching: Json = {
        "bool": {
            "should": clauses,
            # Where no words are asked, everything that is narrowed to answers.
            "minimum_should_match": wanted.words_needed if clauses else 0,
            "filter": [*_seen(wanted), *(_phrase(words) for words in wanted.question.phrases)],
            "must_not": [_phrase(words) for words in wanted.question.without],
        }
    }
    request: Json = {
        "query": _preferred(_shared(matching, clauses), wanted),
        "from": wanted.offset,
        "size": wanted.limit,
        "_source": False,
        "docvalue_fields": ["kind", "pk"],
        "collapse": {"field": "thing"},
        "track_total_hits": False,
    }
    narrowing = _narrowing(wanted)
    if narrowing:
        request["post_filter"] = {"bool": {"filter": list(narrowing.values())}}
    if wanted.sort == NEWEST:
        request["sort"] = [{"newest": {"order": "desc", "missing": "_last"}}, {"id": "desc"}]
    else:
        request["sort"] = ["_score", {"id": "desc"}]
    whole = {"has_all": {"filter": {"bool": {"filter": [*clauses, *narrowing.values()]}}}}
    things = {"cardinality": {"field": "thing", "precision_threshold": EXACT_UP_TO}}
    narrowed = {"filter": {"bool": {"filter": list(narrowing.values())}}, "aggs": {"things": things}}
    request["aggs"] = {**whole, "answered": narrowed} | (_counts(wanted, narrowing) if wanted.counted else {})
    if wanted.marked:
        request["highlight"] = _highlight(wanted.question)
    return request


def beginning(words: Sequence[str], wanted: Wanted) -> Json:
    """A request for rows whose names have words that begin so."""
    match = {"match": {"names": {"query": " ".join(words), "operator": "and"}}}
    return {
        "query": _preferred({"bool": {"must": [match], "filter": _seen(wanted)}}, wanted),
        "size": wanted.limit,
        "_source": False,
        "docvalue_fields": ["kind", "pk"],
        "collapse": {"field": "thing"},
        "track_total_hits": False,
        "sort": ["_score", {"id": "desc"}],
    }


def _term(term: Term) -> Json:
    return {"dis_max": {"queries": [query for each in term.alternatives for query in _alternative(each)]}}


def _alternative(alternative: Alternative) -> list[Json]:
    weight = alternative.weight
    if alternative.unfinished:
        return [{"match": {"names": {"query": alternative.words[-1], "boost": weight}}}]
    if len(alternative.words) > 1:
        return [_across(" ".join(alternative.words), weight, "phrase")]
    word = alternative.words[0]
    found = [_across(word, weight)]
    if HEBREW.search(word) and word[0] in analysis.HEBREW_PREFIXES and len(word) > analysis.SHORTEST_STEM:
        found.append(_across(word[1:], weight * BARE_WEIGHT))
    return found


def _across(text: str, weight: float, how: str = "best_fields") -> Json:
    """The text in every field that may hold words in its letters."""
    fields = [
        f"{part}.{name}^{WEIGHTS[part] * share * weight:.4g}"
        for part in PARTS
        for name, share in _fields(text)
    ]
    return {"multi_match": {"query": text, "type": how, "fields": fields}}


def _fields(text: str) -> list[tuple[str, float]]:
    if HEBREW.search(text):
        return [("he", 1.0), (f"he.{BARE}", BARE_WEIGHT), (ANY, ANY_WEIGHT)]
    if CYRILLIC.search(text):
        return [("ru", 1.0), ("uk", 1.0), ("bg", 1.0), (ANY, ANY_WEIGHT)]
    return [("en", 1.0), (ANY, 1.0)]


def _phrase(words: Iterable[str]) -> Json:
    return _across(" ".join(words), 1.0, "phrase")


def _shared(matching: Json, clauses: list[Json]) -> Json:
    """The score times the square of the share of the words that a row has: the same factor, twice."""
    if len(clauses) < 2:
        return matching
    share = 1 / len(clauses)
    functions = [{"filter": clause, "weight": share} for clause in clauses]
    for _time in range(2):
        matching = {
            "function_score": {
                "query": matching,
                "functions": functions,
                "score_mode": "sum",
                "boost_mode": "multiply",
            }
        }
    return matching


def _preferred(matching: Json, wanted: Wanted) -> Json:
    """Times what the kind, the language and the age of a row count."""
    functions: list[Json] = [
        {"filter": {"term": {"kind": source.kind}}, "weight": source.weight}
        for source in wanted.sources
        if source.weight != 1
    ]
    first, *others = [*dict.fromkeys(wanted.languages)] or [""]
    functions.append({"filter": {"term": {"language": first}}, "weight": FIRST_LANGUAGE})
    if others:
        functions.append({"filter": {"terms": {"language": others}}, "weight": OTHER_LANGUAGES})
    preferred = {
        "function_score": {
            "query": matching,
            "functions": functions,
            "score_mode": "multiply",
            "boost_mode": "multiply",
        }
    }
    used = {
        "field_value_factor": {"field": "popularity", "factor": POPULARITY / popularity.TOP, "missing": 0}
    }
    newer = {"gauss": {"newest": {"origin": "now/d", "scale": f"{HALF_AS_NEW_DAYS}d"}}, "weight": RECENCY}
    return {
        "function_score": {
            "query": preferred,
            "functions": [{"weight": 1}, {"filter": {"exists": {"field": "newest"}}, **newer}, used],
            "score_mode": "sum",
            "boost_mode": "multiply",
        }
    }


def _seen(wanted: Wanted) -> list[Json]:
    """What the viewer may see of what may answer."""
    return [
        {"terms": {"kind": [source.kind for source in wanted.sources]}},
        {"terms": {"audience": sorted(wanted.viewer.keys)}},
    ]


def _narrowing(wanted: Wanted) -> dict[str, Json]:
    """What was chosen, by facet; the kind is one of them."""
    chosen: dict[str, Json] = {}
    if wanted.kind:
        either = [{"term": {"kind": wanted.kind}}, {"term": {"part": wanted.kind}}]
        chosen["kind"] = {"bool": {"should": either}}
    for name, values in wanted.chosen.items():
        chosen[name] = {"terms": {f"facets.{name}": list(values)}}
    return chosen


def _counts(wanted: Wanted, narrowing: dict[str, Json]) -> Json:
    """How many things each value would leave: its own facet's choices do not narrow it, all others' do."""
    fields = {"kind": "kind", **{name: f"facets.{name}" for name in wanted.facets}}
    return {
        name: {
            "filter": {"bool": {"filter": [each for other, each in narrowing.items() if other != name]}},
            "aggs": {
                "values": {
                    "terms": {"field": field, "size": MOST_VALUES},
                    "aggs": {
                        "things": {"cardinality": {"field": "thing", "precision_threshold": EXACT_UP_TO}}
                    },
                }
            },
        }
        for name, field in fields.items()
    }


def _highlight(question: Question) -> Json:
    wanted = [each for term in question.terms for each in term.alternatives if not each.unfinished]
    marked = [query for each in wanted for query in _alternative(each)]
    return {
        "type": "unified",
        "pre_tags": [MARK],
        "post_tags": [MARK_END],
        "number_of_fragments": 1,
        "fragment_size": FRAGMENT,
        "require_field_match": False,
        "highlight_query": {"bool": {"should": [*marked, *map(_phrase, question.phrases)]}},
        # Not the field that all languages are copied to: it knows places in texts that it does not hold, and the
        # request ends in "first() should not be called in this context".
        "fields": {f"{BODY}.{name}": {} for name in (*LANGUAGES, f"he.{BARE}")},
    }
