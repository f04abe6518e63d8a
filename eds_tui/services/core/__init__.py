"""What several services share inside one transaction; services call this, and not one another."""
