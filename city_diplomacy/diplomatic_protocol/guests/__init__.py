"""Guest lists of visits, receptions and events: who is invited, who comes, and where each of them sits."""
