"""The form with which curators recommend an entry in the search."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from core import clock
from core.fields import folded
from knowledge.models import Entry, EntryPage, Promotion
from knowledge.permission_policies import choosable_pages

MOST_PHRASES = 30
LONGEST_PHRASE = 200


class PromotionForm(WagtailAdminModelForm):
    """Saving is left to the service; the entry is chosen by one of its pages."""

    page = forms.ModelChoiceField(
        Page.objects.none(),
        label=_("Entry"),
        help_text=_("Any of its languages: each reader is shown the one they read best, if they may see it."),
    )
    words = forms.CharField(
        label=_("For the words"),
        max_length=MOST_PHRASES * (LONGEST_PHRASE + 2),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_(
            "One search a line, in every language in which people may ask. Case and dots do not matter."
        ),
    )

    class Meta:
        model = Promotion
        fields = ["ends_date"]

    field_order = ["page", "words", "ends_date"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["page"]
        field.widget = AdminPageChooser(target_models=[EntryPage])
        field.queryset = choosable_pages(self.for_user)
        if self.instance.pk:
            self.initial["page"] = self.instance.entry.pages.order_by("pk").first()
            self.initial["words"] = "\n".join(self.instance.phrases.values_list("text", flat=True))

    @property
    def entry(self) -> Entry:
        entry: Entry = self.cleaned_data["page"]
        return entry

    def clean_page(self) -> Entry:
        page = EntryPage.objects.filter(pk=self.cleaned_data["page"].pk).select_related("entry").first()
        if page is None:
            raise ValidationError(_("Choose an entry: a best practice, a story, a wiki page or a blog post."))
        taken = Promotion.objects.filter(entry=page.entry_id).exclude(pk=self.instance.pk)
        if taken.exists():
            raise ValidationError(_("This entry is recommended already. Add the words there."))
        return page.entry

    def clean_words(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["words"].splitlines()]
        phrases = list({folded(line): line for line in lines if folded(line)}.values())
        if not phrases:
            raise ValidationError(_("Write at least one search."))
        if len(phrases) > MOST_PHRASES or any(len(phrase) > LONGEST_PHRASE for phrase in phrases):
            raise ValidationError(_("Thirty lines of 200 letters are the most."))
        return phrases

    def clean_ends_date(self) -> Any:
        ends = self.cleaned_data["ends_date"]
        if ends and ends < clock.today(getattr(self.for_user, "time_zone", "") or "UTC"):
            raise ValidationError(_("This day is over."))
        return ends
