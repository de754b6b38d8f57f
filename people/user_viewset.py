"""People in the admin: moderators register them, place them, give roles, and end accounts. Nobody is deleted."""

from typing import Any, NoReturn

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.widgets.boolean_radio_select import BooleanRadioSelect
from wagtail.users.views import users as wagtail_users

from core.table_files import TableFile
from people import access, roles
from people.choices import UnitKind
from people.models import Unit, User
from people.refusals import TellsRefusal
from people.services import people
from people.user_forms import ExistingPersonForm, NewPersonForm


class PersonFilters(WagtailFilterSet):
    is_active = django_filters.BooleanFilter(label=_("Works here"), widget=BooleanRadioSelect)
    # By role, not by group: the leads of each classified community are a group too.
    role = django_filters.MultipleChoiceFilter(
        label=_("Role"), choices=roles.Role.choices, widget=CheckboxSelectMultiple, method="by_role"
    )
    enterprise = django_filters.ModelChoiceFilter(
        label=_("Enterprise"),
        queryset=Unit.objects.filter(kind__in=[UnitKind.HOLDING, UnitKind.ENTERPRISE]).order_by("name"),
    )

    def __init__(self, *args: Any, is_searching: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    class Meta:
        model = User
        fields = ["is_active", "enterprise"]

    def by_role(self, people: Any, name: str, chosen: list[str]) -> Any:
        names = [roles.GROUP_NAMES[roles.Role(role)] for role in chosen]
        return people.filter(groups__name__in=names).distinct() if names else people


def role_names(person: User) -> str:
    names = {group.name for group in person.groups.all()}
    return ", ".join(str(role.label) for role in roles.Role if roles.GROUP_NAMES[role] in names)


class PersonList(TableFile, wagtail_users.IndexView):
    add_item_label = _("Add a person")
    page_title = _("People")
    default_ordering = "name"
    columns = [
        TitleColumn("name", label=_("Name"), sort_key="name", url_name="wagtailusers_users:edit"),
        Column("email", label=_("E-mail"), sort_key="email"),
        Column("enterprise", label=_("Enterprise"), sort_key="enterprise__name"),
        Column("roles", label=_("Roles"), accessor=role_names),
        BooleanColumn("is_active", label=_("Works here"), sort_key="is_active"),
        DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login"),
    ]
    search_fields = ["name", "email", "job"]

    def get_base_queryset(self) -> QuerySet[Any]:
        return User.objects.select_related("enterprise", "wagtail_userprofile").prefetch_related("groups")

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return super(wagtail_users.IndexView, self).order_queryset(queryset)

    def get_delete_url(self, instance: User) -> None:
        """Nobody is deleted."""


class PersonView(TellsRefusal):
    request: Any
    form: Any
    refusals = (people.PersonRefused,)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        viewer = access.viewer_of(self.request.user)
        return {**kwargs, "may_manage_roles": viewer.may("people.manage_roles")}


class AddPerson(PersonView, wagtail_users.CreateView):
    page_title = _("Add a person")
    success_message = _(
        "“%(object)s” is added, and sets a password by “Forgotten password” on the sign-in page."
    )

    def save_instance(self) -> User:
        return people.enrol(record=_record(self.form), by=self.request.user)


class EditPerson(PersonView, wagtail_users.EditView):
    success_message = _("“%(object)s” is saved.")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.can_delete = False
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied

    def save_instance(self) -> User:
        data = self.form.cleaned_data
        user = User.objects.get(pk=self.object.pk)
        return people.revise(
            user=user,
            record=_record(self.form),
            is_active=data.get("is_active", user.is_active),
            reason=data.get("reason", ""),
            by=self.request.user,
        )


class DeletePerson(wagtail_users.DeleteView):
    def dispatch(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Nobody is deleted: what they wrote would lose its author."""
        raise PermissionDenied


def _record(form: Any) -> people.Record:
    data = form.cleaned_data
    return people.Record(
        name=data["name"],
        email=data["email"],
        job=data["job"],
        language=data["language"],
        time_zone=data["time_zone"],
        enterprise=data["enterprise"],
        site=data["site"],
        department=data["department"],
        roles=frozenset(data["roles"]),
        competences=list(data["competences"]),
    )


class PersonViewSet(wagtail_users.UserViewSet):
    icon = "group"
    menu_label = _("People")
    filterset_class = PersonFilters
    ordering = "name"
    index_view_class = PersonList
    add_view_class = AddPerson
    edit_view_class = EditPerson
    delete_view_class = DeletePerson
    copy_view_enabled = False
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"
    search_backend_name = None
    list_export = ["public_id", "name", "email", "job", "enterprise", "is_active", "joined_at", "last_login"]
    export_filename = "people"

    def get_form_class(self, for_update: bool = False) -> type[NewPersonForm | ExistingPersonForm]:
        return ExistingPersonForm if for_update else NewPersonForm
