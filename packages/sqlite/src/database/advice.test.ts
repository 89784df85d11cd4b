import { expect, test } from 'vitest';
import { explained } from './advice.ts';

test.each([
  ['SQLITE_READONLY', /may not write it/],
  ['SQLITE_READONLY_DBMOVED', /may not write it/],
  ['EROFS', /may not write it/],
  ['EACCES', /may not write it/],
  ['SQLITE_BUSY_SNAPSHOT', /another program is writing it/],
  ['SQLITE_FULL', /the disk is full/],
  ['ENOSPC', /the disk is full/],
  ['SQLITE_IOERR_FSYNC', /does not read or write it/],
  ['SQLITE_CORRUPT_INDEX', /it is damaged/],
  ['SQLITE_CANTOPEN', /it is gone/],
])('%s is an outage, and says what to do', (code, message) => {
  const cause = Object.assign(new Error('raw'), { code });
  expect(explained('/data/a.db', cause)).toMatchObject({
    code: 'STORE_UNAVAILABLE',
    message: expect.stringMatching(message),
    cause,
  });
});

test.each([new Error('a bug'), Object.assign(new Error('taken'), { code: 'SQLITE_CONSTRAINT' }), 'text'])(
  '%s stays what it is',
  (error) => {
    expect(explained('/data/a.db', error)).toBe(error);
  },
);
