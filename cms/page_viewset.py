"""The explorer above the communities, with filters that name nobody but those who work on pages one may see."""

from typing import Any

from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.views.pages.listing import EditedByFilter, ExplorableIndexView, GenericPageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, PageLogEntry

from core.table_files import TableFile
from knowledge.permission_policies import explorable_pages
from people.models import User


def owners(request: HttpRequest) -> QuerySet[User]:
    return User.objects.filter(pk__in=explorable_pages(request.user).order_by().values("owner_id"))


def editors(request: HttpRequest) -> QuerySet[User]:
    pages = explorable_pages(request.user).order_by().values("pk")
    edits = PageLogEntry.objects.filter(action="wagtail.edit", page__in=pages)
    return User.objects.filter(pk__in=edits.order_by().values("user_id"))


class PageFilters(GenericPageFilterSet):
    owner = MultipleUserFilter(label=_("Owner"), queryset=owners, widget=CheckboxSelectMultiple)
    edited_by = EditedByFilter(label=_("Edited by"), queryset=editors, widget=CheckboxSelectMultiple)


class PageExplorer(TableFile, ExplorableIndexView):
    """Not a table of every page: the lists of entries are."""


class Pages(PageViewSet):
    model: Any = Page
    index_view_class = PageExplorer
    filterset_class = PageFilters
