import type { Client, ClientAuthenticationMethod, DocumentAuthentication } from '@vestibule/core';
import { describe, expect, test } from 'vitest';
import type { BoundMethod } from '../records/grant.ts';
import { bindingMethod, methodAtApproval, methodProblem } from './bound-method.ts';

const CORE = {
  realm: 'main',
  id: 'app',
  version: 1,
  name: 'App',
  redirectUris: ['https://app.example/cb'],
  grantTypes: ['authorization_code', 'refresh_token'],
  applicationType: 'web',
  issuedAt: 0,
} as const;

const keys = { jwksUri: 'https://app.example/jwks' };

const described = (authentication?: DocumentAuthentication): Client => ({
  ...CORE,
  kind: 'metadata-document',
  document: {
    uri: 'https://app.example/client.json',
    fetchedAt: 0,
    expiresAt: 1,
    fingerprint: 'f',
    ...(authentication !== undefined && { authentication }),
  },
});

const CLIENTS = {
  none: described({ accepts: 'none' }),
  either: described({ accepts: 'either', keys }),
  key: described({ accepts: 'private_key_jwt', keys }),
  'from before authentication was stored': described(),
} as const;

const DYNAMIC: Client = { ...CORE, kind: 'dynamic', registration: {} };
const PREREGISTERED: Client = {
  ...CORE,
  kind: 'pre-registered',
  terms: { authentication: { method: 'private_key_jwt', ...keys }, access: [], rememberConsent: false },
};

const UNBOUND = undefined;
const KEY = 'private_key_jwt';

/** Document, method of the request, what the grant is bound to, whether it can be exchanged, whether it can be refreshed. */
type Row = [keyof typeof CLIENTS, ClientAuthenticationMethod, BoundMethod | undefined, boolean, boolean];

const EVERY_CASE: readonly Row[] = [
  ['none', 'none', UNBOUND, true, true],
  ['none', 'none', KEY, false, false],
  ['none', KEY, UNBOUND, false, false],
  ['none', KEY, KEY, false, false],
  ['either', 'none', UNBOUND, true, true],
  ['either', 'none', KEY, false, false],
  ['either', KEY, UNBOUND, true, false],
  ['either', KEY, KEY, true, true],
  ['key', 'none', UNBOUND, false, false],
  ['key', 'none', KEY, false, false],
  ['key', KEY, UNBOUND, true, false],
  ['key', KEY, KEY, true, true],
  ['from before authentication was stored', 'none', UNBOUND, true, true],
  ['from before authentication was stored', 'none', KEY, false, false],
  ['from before authentication was stored', KEY, UNBOUND, false, false],
  ['from before authentication was stored', KEY, KEY, false, false],
];

test.each(EVERY_CASE)(
  'a document names %s, a request comes with %s, a grant is bound to %s: its code is exchanged: %s, its token is refreshed: %s',
  (document, used, bound, isExchanged, isRefreshed) => {
    const client = CLIENTS[document];
    expect(methodProblem(client, used, bound, 'exchange') === undefined).toBe(isExchanged);
    expect(methodProblem(client, used, bound, 'refresh') === undefined).toBe(isRefreshed);
  },
);

test('no grant of a document ever goes on with less than it is bound to', () => {
  for (const client of Object.values(CLIENTS)) {
    for (const use of ['exchange', 'refresh'] as const) {
      expect(methodProblem(client, 'none', KEY, use)).toBeDefined();
    }
  }
});

describe('the registered method of a client is not judged again', () => {
  test.each([
    ['dynamic', DYNAMIC, 'none'],
    ['pre-registered', PREREGISTERED, KEY],
  ] as const)('if it is %s', (_, client, used) => {
    for (const use of ['exchange', 'refresh'] as const) {
      expect(methodProblem(client, used, UNBOUND, use)).toBeUndefined();
    }
    expect(bindingMethod(client, used)).toBeUndefined();
    expect(methodAtApproval(client, UNBOUND)).toBeUndefined();
  });
});

test.each<[keyof typeof CLIENTS, ClientAuthenticationMethod, BoundMethod | undefined]>([
  ['none', 'none', UNBOUND],
  ['either', 'none', UNBOUND],
  ['either', KEY, KEY],
  ['key', KEY, KEY],
])('a document names %s, and a request by %s binds a grant to %s', (document, used, bound) => {
  expect(bindingMethod(CLIENTS[document], used)).toBe(bound);
});

test.each<[keyof typeof CLIENTS, BoundMethod | undefined, BoundMethod | undefined]>([
  ['none', UNBOUND, UNBOUND],
  ['either', UNBOUND, UNBOUND],
  ['either', KEY, KEY],
  ['key', UNBOUND, KEY],
  ['key', KEY, KEY],
  ['none', KEY, KEY],
])(
  'a document names %s, a request was pushed by %s, and its approval binds a grant to %s',
  (document, pushed, bound) => {
    expect(methodAtApproval(CLIENTS[document], pushed)).toBe(bound);
  },
);
