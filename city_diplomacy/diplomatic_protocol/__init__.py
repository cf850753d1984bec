"""The consular corps, visits, gifts, ceremonial requests, guest lists and seating."""
