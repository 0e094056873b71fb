"""Work items in Markdown: headings, bold lines or table rows that are items, with labels for files and waiting."""
