"""The approval as a public record: custody, disposal, the exported and the printed record, the nightly watch."""
