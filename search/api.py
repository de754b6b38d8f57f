"""Search for programs."""

from typing import Annotated, Any

from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema
from pydantic import Field, field_validator

from core.json_answers import absolute, answer, offset_cursor, offset_of
from core.problems import Problem
from people.access import Viewer
from people.api_auth import reads
from people.requests import Request
from search import engine, facet_names, fragments
from search.suggestions import suggestions
from search.views import reading_languages

router = Router()
Slug = Annotated[str, Field(max_length=100, pattern=r"^[\w-]+$")]
Year = Annotated[str, Field(pattern=r"^[12][0-9]{3}$")]
NARROWING = ("community", "enterprise", "competence", "language", "year")


class SearchItem(Schema):
    id: str = Field(examples=["0198c0de-7a31-7c55-8f00-3b2f5d1c9a10.en"])
    key: str = Field(
        description="The same for all translations.", examples=["0198c0de-7a31-7c55-8f00-3b2f5d1c9a10"]
    )
    kind: str = Field(examples=["best_practice"])
    lang: str | None = Field(description="Null where a thing has no language.", examples=["en"])
    slug: str | None = Field(examples=["laser-alignment-of-pump-sets"])
    title: str = Field(examples=["Laser alignment of pump sets"])
    summary: str
    context: str = Field(
        description="Where it belongs: a community, an enterprise.", examples=["Maintenance"]
    )
    html_url: str = Field(examples=["https://guildhall.example/en/communities/maintenance/laser-alignment/"])
    highlight: str | None = Field(
        description="A piece of the text in safe HTML with what was found in `<mark>`; null without `highlight`, "
        "where the summary says it, and while the database answers in the place of Elasticsearch.",
        examples=["Before <mark>alignment</mark> the cold gap is measured."],
    )


class FacetValue(Schema):
    value: str = Field(
        description="To be given as a parameter of the facet's name.", examples=["maintenance"]
    )
    label: str = Field(examples=["Maintenance"])
    count: int = Field(
        description="How many would be left; choices of the same facet do not narrow it.", examples=[12]
    )


class SearchList(Schema):
    items: list[SearchItem]
    next: str | None = Field(description="Give it as `cursor` for what follows; null at the end.")
    by_some_words: bool = Field(description="Nothing had all the words; these have some of them.")
    total: int | None = Field(description="How many there are on all pages; null without `facets`.")
    facets: dict[str, list[FacetValue]] | None = Field(
        description="By the name of the facet, values that would leave something; null without `facets`."
    )


class Suggested(Schema):
    kind: str = Field(description="A kind of thing, or `query`: what others search for.", examples=["person"])
    title: str = Field(examples=["Thomas Hughes"])
    lang: str | None = Field(description="Null where a thing has no language.", examples=["en"])
    context: str = Field(
        description="Where it belongs: a community, an enterprise.", examples=["Aurora Pumps"]
    )
    html_url: str = Field(examples=["https://guildhall.example/people/0198c0de-7a31-7c55-8f00-3b2f5d1c9a10/"])


class SuggestionList(Schema):
    items: list[Suggested]


class SuggestFilters(Schema):
    q: str = Field("", description="What was typed so far.", max_length=200, examples=["las"])


class SearchFilters(Schema):
    q: str = Field(description="What is looked for.", max_length=1000, examples=["laser alignment"])
    kind: str | None = Field(
        None, description="One kind only: `entry`, `community`, `person`, or a kind of entry."
    )
    community: list[Slug] = Field([], max_length=50, description="Slugs; any of them.")
    enterprise: list[Slug] = Field([], max_length=50, description="Slugs; any of them.")
    competence: list[Slug] = Field([], max_length=50, description="Slugs; any of them.")
    language: list[Slug] = Field([], max_length=50, description="Codes; any of them.")
    year: list[Year] = Field([], max_length=50, description="Of publication; any of them.")
    facets: bool = Field(False, description="Whether counts by facet are wanted as well.")
    highlight: bool = Field(False, description="Whether pieces of the texts are wanted as well.")
    limit: int = Field(20, ge=1, le=100, description="How many at most.")
    cursor: str | None = Field(None, max_length=400, description="`next` of the answer before.")

    @field_validator("kind")
    @classmethod
    def known(cls, kind: str | None) -> str | None:
        if kind and kind not in engine.kind_names():
            raise ValueError(f"must be one of {', '.join(engine.kind_names())}")
        return kind


@router.get("/search", response=SearchList, auth=reads("content:read"), summary="Search", tags=["search"])
def search(request: Request, filters: Query[SearchFilters]) -> HttpResponseBase:
    """What answers the words, best first; an entry once, in the reader's language where it exists in it."""
    try:
        offset = offset_of(filters.cursor)
    except ValueError as error:
        raise Problem(422, "The cursor was not made by this list.") from error
    results = engine.search(
        filters.q,
        request.viewer,
        kind=filters.kind,
        languages=reading_languages(request),
        chosen={name: getattr(filters, name) for name in NARROWING},
        offset=offset,
        limit=filters.limit + 1,
        counted=filters.facets,
        marked=filters.highlight,
    )
    items = [
        {
            "id": hit.id,
            "key": hit.key,
            "kind": hit.kind,
            "lang": hit.language or None,
            "slug": hit.slug or None,
            "title": hit.title,
            "summary": hit.summary,
            "context": hit.context,
            "html_url": absolute(hit.url),
            "highlight": fragments.of(hit, results.fragments) or None,
        }
        for hit in results.hits[: filters.limit]
    ]
    more = len(results.hits) > filters.limit and offset + filters.limit < engine.DEEPEST
    return answer(
        request,
        {
            "items": items,
            "next": offset_cursor(offset + filters.limit) if more else None,
            "by_some_words": results.by_some_words,
            "total": results.answered if filters.facets else None,
            "facets": _facets(results, request.viewer) if filters.facets else None,
        },
    )


def _facets(results: engine.Results, viewer: Viewer) -> dict[str, list[dict[str, Any]]]:
    """Values that the viewer may know of, those that leave most first."""
    names = facet_names.named({name: list(counts) for name, counts in results.facets.items()}, viewer)
    return {
        facet.name: [
            {"value": value, "label": names.get((facet.name, value)) or facet.label(value), "count": count}
            for value, count in sorted(
                results.facets.get(facet.name, {}).items(), key=lambda each: (-each[1], each[0])
            )
            if facet.rows is None or (facet.name, value) in names
        ]
        for facet in engine.listed_facets()
    }


@router.get(
    "/suggest", response=SuggestionList, auth=reads("content:read"), summary="Suggest", tags=["search"]
)
def suggest(request: Request, filters: Query[SuggestFilters]) -> HttpResponseBase:
    """What begins as what was typed: searches of others, competences, names of things."""
    found = suggestions(filters.q, request.viewer, languages=reading_languages(request), recalls=False)
    items = [
        {
            "kind": each.kind,
            "title": each.title,
            "lang": each.language or None,
            "context": each.context,
            "html_url": absolute(each.url),
        }
        for each in found
    ]
    return answer(request, {"items": items})
