"""What holds for every template of the site."""

import re
from pathlib import Path

from django.conf import settings

TAG = r"(?:\{%[^%]*%\}|\{\{[^}]*\}\})"
FORM = re.compile(r"(<form(?:[^>{]|\{[{%].*?[%}]\})*>)(.*?)</form>", re.DOTALL)
NAMED = re.compile(rf"<(a|button|summary)\b((?:[^>{{]|{TAG})*)>(.*?)</\1>", re.DOTALL)
LABEL = re.compile(rf' aria-label="((?:[^"{{]|{TAG})*)"')
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
UNSEEN = re.compile(rf"<(?:[^>{{]|{TAG})*>|{{% (?!translate|blocktranslate)[^%]*%}}")
WORDS = re.compile(rf"{TAG}|\w+")
# What stands on these and what they are called is given by those who use them.
GIVEN = {"dropdown.html", "page_link.html"}
FIELDS = re.compile(r"<c-field|<c-image-field|crispy|\{\{ ?(?:form|field)|choices\.html")


def test_what_a_form_lacks_is_said_by_the_page_and_not_in_the_browsers_language() -> None:
    unsaid = {}
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for path in Path(folder).rglob("*.html"):
            for tag, body in FORM.findall(path.read_text(encoding="utf-8")):
                if 'method="post"' in tag and "novalidate" not in tag and FIELDS.search(body):
                    unsaid[path.name] = tag
    assert unsaid == {}


def test_what_stands_on_a_button_or_link_is_in_what_it_is_called() -> None:
    called = set()
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for path in Path(folder).rglob("*.html"):
            for _element, attributes, content in NAMED.findall(
                COMMENT.sub("", path.read_text(encoding="utf-8"))
            ):
                label = LABEL.search(attributes)
                seen = WORDS.findall(UNSEEN.sub(" ", content))
                if label and path.name not in GIVEN and not all(word in label[1] for word in seen):
                    called.add((path.name, label[1]))
    assert called == set()
