"""Rules about partners: the stages of a relationship, the states of promises and memberships."""
