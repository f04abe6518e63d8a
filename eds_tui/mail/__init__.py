"""E-mail: templates, messages, and the SMTP transport."""
