"""The rules of reporting faults: pure values and functions, no input or output, no framework."""
