"""Which changes of many entries?"""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from knowledge.choices import BulkItemState

if TYPE_CHECKING:
    from people.access import Viewer


class BulkChangeQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: "Viewer") -> "BulkChangeQuerySet":
        """One's own: they name entries that another may not see."""
        return self.filter(asked_by=viewer.user_id) if viewer.is_employee else self.none()

    def with_counts(self) -> "BulkChangeQuerySet":
        """With how many entries there are, and how many of them stand how."""
        counts = {
            f"{state}_count": models.Count("items", filter=Q(items__state=state))
            for state in BulkItemState.values
        }
        return self.annotate(total=models.Count("items"), **counts)
