"""The rules of incidents: pure values and functions, no input or output, no framework."""
