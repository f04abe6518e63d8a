"""Passive widgets: given data, they post messages and call no service."""
