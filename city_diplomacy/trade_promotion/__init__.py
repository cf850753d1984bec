"""Trade leads: companies and markets the city brings together, and what became of it in ERPNext."""
