"""Who is who: what weighs how much is learnt here, and what comes of it is measured against baselines."""
