"""What a person sees of an approval: the inbox, a route, what came back, the timeline."""
