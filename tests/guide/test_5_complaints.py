"""Guide 5: how a formal complaint is made (rule 14)."""

from __future__ import annotations

import pytest

from eds_tui.services.information import topics

SUPPORT = "https://educationdigitalservices.lancashire.gov.uk/support.aspx"


@pytest.mark.parametrize("title", ["Formal complaints process", "Complaints form"])
def test_the_guidance_on_complaints_is_there_with_its_link(title: str) -> None:
    """Guide 5: after an escalation, whoever is still unhappy finds process and form."""
    told = {topic.title: topic for topic in topics("01772 000000", "desk@example.org")}
    assert told[title].link == SUPPORT
    assert "complaint" in told[title].text
