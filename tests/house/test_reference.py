"""The generated pages in docs/reference are those the code would make now."""

import pytest

from tests.setup.reference import PAGES, REFERENCE


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_generated_page_is_current(name: str) -> None:
    path = REFERENCE / name
    assert path.exists(), "run `make reference`"
    assert path.read_text() == PAGES[name](), "run `make reference`"
