"""Rules of protocol: precedence, visits, gifts, ceremonial requests, guests and seats."""
