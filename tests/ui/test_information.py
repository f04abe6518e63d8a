"""All there is to read, from one key (rule 14)."""

from __future__ import annotations

import pytest

from eds_tui.domain.lifecycle import State
from eds_tui.services.information import topics
from eds_tui.settings import Settings
from tests.ui.conftest import Open, Size
from tests.ui.sitting import lines, place, press, prose, screen

TALL = (120, 60)
SCHOOL = ("What the states mean", "Your school", "Broadband and online services")


@pytest.mark.parametrize("login", ["00000EDU", "handler"])
async def test_every_topic_is_reached_by_one_key_and_the_arrows(
    kiosk: Open, settings: Settings, login: str
) -> None:
    """Rule 14: each text in full, with its link."""
    texts = topics(settings.service_centre_telephone, settings.service_centre_email)
    assert len(texts) >= 8
    before = SCHOOL if login == "00000EDU" else SCHOOL[:1]
    async with kiosk(login, size=TALL) as pilot:
        await press(pilot, "i", *["down"] * (len(before) - 1))
        for topic in texts:
            await press(pilot, "down")
            right = [line.partition("│")[2].strip() for line in screen(pilot).split("\n")]
            assert " ".join(topic.text.split()) in " ".join(" ".join(right).split())
            (*_, last) = [line for line in lines(pilot)[:-1] if line.strip()]
            assert not topic.link or topic.link.endswith(last.strip())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_link_that_fits_is_whole_on_a_line_of_its_own(
    kiosk: Open, settings: Settings, size: Size
) -> None:
    texts = topics(settings.service_centre_telephone, settings.service_centre_email)
    link = "https://educationdigitalservices.lancashire.gov.uk/support.aspx"
    async with kiosk(size=size) as pilot:
        await press(pilot, "i")
        await press(pilot, *["down"] * (1 + [topic.link for topic in texts].index(link)))
        assert lines(pilot)[-2] == f" {link}"
        assert screen(pilot).count("https://") == 1


async def test_a_long_text_is_scrolled_and_esc_goes_back(kiosk: Open) -> None:
    """Rule 14: on the smallest usual screen too."""
    async with kiosk("00000EDU", size=(80, 20)) as pilot:
        await press(pilot, "i")
        assert State.CLOSED.explanation.split(".")[0] not in prose(pilot).replace("│ ", "")
        await press(pilot, "space", "pagedown", "pagedown", "pagedown")
        assert "Closed" in screen(pilot)
        await press(pilot, "pageup", "pageup", "pageup", "pageup")
        assert "Logged just now" in screen(pilot)
        await press(pilot, "escape")
        assert place(pilot) == "HomeScreen"
