"""What a council did with a document: the action recorded by its clerk, its minutes, the adopted texts, the papers it meets with."""
