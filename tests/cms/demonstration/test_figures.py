import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from cms.demonstration import markdown, source
from cms.demonstration.figures import catalogue

SHOWN = {figure for entry in source.read().entries for figure in markdown.figures(entry.body)}


def test_every_figure_of_every_body_has_its_drawing_and_none_is_left_over() -> None:
    assert set(catalogue.DRAWINGS) == SHOWN


@pytest.mark.parametrize("figure_id", sorted(catalogue.DRAWINGS))
def test_a_drawing_is_well_formed_and_the_same_each_time(figure_id: str) -> None:
    svg = catalogue.DRAWINGS[figure_id]().svg()
    assert catalogue.DRAWINGS[figure_id]().svg() == svg
    drawing = ElementTree.fromstring(svg)
    assert len(list(drawing.iter())) > 12
    assert not re.search(r"\bnan\b|\binf\b", svg)


@pytest.mark.slow
@pytest.mark.parametrize("figure_id", ["invest-tornado", "porosity-section", "training-circle"])
def test_a_picture_is_a_light_png(figure_id: str) -> None:
    data = catalogue.draw(figure_id)
    picture = Image.open(BytesIO(data))
    assert (picture.format, picture.size) == ("PNG", (1600, 900))
    assert len(data) < 120_000
    assert len(set(picture.convert("RGB").resize((64, 36)).get_flattened_data())) > 40


def test_letters_come_with_the_packages_and_are_drawn() -> None:
    """The board of the training carries a Hebrew word; without a font the slate would be bare."""
    slate = Image.open(BytesIO(catalogue.draw("training-circle"))).convert("L").crop((640, 130, 960, 250))
    bright = sum(value > 200 for value in slate.get_flattened_data())
    assert bright > 2_000


def test_an_unknown_figure_is_told() -> None:
    with pytest.raises(catalogue.UnknownFigure, match="no-such-figure"):
        catalogue.draw("no-such-figure")
