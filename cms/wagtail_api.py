"""`/api/v2/`: Wagtail's read API with our fields, for those who ask, and only what they may see.

Wagtail's own view of what is public is not asked at all: pages, pictures and documents come from `people.access`.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from rest_framework.exceptions import Throttled
from rest_framework.fields import Field
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from wagtail.api import APIField
from wagtail.api.v2.filters import (
    AncestorOfFilter,
    ChildOfFilter,
    DescendantOfFilter,
    FieldsFilter,
    LocaleFilter,
    OrderingFilter,
    SearchFilter,
    TranslationOfFilter,
)
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.documents.api.v2.serializers import DocumentSerializer
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.serializers import ImageSerializer
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Page

from core import rates
from core.json_answers import absolute
from knowledge import rendering, rendering_json
from knowledge.addresses import page_url
from knowledge.models import ClassifiedCommunitiesPage, CommunityPage, EntryPage
from people import access
from people.models import Community, Document, Image
from people.tokens import WagtailApiAuthentication

TRUNK_DEPTH = 3
LONGEST_OFFSET = 15


class OfPage(Field):
    """A field that is worked out of the whole page for the one who asks."""

    def __init__(self, read: Any) -> None:
        super().__init__(read_only=True)
        self.read = read

    def get_attribute(self, instance: Any) -> Any:
        return instance

    def to_representation(self, page: Any) -> Any:
        return self.read(page, access.viewer_of(self.context["request"].user))


class PrefetchedTags(Field):
    def to_representation(self, value: Any) -> list[str]:
        return sorted(tag.name for tag in value.all())


class OriginalAddress(Field):
    """The address of the view that asks who may see a picture; its stored file has none."""

    def get_attribute(self, instance: Any) -> Any:
        return instance

    def to_representation(self, image: Any) -> str:
        return absolute(reverse("original_picture", args=[image.public_id, image.filename]))


class PictureSerializer(ImageSerializer):
    download_url = OriginalAddress(read_only=True)


ENTRY_FIELDS = {
    "key": lambda page, viewer: str(page.entry.key),
    "kind": lambda page, viewer: page.entry.kind,
    "access": lambda page, viewer: page.entry.access,
    "community": lambda page, viewer: page.entry.community.slug,
    "difficulty": lambda page, viewer: page.entry.difficulty or None,
    "languages": lambda page, viewer: page.entry.languages,
    "body": rendering_json.body_json,
    "html": lambda page, viewer: str(rendering.body_html(page, viewer)),
}
COMMUNITY_FIELDS = {
    "community": lambda page, viewer: page.community.slug,
    "access": lambda page, viewer: page.community.access,
    "description": lambda page, viewer: str(page.community.description_text),
    "member_count": lambda page, viewer: page.community.member_count,
}


class AskedFor(BaseAPIViewSet):
    """What all three have in common: somebody asks, not too often, and gets JSON."""

    authentication_classes = [WagtailApiAuthentication]
    permission_classes = [IsAuthenticated]
    renderer_classes = [JSONRenderer]

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        _require_sense(request.GET)
        wait = rates.seconds_to_wait("api", "user", request.user.pk)
        if wait:
            raise Throttled(wait)

    def find_object(self, queryset: Any, request: Any) -> Any:
        if not request.GET.get("id", "0").isdecimal():
            raise BadRequestError("id must be a number")
        return super().find_object(queryset, request)

    def handle_exception(self, exc: Any) -> Any:
        # Wagtail expects it of numbers alone, and a date can be none as well.
        if isinstance(exc, ValidationError):
            exc = BadRequestError(" ".join(exc.messages))
        return super().handle_exception(exc)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Vary"] = "Authorization, Cookie"
        return response


def _require_sense(query: Any) -> None:
    """Raises BadRequestError for values with which Wagtail would fail."""
    if "\x00" in "".join(query.values()):
        raise BadRequestError("no text contains U+0000")
    if len(query.get("offset", "")) > LONGEST_OFFSET:
        raise BadRequestError("offset is too large")
    if query.get("search_operator", "and") not in {"and", "or"}:
        raise BadRequestError("search_operator must be 'and' or 'or'")


class Pages(AskedFor, PagesAPIViewSet):
    filter_backends = [
        FieldsFilter,
        ChildOfFilter,
        AncestorOfFilter,
        DescendantOfFilter,
        OrderingFilter,
        TranslationOfFilter,
        LocaleFilter,
        SearchFilter,
    ]
    # Aliases are not made here, and what is one would name a page that may not be seen.
    meta_fields = [field for field in PagesAPIViewSet.meta_fields if field != "alias_of"]

    @classmethod
    def get_body_fields(cls, model: Any) -> list[APIField]:
        fields = super().get_body_fields(model)
        if issubclass(model, EntryPage):
            plain = [APIField("summary"), APIField("reading_minutes")]
            return [*fields, *plain, *(APIField(name, OfPage(read)) for name, read in ENTRY_FIELDS.items())]
        if issubclass(model, CommunityPage):
            return [*fields, *(APIField(name, OfPage(read)) for name, read in COMMUNITY_FIELDS.items())]
        return fields

    @classmethod
    def get_meta_fields(cls, model: Any) -> list[APIField]:
        address = APIField("html_url", OfPage(lambda page, viewer: absolute(page_url(page))))
        return [address if field.name == "html_url" else field for field in super().get_meta_fields(model)]

    def get_base_queryset(self) -> Any:
        viewer = access.viewer_of(self.request.user)
        entries = EntryPage.objects.visible_to(viewer).values("pk")
        communities = CommunityPage.objects.filter(community__in=Community.objects.visible_to(viewer))
        trunk = Page.objects.filter(depth__gt=1, depth__lte=TRUNK_DEPTH).not_type(ClassifiedCommunitiesPage)
        seen = Q(pk__in=entries) | Q(pk__in=communities.values("pk")) | Q(pk__in=trunk.values("pk"))
        return Page.objects.live().filter(pk__in=Page.objects.filter(seen).values("pk")).order_by("id")

    def get_queryset(self) -> Any:
        rows = super().get_queryset().select_related("locale")
        if issubclass(rows.model, EntryPage):
            rows = rows.select_related("locale", "entry__community")
        elif issubclass(rows.model, CommunityPage):
            rows = rows.select_related("locale", "community")
        return rows.order_by("id")


class Files(AskedFor):
    filter_backends = [FieldsFilter, OrderingFilter]
    known_query_parameters = BaseAPIViewSet.known_query_parameters - {"search", "search_operator"}
    meta_fields = [
        *BaseAPIViewSet.meta_fields,
        APIField("tags", PrefetchedTags(read_only=True)),
        "download_url",
    ]

    def get_queryset(self) -> Any:
        viewer = access.viewer_of(self.request.user)
        return self.model.objects.visible_to(viewer).prefetch_related("tags").order_by("id")


class Images(Files, ImagesAPIViewSet):
    model = Image
    base_serializer_class = PictureSerializer
    filter_backends = Files.filter_backends
    meta_fields = Files.meta_fields
    body_fields = [*ImagesAPIViewSet.body_fields, "alt_text", "credit"]


class Documents(Files, DocumentsAPIViewSet):
    model = Document
    base_serializer_class = DocumentSerializer
    filter_backends = Files.filter_backends
    meta_fields = Files.meta_fields
    body_fields = [*DocumentsAPIViewSet.body_fields, "description"]


router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", Pages)
router.register_endpoint("images", Images)
router.register_endpoint("documents", Documents)
