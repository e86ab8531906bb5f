"""The pictures of topics as a browser draws them on a phone: every letter can be read."""

import pytest
from playwright.sync_api import BrowserContext

from bart_tool.report.tokens import shipped, template
from tests.figures import figure
from tests.report.test_topic_matrix import any_workshop, drawings

PHONE = {"width": 360, "height": 640}
# Every text that is too small, leaves its picture or lies on another, as the browser measures it.
WRONG = """() => [...document.querySelectorAll('svg')].flatMap((svg, number) => {
    const room = svg.getBoundingClientRect(), scale = room.width / svg.viewBox.baseVal.width;
    const texts = [...svg.querySelectorAll('text')].map(each => {
        const box = each.getBoundingClientRect();
        return {says: each.textContent, left: box.left + 0.5, right: box.right - 0.5,
                top: box.top + 3, bottom: box.bottom - 3,
                size: parseFloat(getComputedStyle(each).fontSize) * scale};
    });
    const out = one => one.left < room.left || one.right > room.right
        || one.top < room.top || one.bottom > room.bottom;
    const on = (one, other) => one.left < other.right && other.left < one.right
        && one.top < other.bottom && other.top < one.bottom;
    return texts.flatMap((one, place) => [
        ...(one.size < 12 ? [[number, 'small', one.says]] : []),
        ...(out(one) ? [[number, 'outside', one.says]] : []),
        ...texts.slice(place + 1).filter(other => on(one, other))
            .map(other => [number, one.says, other.says]),
    ]);
})"""


@pytest.mark.parametrize("seed", range(figure(3, 40)))
def test_every_letter_can_be_read_on_a_phone(context: BrowserContext, seed: int) -> None:
    made = [svg for _, svg in drawings(*any_workshop(seed))]
    assert made
    style = f"{shipped().css()}\n{template('page.css')}\n{template('figures.css')}"
    figures = "".join(f"<div class=picture><figure>{svg}</figure></div>" for svg in made)
    page = context.new_page()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.set_content(f"<style>{style}</style><div id=page><main>{figures}</main></div>")
    assert page.evaluate(WRONG) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
