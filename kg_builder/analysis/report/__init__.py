"""What a study found, told in words, tables and pictures: HTML and Markdown from the same content."""
