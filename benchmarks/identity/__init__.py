"""Who is who: what comes of the evidence and its weights, measured against baselines."""
