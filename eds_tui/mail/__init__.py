"""E-mail: its texts, how a message is made, and how it gets to the mail server."""
