import { describe, expect, test } from 'vitest';
import { readAddress } from './address.ts';

describe('an address that can be read', () => {
  test.each([
    ['postgres://ada:secret@db.example:5432/notes', 'postgres://db.example'],
    ['postgresql://ada:secret@db.example/notes?sslmode=verify-full', 'postgresql://db.example'],
    ['POSTGRES://db.example/notes', 'postgres://db.example'],
    ['postgres://ada:secret@[::1]:5432/notes', 'postgres://[::1]'],
    ['postgres://ada:s%2Fe%3Fc%23r%40e%3At%25@db.example/notes', 'postgres://db.example'],
    ['postgres://ada@acme:se:cr@et@db.example/notes', 'postgres://db.example'],
    ['postgres://ada:se cret@db.example/notes', 'postgres://db.example'],
    ['postgres://nobody@elsewhere/notes?host=db.example&password=secret', 'postgres://db.example'],
    ['postgres:///notes?host=/var/run/postgresql', 'postgres:///?host=/var/run/postgresql'],
    ['postgres://ada:secret@/notes?host=/tmp', 'postgres:///?host=/tmp'],
    ['postgresql://ada:secret@%2Fvar%2Frun:5433/notes', 'postgresql:///?host=/var/run'],
    ['postgres://db.example/notes?options=-c search_path=vestibule', 'postgres://db.example'],
    ['postgres://ada:secret@a.example:5433,b.example/notes', 'postgres://a.example,b.example'],
    ['postgres://ada:se,cret@[::1]:5433,[::2]/notes', 'postgres://[::1],[::2]'],
    ['postgres://ada:secret@%2Ftmp:5433,%2Ftmp:5434/notes', 'postgres:///?host=/tmp,/tmp'],
  ])('%s is named by scheme and host alone', (address, place) => {
    expect(readAddress(address)).toMatchObject({ ok: true, place });
  });
});

test.each([
  [
    'POSTGRES://ada:s%2Fe@a.example:5433,b.example/notes?sslmode=verify-full',
    [
      'postgres://ada:s%2Fe@a.example:5433/notes?sslmode=verify-full',
      'postgres://ada:s%2Fe@b.example/notes?sslmode=verify-full',
    ],
  ],
  ['postgres://ada@db.example/notes', ['postgres://ada@db.example/notes']],
])('%s has a URL for each of its hosts', (address, hosts) => {
  expect(readAddress(address)).toMatchObject({ ok: true, hosts });
});

test.each([
  ['one host', 'postgres://ada@a.example/notes', false],
  ['one host of any kind', 'postgres://ada@a.example/notes?target_session_attrs=any', false],
  ['one host for writes', 'postgres://ada@a.example/notes?target_session_attrs=read-write', true],
  ['one host that is a primary', 'postgres://ada@a.example/notes?target_session_attrs=primary', true],
  ['several hosts', 'postgres://ada@a.example,b.example/notes', true],
  [
    'several hosts for writes',
    'postgres://ada@a.example,b.example/notes?target_session_attrs=read-write',
    true,
  ],
])('an address with %s decides whether the host must accept writes', (_, address, mustBeWritable) => {
  expect(readAddress(address)).toMatchObject({ ok: true, mustBeWritable });
});

describe('an address with a reserved character in its password is refused, and no part of it is repeated', () => {
  test.each([
    'postgres://ada:12/secret@db.example/notes',
    'postgres://ada:12/se@secret@db.example/notes',
    'postgres://ada:12?secret@db.example/notes',
    'postgres://ada:12#secret@db.example/notes',
    'postgres://ada:secret/@db.example/notes',
    'postgres://ada:secret?x@db.example/notes',
    'postgres://ada:secret#x@db.example/notes',
    'postgres://ada:secret%@db.example/notes',
    'postgres://ada:secret%zz@db.example/notes',
    'postgres://ada:secret%ff@db.example/notes',
    'postgres://ada:99999/se@secret@db.example/notes',
    'postgres://ada:secret@db.example:99999/notes@x',
    'postgres://ada:secret/notes',
    'postgres://ada:se@cr:et:99999/notes',
    'postgres://ada:12,secret/notes',
    'postgres://ada:5432,secret:5433/notes',
    'postgres://ada:12@db.example,db.example/secret@notes',
    'postgres://ada:secret@[db.example/notes',
    'postgres://db.example/notes?password=secret@x',
  ])('%s', (address) => {
    const read = readAddress(address);
    expect(read).toMatchObject({ ok: false, problem: expect.stringContaining('/ is written %2F') });
    expect(JSON.stringify(read)).not.toMatch(/secret|12/);
  });
});

test.each([
  ['postgres://ada:secret@db.example:99999/notes', 'must have a port between 1 and 65535 behind the host'],
  ['postgres://ada:secret@db.example:0/notes', 'must have a port between 1 and 65535'],
  ['postgres://ada:secret@db.example:port/notes', 'must have a port between 1 and 65535'],
  ['postgres://ada:secret@db.example:/notes', 'must have a port between 1 and 65535'],
  ['postgres://ada:secret@[::1]:654321/notes', 'must have a port between 1 and 65535'],
  ['postgres://db.example:99999/notes', 'must have a port between 1 and 65535'],
  ['mysql://ada:secret@db.example/notes', 'must look like postgres://user:password@host:5432/database.'],
  ['host=db.example password=secret', 'must look like postgres://'],
  ['postgres:/ada:secret@db.example/notes', 'must look like postgres://'],
  ['postgres://ada:secret@db.example', 'must name a database behind the host'],
  ['postgres://ada:secret@db.example/', 'must name a database behind the host'],
  ['postgres:///notes', 'must name a host, or the folder of a socket: postgres:///database?host='],
  ['postgres://ada:secret@/notes', 'must name a host, or the folder of a socket'],
  ['postgres://ada:secret@a.example,/notes', 'must name a host before and behind each comma'],
  ['postgres://ada:secret@,a.example/notes', 'must name a host before and behind each comma'],
  ['postgres://ada:secret@a.example,b.example:0/notes', 'must have a port between 1 and 65535'],
  ['postgres://ada:secret@a.example:5432,b.example:port/notes', 'must have a port between 1 and 65535'],
  ['postgres://ada:secret@/notes?host=a.example,b.example', 'must name several hosts before the database'],
  ['postgres://ada:secret@a.example%2Cb.example/notes', 'must name several hosts before the database'],
  ['postgres://ada:secret@a.example,b.example/notes?host=c.example', 'must name several hosts before'],
  [
    'postgres://ada:secret@a.example,b.example/notes?target_session_attrs=any',
    'target_session_attrs=read-write',
  ],
  ['postgres://ada:secret@a.example/notes?target_session_attrs=standby', 'target_session_attrs=read-write'],
])('%s is refused in words', (address, words) => {
  const read = readAddress(address);
  expect(read).toMatchObject({ ok: false, problem: expect.stringContaining(words) });
  expect(JSON.stringify(read)).not.toContain('secret');
});
