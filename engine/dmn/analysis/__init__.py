"""What can be said about a model without deciding anything."""
