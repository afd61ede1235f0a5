"""What measures extraction, and what trains it."""
