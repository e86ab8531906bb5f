"""The site of docs/: it is whole, each page says its language, and no other site is asked."""

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.pages import PAGES, ROOT, text_of

if find_spec("mkdocs") is None and not os.environ.get("BART_NEEDS_SITE"):
    pytest.skip('no mkdocs here: pip install -e ".[docs]"', allow_module_level=True)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site; a warning, such as a link or an anchor that leads nowhere, fails its making."""
    made = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(made)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return made


def test_every_page_is_there_in_its_own_language(site: Path) -> None:
    for page in (each.removeprefix("docs/") for each in PAGES if each.startswith("docs/")):
        made = (site / page).with_suffix(".html").read_text("utf-8")
        spoken = "en" if text_of(f"docs/{page}").startswith("---\nlang: en\n") else "nl"
        assert f'<html lang="{spoken}"' in made, page


def test_no_page_asks_another_site_for_anything(site: Path) -> None:
    asks = re.compile(r"""<(?:script|img|link|iframe)[^>]+(?:src|href)=["']?(?:https?:)?//""")
    for page in site.rglob("*.html"):
        assert asks.search(page.read_text("utf-8")) is None, page.name
