"""Faults that people reported, one short test for each kind."""
