"""Synonyms in the admin."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from core.table_files import TableFile
from search.models import Synonyms
from search.services import synonyms
from search.synonym_forms import SynonymsForm


class SynonymsList(TableFile, generic.IndexView):
    default_ordering = "words"


class AddSynonyms(generic.CreateView):
    def save_instance(self) -> Synonyms:
        return _saved(self.form, self.request.user)


class EditSynonyms(generic.EditView):
    def save_instance(self) -> Synonyms:
        return _saved(self.form, self.request.user)


class DeleteSynonyms(generic.DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        synonyms.remove(group=self.object, by=self.request.user)
        messages.success(self.request, self.get_success_message())
        return redirect(self.get_success_url())


def _saved(form: SynonymsForm, by: Any) -> Synonyms:
    return synonyms.save(
        group=form.instance,
        language=form.cleaned_data["language"],
        words=form.cleaned_data["words"].splitlines(),
        by=by,
    )


class SynonymsViewSet(ModelViewSet):
    model = Synonyms
    name = "synonyms"
    url_prefix = "synonyms"
    menu_label = _("Synonyms")
    icon = "redirect"
    index_view_class = SynonymsList
    add_view_class = AddSynonyms
    edit_view_class = EditSynonyms
    delete_view_class = DeleteSynonyms
    copy_view_enabled = False
    list_filter = ["language"]
    search_fields = ["words"]
    list_display = [
        TitleColumn("words", label=_("Words"), accessor=str, url_name="synonyms:edit", sort_key="words"),
        Column("language", label=_("Language"), accessor="get_language_display", sort_key="language"),
    ]
    list_export = ["language", "words"]
    export_filename = "synonyms"

    def get_form_class(self, for_update: bool = False) -> type[SynonymsForm]:
        return SynonymsForm
