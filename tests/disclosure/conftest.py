"""What these tests share with those of the verbs: a folder in memory."""

from tests.workflow.conftest import quick_path

__all__ = ["quick_path"]
