"""Guide 4: how an incident is escalated (rule 14)."""

from __future__ import annotations

from eds_tui.services.information import topics

SUPPORT = "https://educationdigitalservices.lancashire.gov.uk/support.aspx"


def test_the_guidance_on_escalation_is_there_with_its_link() -> None:
    """Guide 4: whoever wishes to escalate an incident follows the guidance behind the link."""
    told = {topic.title: topic for topic in topics("01772 000000", "desk@example.org")}
    assert told["Escalation process"].link == SUPPORT
    assert "01772 000000 to escalate it" in " ".join(told["Escalation process"].text.split())
