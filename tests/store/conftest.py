"""What the tests of the store share with those of the verbs: the same test on each store."""

from tests.workflow.conftest import each_store, pytest_collection_modifyitems

__all__ = ("each_store", "pytest_collection_modifyitems")
