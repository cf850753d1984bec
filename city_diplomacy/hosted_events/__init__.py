"""International events the city hosts, from the bid to what stays of them."""
