import { cite } from '@vestibule/requirements';
import { EMPTY_REALM } from '@vestibule/testing/realm';
import { expect, test } from 'vitest';
import { documentClient, preregisteredClient } from '../../test/support/clients.ts';
import type { DynamicClient } from '../client/client.ts';
import type { Realm, Scope } from '../realm/realm.ts';
import { type PartialRealmSettings, withDefaultSettings } from '../realm/settings.ts';
import type { Vendor } from '../brand/vendor.ts';
import { judgeAgain } from './judge-again.ts';
import { definePolicy } from './policy.ts';
import { defineRule, type Rule, withMetadata } from './rule.ts';
import { dynamicClientPolicy } from './dynamic-client-policy.ts';

const client: DynamicClient = {
  kind: 'dynamic',
  realm: 'main',
  id: 'app',
  version: 1,
  name: 'Ferns',
  redirectUris: ['https://ferns.example/cb', 'ferns://callback'],
  grantTypes: ['authorization_code', 'refresh_token'],
  applicationType: 'native',
  scope: ['read'],
  clientUri: 'https://ferns.example',
  translations: { fr: { name: 'Fougères' } },
  softwareId: 'ferns',
  issuedAt: 0,
  registration: {},
};

const READ: Scope = { name: 'read', description: 'Read', openToDynamicClients: true };

const realmWith = (
  registration: NonNullable<PartialRealmSettings['registration']> = {},
  scopes: readonly Scope[] = [READ],
): Realm => ({
  ...EMPTY_REALM,
  settings: withDefaultSettings({ registration }),
  scopes,
});

const voucher = { name: 'Guild', issuer: 'https://guild.example', algorithms: ['ES256'] } as const;
const vouched = { registration: { softwareStatement: 'x.y.z', vouchedBy: voucher.issuer } };
const trusting = realmWith({ softwareStatements: { issuers: [voucher] } });
const ferns: Vendor = { name: 'Ferns', hosts: ['real-ferns.example'] };

test.each<[string, Partial<DynamicClient>, Realm]>([
  ['nothing has changed', {}, realmWith()],
  ['its scope is closed: that is for the gates', {}, realmWith({}, [])],
  ['its statement issuer is trusted', vouched, trusting],
  ['its statement issuer is not trusted any more: it is unverified', vouched, realmWith()],
  [
    'its token allowed hosts that the realm does not',
    {
      redirectUris: ['https://ferns.example/cb'],
      registration: { bounds: { redirectHosts: ['ferns.example'] } },
    },
    realmWith({ allowedRedirectHosts: ['other.example'] }),
  ],
])(cite('a client would still come in where %s', 'vestibule:lifecycle:today'), (_, change, realm) => {
  expect(judgeAgain({ ...client, ...change }, realm)).toBeUndefined();
});

test.each<[string, Partial<DynamicClient>, Realm, string]>([
  ['its name is reserved now', {}, realmWith({ reservedNames: ['Ferns'] }), 'client-name.reserved'],
  [
    'its name in another language is reserved now',
    {},
    realmWith({ reservedNames: ['Fougères'] }),
    'client-name.reserved',
  ],
  [
    'its host is refused now',
    {},
    realmWith({ refusedRedirectHosts: ['ferns.example'] }),
    'redirect-uris.accepted-host',
  ],
  [
    'its host is not among those allowed now',
    {},
    realmWith({ allowedRedirectHosts: ['other.example'] }),
    'redirect-uris.accepted-host',
  ],
  [
    'its host is refused now, whatever its token allowed',
    { registration: { bounds: { redirectHosts: ['ferns.example'] } } },
    realmWith({ refusedRedirectHosts: ['ferns.example'] }),
    'redirect-uris.accepted-host',
  ],
  [
    'it leads to the issuer itself',
    { redirectUris: ['https://id.example:8443/cb'] },
    realmWith(),
    'redirect-uris.own-host',
  ],
  [
    'all it had are schemes that are off now',
    { redirectUris: ['ferns://callback'] },
    realmWith({ privateUseSchemes: false }),
    'redirect-uris.private-use',
  ],
  [
    'one of its redirect URIs would be dropped now',
    {},
    realmWith({ privateUseSchemes: false }),
    'redirect-uris.private-use',
  ],
  [
    'a redirect URI may not be registered any more',
    { redirectUris: ['http://ferns.example/cb'] },
    realmWith(),
    'redirect-uris.http-host',
  ],
])(cite('a client is refused where %s', 'vestibule:lifecycle:today'), (_, change, realm, rule) => {
  const refusal = judgeAgain({ ...client, ...change }, realm);
  expect(refusal).toMatchObject({ rule, description: expect.stringContaining(`[${rule}]`) });
});

test.each<[string, Partial<DynamicClient>, Realm, string | undefined]>([
  ['a stranger', {}, realmWith(), 'client-name.vendor'],
  ['a client with a trusted statement', vouched, trusting, undefined],
  ['a client whose statement is not trusted any more', vouched, realmWith(), 'client-name.vendor'],
  [
    'a client whose statement is for other software',
    vouched,
    realmWith({ softwareStatements: { issuers: [{ ...voucher, softwareIds: ['moss'] }] } }),
    'client-name.vendor',
  ],
])(cite('a name that a vendor has now: %s', 'vestibule:lifecycle:today'), (_, change, realm, rule) => {
  expect(judgeAgain({ ...client, ...change }, realm, { vendors: [ferns] })?.rule).toBe(rule);
});

const noRefreshing: Rule = defineRule('mine.no-refreshing', 'mine', (draft) => ({
  outcome: 'narrowed',
  draft: withMetadata(draft, { grant_types: ['authorization_code'] }),
  from: draft.metadata.grant_types,
  to: ['authorization_code'],
}));

test(
  cite(
    'an operator’s own policy is asked, and what it would take away is not kept',
    'vestibule:lifecycle:today',
  ),
  () => {
    const mine = definePolicy('mine', 'mine', [dynamicClientPolicy, noRefreshing]);
    expect(judgeAgain(client, realmWith(), { policy: mine })).toMatchObject({ rule: 'mine.no-refreshing' });
    expect(
      judgeAgain({ ...client, grantTypes: ['authorization_code'] }, realmWith(), { policy: mine }),
    ).toBeUndefined();
  },
);

test.each([
  ['https://real-ferns.example/client.json', undefined],
  ['https://ferns.example/client.json', 'client-name.vendor'],
])('a client with a vendor’s name over loopback and the document %s is judged by its host', (uri, rule) => {
  const { document } = documentClient();
  const described = documentClient({ id: uri, name: 'Ferns', document: { ...document, uri } });
  expect(judgeAgain(described, realmWith(), { vendors: [ferns] })?.rule).toBe(rule);
});

test('a client with a metadata document is judged by the same policy, and a pre-registered client is not', () => {
  const reserved = realmWith({ reservedNames: ['Ferns'] });
  const named = { name: 'Ferns', redirectUris: client.redirectUris };
  expect(judgeAgain(documentClient(named), reserved)).toMatchObject({ rule: 'client-name.reserved' });
  expect(judgeAgain(preregisteredClient(named), reserved)).toBeUndefined();
});
