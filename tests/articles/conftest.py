"""What the tests of articles share with those of publishing."""

from tests.publishing.conftest import cast

__all__ = ["cast"]
