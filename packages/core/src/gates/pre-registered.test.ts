import { describe, expect, test } from 'vitest';
import { preregisteredClient } from '../../test/support/clients.ts';
import { realmWith } from '../../test/support/realm.ts';
import type { Preregistration } from '../client/preregistration.ts';
import { askGates } from './gates.ts';

const RESOURCE = 'https://notes.example/mcp';
const MAIL = 'https://mail.example/';

const api = (id: string, resource: string, scopes: readonly string[]) => ({
  id,
  name: id,
  resource,
  scopes,
  openToDynamicClients: false,
});

/** A realm whose gates are all closed to dynamic clients. */
const realm = {
  ...realmWith({ open: false }),
  apis: [
    api('notes', RESOURCE, ['notes:read', 'notes:admin', 'notes:gone']),
    api('mail', MAIL, ['notes:read']),
  ],
};

/** Checks the gates for a pre-registered client with this access. */
const ask = (access: Preregistration['access'], resource: string, requested?: readonly string[]) =>
  askGates({
    realm,
    client: preregisteredClient({
      terms: { access, authentication: { method: 'none' }, rememberConsent: false },
    }),
    resource,
    ...(requested !== undefined && { requested }),
  });

const list = [{ resource: RESOURCE, scopes: ['notes:read', 'notes:admin', 'notes:gone', 'notes:write'] }];

describe('a pre-registered client', () => {
  test.each<[string, readonly string[] | undefined, readonly string[]]>([
    [
      'gets all of its list that the API and the realm have, if it asks for nothing',
      undefined,
      ['notes:read', 'notes:admin'],
    ],
    [
      'gets what it asks for, in the order of the question',
      ['notes:admin', 'notes:read'],
      ['notes:admin', 'notes:read'],
    ],
    ['does not get what the realm no longer has', ['notes:read', 'notes:gone'], ['notes:read']],
    ['does not get what the API does not understand', ['notes:read', 'notes:write'], ['notes:read']],
  ])('%s', (_, requested, scopes) => {
    expect(ask(list, RESOURCE, requested)).toMatchObject({ open: true, api: { id: 'notes' }, scopes });
  });

  test('does not get a scope that is not on its list', () => {
    const short = [{ resource: RESOURCE, scopes: ['notes:read'] }];
    expect(ask(short, RESOURCE)).toMatchObject({ scopes: ['notes:read'] });
    expect(ask(short, RESOURCE, ['notes:admin'])).toEqual({ open: false, gate: 'scope' });
  });

  test.each([
    ['an API that is not on its list', MAIL],
    ['an API that the realm does not have', 'https://nowhere.example/'],
  ])('does not get to %s', (_, resource) => {
    expect(ask(list, resource)).toEqual({ open: false, gate: 'api' });
    expect(
      ask([...list, { resource: 'https://nowhere.example/', scopes: ['notes:read'] }], resource),
    ).toEqual({
      open: false,
      gate: 'api',
    });
  });

  test('gets nothing where its list leaves nothing', () => {
    expect(ask([{ resource: RESOURCE, scopes: ['notes:gone'] }], RESOURCE)).toEqual({
      open: false,
      gate: 'scope',
    });
    expect(ask(list, RESOURCE, [])).toEqual({ open: false, gate: 'scope' });
  });
});
