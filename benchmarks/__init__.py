"""What measures speed, memory and quality, with peers in the same run."""
