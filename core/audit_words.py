"""What the audit log calls what was done: words for every action, as its readers see and filter them.

A new action gets its words here; tests/core/test_audit_words.py finds those that have none.
"""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

ACTIONS: Mapping[str, Any] = {
    "calendar.saved": _("Working calendar saved"),
    "community.access_changed": _("Access of a community changed"),
    "community.active": _("Community opened"),
    "community.archived": _("Community archived"),
    "community.declined": _("Proposed community declined"),
    "community.glass_broken": _("Entered a classified community by breaking the glass"),
    "community.lead_added": _("Made lead of a community"),
    "community.lead_removed": _("No longer lead of a community"),
    "community.proposed": _("Community proposed"),
    "community.sections_arranged": _("Sections of a community arranged"),
    "competence.added": _("Competence added"),
    "competence.merged": _("Competence merged into another"),
    "competence.moved": _("Competence moved"),
    "competence.removed": _("Competence deleted"),
    "competence.split": _("Competence split"),
    "conversation.locked": _("Conversation closed to writing"),
    "conversation.unlocked": _("Conversation opened to writing again"),
    "correction.accepted": _("Correction accepted"),
    "correction.declined": _("Correction declined"),
    "entries.bulk_change": _("Many entries changed at once"),
    "entry.access_changed": _("Access of an entry changed"),
    "entry.archived": _("Entry archived"),
    "entry.checked": _("Entry checked: still true"),
    "entry.files_moved": _("Files of an entry moved"),
    "entry.handed_over": _("Entry handed over to another owner"),
    "entry.moved": _("Entry moved to another community"),
    "entry.owner_asked": _("Owner asked about an entry"),
    "entry.pinned": _("Entry pinned"),
    "entry.unpinned": _("Pin of an entry taken away"),
    "exchange_rate.removed": _("Exchange rate deleted"),
    "exchange_rate.set": _("Exchange rate set"),
    "exchange_rates.imported": _("Exchange rates imported"),
    "invitation.made": _("Invitation made"),
    "invitation.revoked": _("Invitation withdrawn"),
    "member_batch.add": _("Many people added to a community"),
    "member_batch.approve": _("Many requests to join approved"),
    "member_batch.decline": _("Many requests to join declined"),
    "member_batch.make_lead": _("Many members made leads"),
    "member_batch.remove": _("Many members removed"),
    "member_batch.step_down": _("Many leads made ordinary members"),
    "membership.admitted": _("Admitted to a community"),
    "membership.admitted_in_bulk": _("Admitted to a community together"),
    "membership.declined": _("Request to join declined"),
    "membership.removed": _("Taken out of a community"),
    "membership.removed_in_bulk": _("Taken out of a community together"),
    "membership_rule.made": _("Membership rule made"),
    "membership_rule.removed": _("Membership rule ended"),
    "person.deactivated": _("Person deactivated"),
    "person.email_changed": _("E-mail address of a person changed"),
    "person.placed": _("Place in the organisation changed"),
    "person.reactivated": _("Person activated again"),
    "person.registered": _("Person registered"),
    "person.vetted": _("Vetted competences of a person changed"),
    "promotion.added": _("Recommendation in the search added"),
    "promotion.changed": _("Recommendation in the search changed"),
    "promotion.removed": _("Recommendation in the search deleted"),
    "synonyms.added": _("Synonyms of the search added"),
    "synonyms.changed": _("Synonyms of the search changed"),
    "synonyms.removed": _("Synonyms of the search deleted"),
    "message.deleted": _("Message of somebody taken away"),
    "replication.confirmed": _("Figures of a replication confirmed"),
    "replication.edited": _("Replication changed"),
    "replication.questioned": _("Figures of a replication questioned"),
    "replication.recorded": _("Replication recorded"),
    "replication.withdrawn": _("Replication withdrawn"),
    "role.given": _("Role given"),
    "role.taken": _("Role taken"),
    "tag.merged": _("Tag merged into another"),
    "tag.removed": _("Unused tag deleted"),
    "tag.renamed": _("Tag renamed"),
    "tag.split": _("Tag split"),
    "token.issued": _("Access token issued"),
    "token.revoked": _("Access token revoked"),
    "topic.access_changed": _("Access of a topic changed"),
    "topic.closed": _("Topic closed"),
    "topic.reopened": _("Topic opened again"),
    "unit.added": _("Unit added"),
    "unit.merged": _("Enterprise merged into another"),
    "unit.moved": _("Unit moved"),
    "unit.removed": _("Unit deleted"),
}


def action(code: str) -> str:
    """The words for an action; its code where a later release wrote it."""
    return str(ACTIONS.get(code, code))


def kind(label: str) -> str:
    """What sort of thing it was done to: "people.community" is "Community"."""
    try:
        return capfirst(str(apps.get_model(label)._meta.verbose_name))
    except (LookupError, ValueError):
        return label
