"""What is known, put into words, columns and cells for the screens; nothing here is drawn."""
