import { expect, test } from 'vitest';
import { missingClaim } from './required-claims.ts';

test.each([
  [{}, {}, undefined],
  [{ hd: 'acme.example' }, { hd: ['acme.example'] }, undefined],
  [{ hd: 'evil.example' }, { hd: ['acme.example'] }, 'hd'],
  [{ groups: ['a', 'b'] }, { groups: ['b', 'c'] }, undefined],
  [{ groups: ['a'], hd: 'acme.example' }, { hd: ['acme.example'], groups: ['b'] }, 'groups'],
  [{ groups: [] }, { groups: ['b'] }, 'groups'],
  [{ email_verified: true }, { email_verified: ['true'] }, undefined],
  [{ email_verified: false }, { email_verified: ['true'] }, 'email_verified'],
  [{ level: 1 }, { level: ['1'] }, 'level'],
  [{}, { constructor: ['x'] }, 'constructor'],
  [{ groups: { b: true } }, { groups: ['b'] }, 'groups'],
])('%j with the requirements %j lacks %j', (claims, required, missing) => {
  expect(missingClaim(claims, required)).toBe(missing);
});
