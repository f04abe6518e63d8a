"""What tests say of themselves, for whoever adds it up."""

KIOSK_STARTED = "kiosk started"
"""The property of a test that is set once for each start of the kiosk in its own process."""
