"""The record of decisions: the ledger's chain, what its entries say, the text they rest on, and who may read the words."""
