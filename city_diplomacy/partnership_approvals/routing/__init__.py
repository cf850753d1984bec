"""Which DocTypes are routed, under which policy, who would be asked, and who may know of a document."""
