"""Choosing a person in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet


class PersonChooserViewSet(ChooserViewSet):
    model = "people.User"
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    per_page = 20


person_chooser_viewset = PersonChooserViewSet("person_chooser")
PersonChooserBlock = person_chooser_viewset.get_block_class(
    name="PersonChooserBlock", module_path="people.choosers"
)
