import { expect, test } from 'vitest';
import { judgeIdentity } from './judge-identity.ts';

test.each([[undefined], [null], ['text'], [7], [[]]])(
  '%j names no client, and is left to the policy',
  (body) => {
    expect(judgeIdentity(body, 'app')).toBeUndefined();
  },
);

test.each([
  ['its own client', { client_id: 'app' }, undefined],
  ['no client', {}, 'management.client-id'],
  ['another client', { client_id: 'other' }, 'management.client-id'],
  ['its own client, with a secret', { client_id: 'app', client_secret: 's' }, 'management.client-secret'],
  ['its own client, with an empty secret', { client_id: 'app', client_secret: '' }, undefined],
  ['its own client, with a secret of null', { client_id: 'app', client_secret: null }, undefined],
])('an update that names %s is judged so', (_, body, rule) => {
  expect(judgeIdentity(body, 'app')?.rule).toBe(rule);
});
