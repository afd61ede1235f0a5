-- From format 1: what extraction failed at is told apart from what could not be read, and a paper knows its line.
ALTER TABLE problem ADD COLUMN extraction BOOLEAN DEFAULT false;
ALTER TABLE problem ALTER COLUMN extraction DROP DEFAULT;
ALTER TABLE document ADD COLUMN line INTEGER;
