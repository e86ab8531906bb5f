"""A session that is answered in the room, and its pages."""

from pathlib import Path

import pytest

from bart_tool.web.guard import Guard
from bart_tool.web.site import Site
from bart_tool.workflow.open_session import OpenSession
from tests.tui import sample
from tests.web.phone import pages


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return sample.opened(tmp_path)


@pytest.fixture
def served(opened: OpenSession) -> tuple[Site, Guard]:
    return pages(opened)
