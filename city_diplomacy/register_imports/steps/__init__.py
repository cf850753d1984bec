"""What a job does with the next lines of an import: look at them, write what they come to, or take it back."""
