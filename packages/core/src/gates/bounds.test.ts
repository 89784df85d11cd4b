import fc from 'fast-check';
import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { dynamicClient } from '../../test/support/clients.ts';
import { realmWith } from '../../test/support/realm.ts';
import type { ClientBounds } from '../registration/initial-access-token.ts';
import { askGates } from './gates.ts';

const realm = realmWith();
const resource = 'https://notes.example/mcp';

test.each<[string, ClientBounds, object]>([
  ['no bounds', {}, { open: true, scopes: ['notes:read', 'notes:write'] }],
  ['hosts alone', { redirectHosts: [] }, { open: true, scopes: ['notes:read', 'notes:write'] }],
  ['this API', { resources: ['https://mail.example', resource] }, { open: true }],
  ['this API, written otherwise', { resources: ['HTTPS://Notes.Example:443/mcp'] }, { open: true }],
  ['another API', { resources: ['https://mail.example'] }, { open: false, gate: 'api' }],
  ['an API above it', { resources: ['https://notes.example/'] }, { open: false, gate: 'api' }],
  ['no API', { resources: [] }, { open: false, gate: 'api' }],
  ['one scope', { scopes: ['notes:read'] }, { open: true, scopes: ['notes:read'] }],
  ['a closed scope', { scopes: ['notes:admin'] }, { open: false, gate: 'scope' }],
  ['no scope', { scopes: [] }, { open: false, gate: 'scope' }],
])(
  cite(
    'a client whose token named %s',
    'vestibule:initial-access-tokens:apis',
    'vestibule:initial-access-tokens:scopes',
    'vestibule:initial-access-tokens:rules-stand',
  ),
  (_, bounds, expected) => {
    expect(askGates({ realm, client: dynamicClient({ registration: { bounds } }), resource })).toMatchObject(
      expected,
    );
  },
);

test(
  cite('bounds never let through more than no bounds do', 'vestibule:initial-access-tokens:rules-stand'),
  () => {
    const names = fc.subarray(['notes:read', 'notes:write', 'notes:admin']);
    const some = fc.record(
      { scopes: names, resources: fc.subarray([resource, 'https://mail.example']) },
      { requiredKeys: [] },
    );
    const bound = fc.option(names, { nil: undefined });
    fc.assert(
      fc.property(some, bound, fc.boolean(), (bounds, scope, isOpen) => {
        const apis = realm.apis.map((api) => ({ ...api, openToDynamicClients: isOpen }));
        const question = { realm: { ...realm, apis }, resource };
        const client = dynamicClient(scope === undefined ? {} : { scope });
        const without = askGates({ ...question, client });
        const verdict = askGates({ ...question, client: { ...client, registration: { bounds } } });
        if (!verdict.open) return;
        expect(without).toMatchObject({ open: true });
        for (const name of verdict.scopes) {
          expect(without.open ? without.scopes : []).toContain(name);
          expect(bounds.scopes ?? [name]).toContain(name);
        }
        expect(bounds.resources ?? [resource]).toContain(resource);
      }),
    );
  },
);
