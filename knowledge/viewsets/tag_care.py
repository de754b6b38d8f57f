"""What the care of tags consists of in the admin: merge, split, those spelt twice, those that nothing has."""

from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permissions import policy_registry

from core import pagination
from knowledge.models import EntryPage, Tag
from knowledge.services import tags
from knowledge.tag_forms import MergeForm, PagesFilter, SplitForm
from people import access
from people.models import User

PAGE_SIZE = 50


class TagStep(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page of the care of tags, for whoever may change them; only tags that may be seen exist."""

    model = Tag
    permission_required = "change"
    header_icon = "tag"
    request: HttpRequest

    @cached_property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Tag)

    @cached_property
    def tags(self) -> Any:
        return self.permission_policy.instances_user_has_permission_for(self.request.user, "change")

    @property
    def person(self) -> User:
        return cast(User, self.request.user)

    @property
    def viewer(self) -> access.Viewer:
        return access.viewer_of(self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("tag:index"), "label": _("Tags")},
            *self.way_here(),
            {"url": "", "label": self.get_page_title()},
        ]

    def way_here(self) -> list[dict[str, Any]]:
        return []


class OneTagStep(TagStep):
    kwargs: dict[str, Any]

    @cached_property
    def object(self) -> Tag:
        found: Tag = get_object_or_404(self.tags, pk=self.kwargs["pk"])
        return found

    def get_page_subtitle(self) -> str:
        return self.object.name

    def way_here(self) -> list[dict[str, Any]]:
        return [{"url": reverse("tag:edit", args=[self.object.pk]), "label": self.object.name}]


class MergeTag(OneTagStep, FormView):
    """Say which other tag takes this one's place."""

    form_class = MergeForm
    template_name = "knowledge/admin/merge_tag.html"
    page_title = gettext_lazy("Merge tag")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "tags": self.tags, "merged": self.object}

    def form_valid(self, form: MergeForm) -> HttpResponse:
        name, into = self.object.name, form.cleaned_data["into"]
        try:
            count = tags.merge(tag=self.object, into=into, by=self.person)
        except tags.TagRefused as error:
            messages.error(self.request, str(error))
            return redirect("tag:index")
        text = ngettext(
            "“%(tag)s” is merged into “%(into)s” on %(count)d page.",
            "“%(tag)s” is merged into “%(into)s” on %(count)d pages.",
            count,
        )
        messages.success(self.request, text % {"tag": name, "into": into.name, "count": count})
        return redirect("tag:index")


class SplitTag(OneTagStep, TemplateView):
    """Choose pages, by filters or one by one, and say which tags they get in the place of this one."""

    template_name = "knowledge/admin/split_tag.html"
    page_title = gettext_lazy("Split tag")

    @cached_property
    def filter(self) -> PagesFilter:
        return PagesFilter(self.request.GET or None, viewer=self.viewer)

    @cached_property
    def pages(self) -> QuerySet[EntryPage]:
        """Those with the tag that the person may see, as far as the filter goes."""
        found = EntryPage.objects.visible_to(self.viewer).tagged(self.object.pk)
        return self.filter.narrow(found)

    def get_context_data(self, form: SplitForm | None = None, **kwargs: Any) -> dict[str, Any]:
        listed = self.pages.select_related("locale", "entry__community").defer("body").order_by("title", "pk")
        page = pagination.numbered(listed, self.request.GET.get("p"), PAGE_SIZE)
        return super().get_context_data(
            tag=self.object,
            filter=self.filter,
            listed=page,
            total=page.paginator.count,
            query=self._query_without_page(),
            form=form or SplitForm(),
            chosen=set(self.request.POST.getlist("page")),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SplitForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        pages = (
            self.pages if form.cleaned_data["all"] else self.pages.filter(pk__in=form.cleaned_data["page"])
        )
        try:
            count = tags.split(tag=self.object, pages=pages, parts=form.cleaned_data["parts"], by=self.person)
        except tags.TagRefused as error:
            form.add_error("parts", str(error))
            return self.render_to_response(self.get_context_data(form=form))
        text = ngettext(
            "%(count)d page has %(parts)s now.",
            "%(count)d pages have %(parts)s now.",
            count,
        )
        parts = ", ".join(f"“{name}”" for name in form.cleaned_data["parts"])
        messages.success(request, text % {"count": count, "parts": parts})
        if Tag.objects.visible_to(self.viewer).filter(pk=self.object.pk).exists():
            return redirect("tag:split", self.object.pk)
        return redirect("tag:index")

    def _query_without_page(self) -> str:
        query = self.request.GET.copy()
        query.pop("p", None)
        return query.urlencode()


class AlikeTags(TagStep, TemplateView):
    """Tags that are one word in two spellings, side by side; one of them stays."""

    template_name = "knowledge/admin/alike_tags.html"
    page_title = gettext_lazy("Spelt twice")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups: dict[str, list[Any]] = {}
        for tag in self.tags.spelt_twice().with_page_count(self.viewer)[: 10 * PAGE_SIZE]:
            groups.setdefault(tag.folded, []).append(tag)
        for alike in groups.values():
            alike.sort(key=lambda tag: (-tag.page_count, tag.pk))
        return super().get_context_data(groups=list(groups.values()), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        into = self.tags.filter(pk=_number(request.POST.get("into"))).first()
        if into is None:
            messages.error(request, _("Choose the tag that stays."))
            return redirect("tag:alike")
        others = self.tags.filter(folded=into.folded).exclude(pk=into.pk).order_by("pk")
        try:
            count = tags.merge_all(tags=list(others), into=into, by=self.person)
        except tags.TagRefused as error:
            messages.error(request, str(error))
            return redirect("tag:alike")
        text = ngettext(
            "“%(into)s” stays; %(count)d page has it in place of another spelling.",
            "“%(into)s” stays; %(count)d pages have it in place of another spelling.",
            count,
        )
        messages.success(request, text % {"into": into.name, "count": count})
        return redirect("tag:alike")


class UnusedTags(TagStep, TemplateView):
    """Tags that no page has, for deleting many at once."""

    template_name = "knowledge/admin/unused_tags.html"
    page_title = gettext_lazy("Unused tags")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listed = pagination.numbered(
            self.tags.unused().order_by("name", "pk"), self.request.GET.get("p"), 200
        )
        return super().get_context_data(listed=listed, total=listed.paginator.count, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        numbers = [number for value in request.POST.getlist("tag") if (number := _number(value))]
        if not numbers:
            messages.error(request, _("Choose at least one tag."))
            return redirect("tag:unused")
        count = tags.discard_unused(tags=self.tags.filter(pk__in=numbers), by=self.person)
        text = ngettext("%(count)d tag was deleted.", "%(count)d tags were deleted.", count)
        if count < len(numbers):
            text = f"{text} {_('Those that a page has meanwhile stay.')}"
        messages.success(request, text % {"count": count})
        return redirect("tag:unused")


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 19 else 0
