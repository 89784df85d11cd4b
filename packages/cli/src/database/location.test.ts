import { expect, test } from 'vitest';
import { describeLocation, readDatabaseUrl } from './location.ts';

test.each([
  ['sqlite:./a.db', 'sqlite:./a.db'],
  ['sqlite:/var/lib/a.db', 'sqlite:/var/lib/a.db'],
  ['sqlite:///var/lib/a.db', 'sqlite:/var/lib/a.db'],
  ['sqlite://a.db', 'sqlite:a.db'],
  ['sqlite::memory:', 'sqlite::memory:'],
  ['postgres://ada:secret@db.example:5432/notes', 'postgres://db.example'],
  ['postgres:///notes?host=/tmp', 'postgres:///?host=/tmp'],
])('%s is read, and named as %s', (url, named) => {
  const read = readDatabaseUrl(url);
  expect(read.ok ? describeLocation(read.location) : read.problem).toBe(named);
});

test.each([
  ['sqlite:./a.db?mode=ro', 'SQLite databases take no options here. Leave out ? and what stands behind it.'],
  ['sqlite::memory:?cache=shared', 'SQLite databases take no options here.'],
  ['sqlite:file:./a.db', 'sqlite:file:… must name the file alone, as in sqlite:./vestibule.db.'],
  ['sqlite:file:./a.db?mode=ro', 'must name the file alone'],
  ['file:./a.db', 'file:… must begin with sqlite:, as in sqlite:./vestibule.db.'],
  ['sqlite:', 'must look like sqlite:./vestibule.db'],
  ['sqlite:///', 'must look like sqlite:./vestibule.db'],
  ['./a.db', 'must look like sqlite:./vestibule.db'],
])('%s is refused in words', (url, words) => {
  expect(readDatabaseUrl(url)).toEqual({ ok: false, problem: expect.stringContaining(words) });
});
