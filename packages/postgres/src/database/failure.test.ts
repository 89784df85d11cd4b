import { expect, test } from 'vitest';
import { isAway, isSilence } from './failure.ts';

const withCode = (code: string): Error => Object.assign(new Error(code), { code });

test.each([
  ['a refused connection', withCode('ECONNREFUSED'), true],
  ['a name without an address', withCode('ENOTFOUND'), true],
  ['a connection that takes too long', new Error('Connection terminated due to connection timeout'), true],
  ['a server that starts', withCode('57P03'), true],
  ['a standby', withCode('25006'), true],
  ['a server without connections left', withCode('53300'), false],
  ['a pool whose connections are in use', new Error('timeout exceeded when trying to connect'), false],
  ['a wrong password', withCode('28P01'), false],
  ['a missing database', withCode('3D000'), false],
])('another host is tried, or not: %s', (_, error, expected) => {
  expect(isAway(error)).toBe(expected);
});

test.each([
  ['a server that does not respond', new Error('Query read timeout'), true],
  ['a host that vanished', withCode('EHOSTUNREACH'), true],
  ['a statement that the server ended', withCode('57014'), false],
  ['a connection that was closed', new Error('Connection terminated unexpectedly'), false],
])('other connections are given up, or not: %s', (_, error, expected) => {
  expect(isSilence(error)).toBe(expected);
});
