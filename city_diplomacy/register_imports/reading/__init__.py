"""From the file to what its lines say: headings, columns, cells, and the records cells name."""
