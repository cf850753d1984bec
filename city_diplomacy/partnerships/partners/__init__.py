"""Places and organisations the city deals with: their names, likely doubles, finding them, what hangs on them."""
