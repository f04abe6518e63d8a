"""Bare Textual programs that the kiosk is measured against, written as the framework comes."""
