"""Who wrote with whom: networks of co-authors, and what is measured on them."""
