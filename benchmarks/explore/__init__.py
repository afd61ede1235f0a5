"""How quickly ``kg-builder explore`` starts, searches and opens pages on a graph of a million nodes."""
