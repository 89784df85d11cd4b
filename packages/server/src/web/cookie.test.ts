import { expect, test } from 'vitest';
import { placedCookie } from './cookie.ts';

test.each(['http://localhost:4000', 'https://localhost', 'http://127.0.0.1:4000'])(
  'no cookie for the whole host is made with a loopback issuer: %s',
  (issuer) => {
    expect(() => placedCookie(issuer, 'vestibule-x', { kind: 'host' })).toThrow('has no place');
  },
);
