"""Recommendations of the search in the admin."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from knowledge.models import Promotion
from knowledge.promotion_forms import PromotionForm
from knowledge.services import promotions


def phrases_of(promotion: Promotion) -> str:
    """The first of its words, and how many more there are."""
    texts = [phrase.text for phrase in promotion.phrases.all()]
    more = len(texts) - 3
    shown = ", ".join(texts[:3])
    if more <= 0:
        return shown
    return ngettext("%(words)s and %(number)d more", "%(words)s and %(number)d more", more) % {
        "words": shown,
        "number": more,
    }


class PromotionList(generic.IndexView):
    default_ordering = "-created_at"

    def get_base_queryset(self) -> QuerySet[Any]:
        ours = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        return ours.titled(get_language() or "en").prefetch_related("phrases")


class AddPromotion(generic.CreateView):
    def save_instance(self) -> Promotion:
        return _saved(self.form, self.request.user)


class EditPromotion(generic.EditView):
    def save_instance(self) -> Promotion:
        return _saved(self.form, self.request.user)


class DeletePromotion(generic.DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        promotions.remove(promotion=self.object, by=self.request.user)
        messages.success(self.request, self.get_success_message())
        return redirect(self.get_success_url())


def _saved(form: PromotionForm, by: Any) -> Promotion:
    return promotions.save(
        promotion=form.instance,
        entry=form.entry,
        phrases=form.cleaned_data["words"],
        ends_date=form.cleaned_data["ends_date"],
        by=by,
    )


class PromotionViewSet(ModelViewSet):
    model = Promotion
    name = "promotion"
    url_prefix = "recommendations"
    menu_label = _("Recommendations")
    icon = "pick"
    index_view_class = PromotionList
    add_view_class = AddPromotion
    edit_view_class = EditPromotion
    delete_view_class = DeletePromotion
    copy_view_enabled = False
    list_display = [
        TitleColumn("title", label=_("Entry"), url_name="promotion:edit"),
        Column("words", label=_("For the words"), accessor=phrases_of),
        DateColumn("ends_date", label=_("Until")),
        NumberColumn("shown_count", label=_("Shown")),
        NumberColumn("followed_count", label=_("Followed")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[PromotionForm]:
        return PromotionForm
