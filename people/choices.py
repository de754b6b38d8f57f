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


class Coming(models.TextChoices):
    """How somebody became a member."""

    OWN = "own", _("Joined")
    LEAD = "lead", _("Added by a lead")
    INVITATION = "invitation", _("By invitation")
    RULE = "rule", _("By a rule")


class Ending(models.TextChoices):
    """Who ended a membership, or a request for one. It decides who may bring the person back."""

    OWN = "own", _("Left")
    LEAD = "lead", _("Removed by a lead")
    DECLINED = "declined", _("Declined")
    RULE = "rule", _("No longer in the rule")


class MembershipRole(models.TextChoices):
    MEMBER = "member", _("Member")
    LEAD = "lead", _("Lead")


class BatchAction(models.TextChoices):
    """What is done to many people of a community at once."""

    ADD = "add", _("Add people")
    REMOVE = "remove", _("Remove")
    MAKE_LEAD = "make_lead", _("Make leads")
    STEP_DOWN = "step_down", _("Make ordinary members")
    APPROVE = "approve", _("Let in")
    DECLINE = "decline", _("Decline")


class BatchState(models.TextChoices):
    WAITING = "waiting", _("Under way")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")


class BatchOutcome(models.TextChoices):
    """What became of one row of a batch; empty while it has not been its turn."""

    DONE = "done", _("Done")
    ADDED = "added", _("Added")
    ALREADY = "already", _("Was so already")
    IS_MEMBER = "is_member", _("Is a member already")
    TWICE = "twice", _("Stands in the list twice")
    UNKNOWN = "unknown", _("Nobody of that name is known")
    SEVERAL = "several", _("Several people have that name: give the e-mail address")
    NO_ACCOUNT = "no_account", _("This address has no account: invite them by mail")
    INVITED = "invited", _("Invited by mail")
    WENT = "went", _("Left the community themselves: invite them instead")
    GONE = "gone", _("No longer with the company")
    LAST_LEAD = "last_lead", _("The community needs a lead")
    ONESELF = "oneself", _("That is you: leave or step down by yourself")
    TOO_LATE = "too_late", _("Somebody was quicker")
    REFUSED = "refused", _("The community takes no new members at present")


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
