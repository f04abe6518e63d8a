"""E-mails: their texts, how they are built, and how they are sent."""
