"""What others take: files, feeds, citations, widgets, pictures to share."""
