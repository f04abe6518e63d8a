"""What sshd starts: the kiosk, the prefork server and its client, and who an SSH key belongs to."""
