from people.models.break_glass import BreakGlass
from people.models.calendar import Holiday, WorkingCalendar, WorkingHours
from people.models.client_token import ClientToken
from people.models.community import Community
from people.models.community_collection import CommunityCollection
from people.models.competence import Competence, FormerCompetence
from people.models.files import Document, Image, Rendition
from people.models.invitation import Invitation
from people.models.member_batch import MemberBatch, MemberBatchRow
from people.models.membership import Membership, MembershipChange
from people.models.membership_rule import MembershipRule
from people.models.saved_view import SavedView, SavedViewFollow
from people.models.unit import Unit
from people.models.user import User

__all__ = [
    "BreakGlass",
    "ClientToken",
    "Community",
    "CommunityCollection",
    "Competence",
    "Document",
    "FormerCompetence",
    "Holiday",
    "Image",
    "Invitation",
    "MemberBatch",
    "MemberBatchRow",
    "Membership",
    "MembershipChange",
    "MembershipRule",
    "Rendition",
    "SavedView",
    "SavedViewFollow",
    "Unit",
    "User",
    "WorkingCalendar",
    "WorkingHours",
]
