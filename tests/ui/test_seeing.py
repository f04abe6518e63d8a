"""What can be read by weak eyes: the measure that ``test_scenes`` looks at every screen with."""

from __future__ import annotations

import pytest
from rich.style import Style

from tests.ui.contrast import contrast


def test_the_contrast_of_black_and_white_is_twenty_one() -> None:
    """WCAG 2: the ends of the scale."""
    assert contrast(Style(color="#ffffff", bgcolor="#000000")) == pytest.approx(21)
    assert contrast(Style(color="#777777", bgcolor="#ffffff")) == pytest.approx(4.48, abs=0.005)
