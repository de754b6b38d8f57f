"""Panels of the page editor that compare versions as readers see them."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.admin.compare import FieldComparison
from wagtail.admin.panels import FieldPanel

from people import access


class BodyComparison(FieldComparison):
    """Line by line, without what is not for whom the admin is working."""

    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        self.language = obj_b.locale.language_code

    def htmldiff(self) -> SafeString:
        from knowledge import version_diff  # it reads the models, which have this panel
        from knowledge.permission_policies import at_work

        viewer = access.viewer_of(at_work.get())
        before, after = (
            version_diff.body_lines(body, self.language, viewer) for body in (self.val_a, self.val_b)
        )
        rows = version_diff.compare(before, after)
        context = {"rows": rows, "language": self.language, "side_by_side": True}
        return render_to_string("knowledge/version_diff.html", context)


class BodyPanel(FieldPanel):
    def get_comparison_class(self) -> type[BodyComparison]:
        return BodyComparison
