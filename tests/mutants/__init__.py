"""Draws mutants of the product's code, and says which of them no test kills."""
