"""Answers from Elasticsearch: one request for places, totals and facets."""

from collections.abc import Sequence
from typing import Any

from search.backends.asking import Answer, Place, Wanted
from search.backends.elasticsearch import asking, lag
from search.backends.elasticsearch.connection import Unavailable, alias, reading


class ElasticsearchBackend:
    def answer(self, wanted: Wanted) -> Answer:
        found = _ask(asking.body(wanted))
        aggregations = found["aggregations"]
        has_all = aggregations.pop("has_all")["doc_count"] > 0
        answered = aggregations.pop("answered")["things"]["value"]
        counts = {
            name: {bucket["key"]: bucket["things"]["value"] for bucket in buckets}
            for name, facet in aggregations.items()
            if (buckets := facet["values"]["buckets"])
        }
        return Answer(_places(found), has_all, answered, counts.pop("kind", {}), counts)

    def beginning(self, words: Sequence[str], wanted: Wanted) -> list[Place]:
        return _places(_ask(asking.beginning(words, wanted)))


def _ask(request: dict[str, Any]) -> Any:
    if lag.is_long():
        raise Unavailable("changes have been waiting for a while")
    return reading(lambda client: client.search(index=alias(), body=request)).body


def _places(found: Any) -> list[Place]:
    return [
        Place(
            kind=hit["fields"]["kind"][0],
            pk=int(hit["fields"]["pk"][0]),
            fragment=next((pieces[0] for pieces in hit.get("highlight", {}).values()), ""),
        )
        for hit in found["hits"]["hits"]
    ]
