import { expect, test } from 'vitest';
import { describeLocation, readDatabaseUrl } from './location.ts';

test.each([
  ['sqlite:./a.db', 'sqlite:./a.db'],
  ['sqlite:/var/lib/a.db', 'sqlite:/var/lib/a.db'],
  ['sqlite:///var/lib/a.db', 'sqlite:/var/lib/a.db'],
  ['sqlite://a.db', 'sqlite:a.db'],
  ['sqlite::memory:', 'sqlite::memory:'],
  ['sqlite:./ada@acme.db', 'sqlite:./ada@acme.db'],
  ['sqlite:///home/ada@acme.example/a.db', 'sqlite:/home/ada@acme.example/a.db'],
  ['sqlite:C:\\Users\\ada@acme\\a.db', 'sqlite:C:\\Users\\ada@acme\\a.db'],
  ['sqlite:C:/Users/ada@acme/a.db', 'sqlite:C:/Users/ada@acme/a.db'],
  ['postgres://ada:secret@db.example:5432/notes', 'postgres://db.example'],
  ['postgres:///notes?host=/tmp', 'postgres:///?host=/tmp'],
])('reads the database URL %s and describes it as %s', (url, named) => {
  const read = readDatabaseUrl(url);
  expect(read.ok ? describeLocation(read.location) : read.problem).toBe(named);
});

test.each([
  ['sqlite:./a.db?mode=ro', 'SQLite databases take no options here. Remove the ? and everything after it.'],
  ['sqlite::memory:?cache=shared', 'SQLite databases take no options here.'],
  ['sqlite:file:./a.db', 'sqlite:file:… must name only the file, as in sqlite:./vestibule.db.'],
  ['sqlite:file:./a.db?mode=ro', 'must name only the file'],
  ['file:./a.db', 'file:… must begin with sqlite:, as in sqlite:./vestibule.db.'],
  ['sqlite:', 'must look like sqlite:./vestibule.db'],
  ['sqlite:///', 'must look like sqlite:./vestibule.db'],
  ['./a.db', 'must look like sqlite:./vestibule.db'],
  [
    'sqlite://ada:secret@h/db',
    'sqlite:… must name only a file, as in sqlite:./vestibule.db: SQLite databases',
  ],
])('explains why the database URL %s is refused', (url, words) => {
  expect(readDatabaseUrl(url)).toEqual({ ok: false, problem: expect.stringContaining(words) });
});

test.each([
  'sqlite://ada:secret@h/db',
  'sqlite:ada:secret@h/db',
  'sqlite:/ada:secret@h/db',
  'sqlite:///ada:12/secret@h/db',
  'sqlite:////ada:12/secret@h/db',
  'sqlite:./ada:secret@h/db',
  'SQLITE://ada:secret@h/db',
  'sqlite://:secret@h/db',
  'sqlite:postgres://ada:secret@h/db',
  'sqlite:postgres:ada:secret@h/db',
  'sqlite:C:\\ada:secret@h\\db',
  'sqlite:a.db;password=secret',
  'sqlite:a.db&key=secret',
  'sqlite:vas_secret-secret-secret',
  'sqlite:\nada:secret@h',
])('refuses the database URL %j and repeats no part of it', (url) => {
  const read = readDatabaseUrl(url);
  expect(read.ok).toBe(false);
  expect(JSON.stringify(read)).not.toMatch(/secret|12|ada/);
});
