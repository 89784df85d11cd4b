import { createOperator } from '@vestibule/core/operator';
import { randomToken, sha256 } from '@vestibule/http';
import { ACTOR } from '@vestibule/testing/operator';
import { expect, test } from 'vitest';
import { type Addresses, OPEN_SEED, startApp, type TestApp } from './support/app.ts';
import { runConformance, scenarios } from './support/conformance.ts';
import { register } from './support/oauth.ts';

const introducesItself = async (app: Addresses, redirectUri: string): Promise<string> => {
  const { body } = await register(app, { redirect_uris: [redirectUri], client_name: 'Conformance' });
  return body.client_id;
};

async function isMadeByHand({ stores, realm, notes }: TestApp, redirectUri: string): Promise<string> {
  const environment = { clock: Date.now, generateToken: randomToken, hash: sha256 };
  const made = await createOperator({ ...stores, ...environment }).clients.add(ACTOR, realm.id, {
    id: 'conformance',
    name: 'Conformance',
    redirectUris: [redirectUri],
    authentication: { method: 'none' },
    access: [{ resource: notes.href, scopes: ['notes:read', 'notes:admin'] }],
  });
  return made.outcome === 'preregistered' ? made.client.id : '';
}

/** A realm that is open to registration and to metadata documents. */
const OPEN = {
  ...OPEN_SEED,
  realm: {
    ...OPEN_SEED.realm,
    settings: { ...OPEN_SEED.realm.settings, metadataDocuments: { open: true } },
  },
} as const;

const DEFERRED = {
  ...OPEN,
  realm: {
    ...OPEN.realm,
    settings: {
      ...OPEN.realm.settings,
      registration: { ...OPEN_SEED.realm.settings?.registration, persistence: 'deferred' },
    },
  },
} as const;

const BELOW_A_PATH = { ...OPEN, realm: { ...OPEN.realm, issuer: '/realms/acme' } };

test.each([
  ['a dynamic client', OPEN, introducesItself],
  ['a client that is stored when a person approves it', DEFERRED, introducesItself],
  ['a pre-registered client', OPEN, isMadeByHand],
  ['a realm below a path', BELOW_A_PATH, introducesItself],
])(
  'every scenario of the official conformance suite for authorization servers passes for %s',
  async (_, seed, comes) => {
    const app = await startApp(seed);
    const realm = { ...app, issuer: app.realm.issuer };
    const found = await runConformance(realm, (redirectUri) => comes(realm, redirectUri));
    expect([...found.keys()].toSorted()).toEqual((await scenarios()).toSorted());
    for (const { id, status, errorMessage } of [...found.values()].flat()) {
      expect({ id, status, errorMessage }).toMatchObject({ status: 'SUCCESS' });
    }
  },
);
