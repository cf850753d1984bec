"""The route of a document and every way it moves; who may answer, who may see an answer, and the guards against every other way."""
