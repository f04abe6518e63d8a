"""What the program has of its machine: files, log, clock, terminal, hashes of passwords."""
