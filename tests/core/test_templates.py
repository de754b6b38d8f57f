"""What holds for every template of the site."""

import re
from pathlib import Path

from django.conf import settings

FORM = re.compile(r"(<form(?:[^>{]|\{[{%].*?[%}]\})*>)(.*?)</form>", re.DOTALL)
FIELDS = re.compile(r"<c-field|<c-image-field|crispy|\{\{ ?(?:form|field)|choices\.html")


def test_what_a_form_lacks_is_said_by_the_page_and_not_in_the_browsers_language() -> None:
    unsaid = {}
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for path in Path(folder).rglob("*.html"):
            for tag, body in FORM.findall(path.read_text(encoding="utf-8")):
                if 'method="post"' in tag and "novalidate" not in tag and FIELDS.search(body):
                    unsaid[path.name] = tag
    assert unsaid == {}
