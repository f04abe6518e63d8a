"""What several services share inside one transaction; services call this, not one another."""
