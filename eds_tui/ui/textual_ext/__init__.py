"""What is ours inside Textual: the one package that uses its private parts; see its README.md."""
