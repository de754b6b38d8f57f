from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Access(models.TextChoices):
    """Who may see a community, and an item within its community's access."""

    OPEN = "open", pgettext_lazy("access", "Open")
    CLOSED = "closed", pgettext_lazy("access", "Closed")
    CLASSIFIED = "classified", pgettext_lazy("access", "Classified")


class CommunityState(models.TextChoices):
    PROPOSED = "proposed", _("Waiting for a curator")
    ACTIVE = "active", _("Active")
    DECLINED = "declined", _("Declined")
    ARCHIVED = "archived", _("Archived")


COMMUNITY_TRANSITIONS: dict[str, set[str]] = {
    CommunityState.PROPOSED: {CommunityState.ACTIVE, CommunityState.DECLINED},
    CommunityState.ACTIVE: {CommunityState.ARCHIVED},
    CommunityState.ARCHIVED: {CommunityState.ACTIVE},
    CommunityState.DECLINED: set(),
}


class MembershipState(models.TextChoices):
    REQUESTED = "requested", _("Asked to join")
    ACTIVE = "active", _("Member")
    ENDED = "ended", _("Left")


MEMBERSHIP_TRANSITIONS: dict[str, set[str]] = {
    "": {MembershipState.REQUESTED, MembershipState.ACTIVE},
    MembershipState.REQUESTED: {MembershipState.ACTIVE, MembershipState.ENDED},
    MembershipState.ACTIVE: {MembershipState.ENDED},
    MembershipState.ENDED: {MembershipState.REQUESTED, MembershipState.ACTIVE},
}


class MembershipRole(models.TextChoices):
    MEMBER = "member", _("Member")
    LEAD = "lead", _("Lead")


class UnitKind(models.TextChoices):
    HOLDING = "holding", _("Holding")
    ENTERPRISE = "enterprise", _("Enterprise")
    SITE = "site", pgettext_lazy("place of work", "Site")
    DEPARTMENT = "department", _("Department")


# What each kind of unit may stand below; "" is the top of the tree.
UNIT_PARENTS: dict[str, set[str]] = {
    UnitKind.HOLDING: {"", UnitKind.HOLDING},
    UnitKind.ENTERPRISE: {"", UnitKind.HOLDING},
    UnitKind.SITE: {UnitKind.ENTERPRISE},
    UnitKind.DEPARTMENT: {UnitKind.ENTERPRISE, UnitKind.SITE, UnitKind.DEPARTMENT},
}


class CoverPattern(models.TextChoices):
    GEARS = "gears", _("Gears")
    BARS = "bars", _("Bars")
    LINES = "lines", _("Lines")
    WAVES = "waves", _("Waves")
    GRID = "grid", _("Grid")
    DOTS = "dots", _("Dots")


class Theme(models.TextChoices):
    AUTO = "auto", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Focus(models.TextChoices):
    """The part of a picture that stays in sight wherever the picture is cut to fit."""

    TOP_LEFT = "top-left", pgettext_lazy("part of a picture", "Top left")
    TOP = "top", pgettext_lazy("part of a picture", "Top")
    TOP_RIGHT = "top-right", pgettext_lazy("part of a picture", "Top right")
    LEFT = "left", pgettext_lazy("part of a picture", "Left")
    MIDDLE = "middle", pgettext_lazy("part of a picture", "Middle")
    RIGHT = "right", pgettext_lazy("part of a picture", "Right")
    BOTTOM_LEFT = "bottom-left", pgettext_lazy("part of a picture", "Bottom left")
    BOTTOM = "bottom", pgettext_lazy("part of a picture", "Bottom")
    BOTTOM_RIGHT = "bottom-right", pgettext_lazy("part of a picture", "Bottom right")


class SavedList(models.TextChoices):
    """Lists whose filters can be kept under a name. Their addresses are promised to others."""

    CATALOGUE = "catalogue", _("Catalogue")
    PEOPLE = "people", _("People")
    COMMUNITIES = "communities", _("Communities")

    @property
    def address(self) -> str:
        return f"/{self.value}/"
