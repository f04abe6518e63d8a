"""Actions: one class each; key, footer text and help row come from it."""
