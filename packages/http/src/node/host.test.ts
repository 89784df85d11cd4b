import { describe, expect, test } from 'vitest';
import { respondsAt } from './host.ts';

describe('an origin on this computer answers at a loopback host alone', () => {
  test.each([
    ['localhost:4000', true],
    ['localhost', true],
    ['localhost:8080', true],
    ['localhost.', true],
    ['notes.localhost:4000', true],
    ['127.0.0.1:4000', true],
    ['127.1.2.3', true],
    ['[::1]:4000', true],
    ['', true],
    ['evil.example:4000', false],
    ['evil.example', false],
    ['localhost.evil.example', false],
    ['127.0.0.1.evil.example:4000', false],
    ['evillocalhost', false],
    ['192.168.0.7:4000', false],
    ['0.0.0.0:4000', false],
    ['169.254.169.254', false],
    ['[::]:4000', false],
    ['localhost/x', true],
    ['localhost@evil.example', false],
    ['%', false],
  ])('%j: %j', (host, expected) => {
    expect(respondsAt('http://localhost:4000', host)).toBe(expected);
    expect(respondsAt('https://[::1]', host)).toBe(expected);
  });
});

test.each(['anything', 'localhost', ''])('any other origin answers at any host: %j', (host) => {
  expect(respondsAt('https://id.example', host)).toBe(true);
});
