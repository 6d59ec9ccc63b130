from tests.cms_content.conftest import site

__all__ = ["site"]
