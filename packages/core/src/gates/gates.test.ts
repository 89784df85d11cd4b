import fc from 'fast-check';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { documentClient, dynamicClient } from '../../test/support/clients.ts';
import type { Api, Realm, Scope } from '../realm/realm.ts';
import { realmSettings } from '../realm/realm-settings.ts';
import { askGates, grantableScopes, obtainableScopes } from './gates.ts';

interface Toggles {
  readonly realm: boolean;
  readonly api: boolean;
  readonly read: boolean;
  readonly write: boolean;
}

const resource = 'https://notes.example/mcp';
const realmWith = (toggles: Toggles): Realm => {
  const scope = (name: string, openToDynamicClients: boolean): Scope => ({
    name,
    description: name,
    openToDynamicClients,
  });
  const api = (id: string, at: string, openToDynamicClients: boolean, scopes: string[]): Api => ({
    id,
    name: id,
    resource: at,
    openToDynamicClients,
    scopes,
  });
  return {
    id: 'main',
    name: 'Main',
    issuer: 'https://id.example',
    settings: realmSettings({ registration: { open: toggles.realm } }),
    apis: [
      api('notes', resource, toggles.api, ['read', 'write', 'admin']),
      api('mail', 'https://mail.example', true, ['mail']),
    ],
    scopes: [
      scope('read', toggles.read),
      scope('write', toggles.write),
      scope('admin', false),
      scope('mail', true),
    ],
  };
};
const open: Toggles = { realm: true, api: true, read: true, write: true };

describe('a closed gate', () => {
  test.each<[string, Partial<Toggles>, string]>([
    [cite('for the realm', 'vestibule:gates:realm'), { realm: false }, 'realm'],
    [cite('for the API', 'vestibule:gates:api'), { api: false }, 'api'],
    [cite('for every scope', 'vestibule:gates:scope'), { read: false, write: false }, 'scope'],
    ['for the realm is named first', { realm: false, api: false, read: false, write: false }, 'realm'],
  ])('%s', (_, closed, gate) => {
    expect(askGates({ realm: realmWith({ ...open, ...closed }), client: dynamicClient(), resource })).toEqual(
      {
        open: false,
        gate,
      },
    );
  });

  test(cite('an unknown API is closed', 'vestibule:gates:api'), () => {
    expect(
      askGates({ realm: realmWith(open), client: dynamicClient(), resource: 'https://other.example' }),
    ).toEqual({
      open: false,
      gate: 'api',
    });
  });
});

test('a realm without a setting for metadata documents is closed to clients that are known by one', () => {
  expect(askGates({ realm: realmWith(open), client: documentClient(), resource })).toEqual({
    open: false,
    gate: 'realm',
  });
});

describe('open gates let through', () => {
  test.each<[string, readonly string[] | undefined, readonly string[] | undefined, readonly string[]]>([
    ['all that is open, where nothing was asked', undefined, undefined, ['read', 'write']],
    ['what was asked', undefined, ['write'], ['write']],
    ['what was asked and is open', undefined, ['admin', 'write', 'nonsense'], ['write']],
    ['what was asked and is this API’s', undefined, ['mail', 'read'], ['read']],
    [cite('what the registration allows', 'rfc7591:2:scope-is-a-bound'), ['read'], undefined, ['read']],
    ['what the registration allows of what was asked', ['read'], ['write', 'read'], ['read']],
    [
      cite('nothing closed, though the registration names it', 'vestibule:gates:scope'),
      ['admin', 'read'],
      undefined,
      ['read'],
    ],
  ])('%s', (_, bound, requested, scopes) => {
    const client = dynamicClient(bound === undefined ? {} : { scope: bound });
    const question = {
      realm: realmWith(open),
      client,
      resource,
      ...(requested === undefined ? {} : { requested }),
    };
    expect(askGates(question)).toMatchObject({ open: true, api: { id: 'notes' }, scopes });
  });

  test('nothing, where nothing was asked for', () => {
    expect(askGates({ realm: realmWith(open), client: dynamicClient(), resource, requested: [] })).toEqual({
      open: false,
      gate: 'scope',
    });
  });

  test('nothing, where the registration allows nothing', () => {
    expect(askGates({ realm: realmWith(open), client: dynamicClient({ scope: [] }), resource })).toEqual({
      open: false,
      gate: 'scope',
    });
  });
});

test(
  cite(
    'no combination lets through what a gate keeps back',
    'vestibule:gates:realm',
    'vestibule:gates:api',
    'vestibule:gates:scope',
    'rfc7591:2:scope-is-a-bound',
  ),
  () => {
    const names = fc.subarray(['read', 'write', 'admin', 'mail', 'nonsense']);
    const toggles = fc.record({
      realm: fc.boolean(),
      api: fc.boolean(),
      read: fc.boolean(),
      write: fc.boolean(),
    });
    fc.assert(
      fc.property(toggles, fc.option(names, { nil: undefined }), names, (closed, bound, requested) => {
        const realm = realmWith(closed);
        const client = dynamicClient(bound === undefined ? {} : { scope: bound });
        const verdict = askGates({ realm, client, resource, requested });
        if (!verdict.open) return;
        expect(closed.realm && closed.api).toBe(true);
        for (const name of verdict.scopes) {
          expect(closed).toMatchObject({ [name]: true });
          expect(bound ?? [name]).toContain(name);
          expect(requested).toContain(name);
        }
      }),
      { numRuns: 2_000 },
    );
  },
);

test('scopes come in the order they were asked for', () => {
  const realm = realmWith(open);
  const [notes] = realm.apis;
  expect(notes && grantableScopes(dynamicClient(), notes, realm.scopes, ['write', 'read'])).toEqual([
    'write',
    'read',
  ]);
});

test(
  cite(
    'scopes that are advertised are those that some request obtains, in every state of the gates',
    'vestibule:gates:advertised',
  ),
  () => {
    const toggles = { realm: fc.boolean(), api: fc.boolean(), read: fc.boolean(), write: fc.boolean() };
    fc.assert(
      fc.property(fc.record(toggles), (state) => {
        const realm = realmWith(state);
        for (const apis of [realm.apis, realm.apis.slice(0, 1), []]) {
          const verdicts = apis.map((api) =>
            askGates({ realm, client: dynamicClient(), resource: api.resource }),
          );
          const obtained = verdicts.flatMap((verdict) => (verdict.open ? verdict.scopes : []));
          expect(obtainableScopes(realm, apis)).toEqual(obtained);
        }
      }),
    );
  },
);
