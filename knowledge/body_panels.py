"""Panels of the page editor that compare versions as readers see them."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.admin.compare import StreamFieldComparison
from wagtail.admin.panels import FieldPanel

from people import access


class BodyComparison(StreamFieldComparison):
    """Line by line, without what is not for whom the admin is working."""

    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        self.language = obj_b.locale.language_code

    def htmldiff(self) -> SafeString:
        from knowledge import version_diff  # it reads the models, which have this panel
        from knowledge.permission_policies import at_work

        user = at_work.get()
        if user is None or user.is_superuser:
            # Who sees everything is no viewer: Wagtail's own comparison names everything.
            return super().htmldiff()
        viewer = access.viewer_of(user)
        before, after = (
            version_diff.body_lines(body, self.language, viewer, with_links=True)
            for body in (self.val_a, self.val_b)
        )
        rows = version_diff.compare(before, after)
        context = {"rows": rows, "language": self.language, "side_by_side": True}
        return render_to_string("knowledge/version_diff.html", context)


class BodyPanel(FieldPanel):
    def get_comparison_class(self) -> type[BodyComparison]:
        return BodyComparison
