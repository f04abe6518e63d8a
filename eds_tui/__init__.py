"""The terminal kiosk in which a schools' ICT service centre logs, follows and answers faults."""

__version__ = "0.1.0"
