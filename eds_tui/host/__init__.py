"""What the program uses of its machine: files, log, clock, terminal, password hashes."""
