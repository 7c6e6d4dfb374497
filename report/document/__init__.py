"""The Document model shared by everything that writes: quantities, inlines, blocks, numbering."""
