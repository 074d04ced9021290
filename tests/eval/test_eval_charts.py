import xml.etree.ElementTree as ET

from eval.charts import BAR, bars, histogram
from eval.figures import Figure


def rects(svg: str, name: str) -> list[float]:
    return [float(rect.get("width", "nan")) for rect in ET.fromstring(svg).iter("rect") if rect.get("class") == name]


def test_bars_are_as_long_as_their_shares_and_no_figure_has_none() -> None:
    svg = bars([("a<b", Figure("x", 0.25, 0.1, 0.4, 8)), ("none", Figure("x", None, None, None, 0))], 'say "x"')
    assert rects(svg, "bar") == [BAR / 4]
    assert len(rects(svg, "track")) == 2
    assert "25.0% of 8" in svg
    assert ET.fromstring(svg).get("aria-label") == 'say "x"'


def test_a_histogram_counts_every_value_once() -> None:
    svg = histogram([0.0, 1.0, 9.9, 10.0], "times", bins=5)
    titles = [title.text for title in ET.fromstring(svg).iter("title")]
    assert titles == ["2", "0", "0", "0", "2"]
    assert histogram([], "times") == ""
    assert histogram([0.0], "times", bins=2).count("<rect") == 2
