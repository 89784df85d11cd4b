import fc from 'fast-check';
import { cite } from '@vestibule/requirements';
import { NOW } from '@vestibule/testing/now';
import { describe, expect, test } from 'vitest';
import { bodies } from '../../../test/support/bodies.ts';
import { realmWith, type Registration } from '../../../test/support/realm.ts';
import { BODY, setUp, sourceAt } from '../../../test/support/set-up.ts';
import { judgeClientIdUrl } from '../../client/client-id-url.ts';
import { readDocument } from '../../client/read-document.ts';
import { newClientId } from '../../registration/client-id.ts';
import type { RedirectUriRule } from '../../redirect-uri/parse-redirect-uri.ts';
import type { StatementVerdict } from '../../software-statement/verifier.ts';
import type { Vendor } from '../../brand/vendor.ts';
import { findRule, RULES } from './catalogue.ts';

const ids = RULES.map(({ id }) => id);
const VENDOR: Vendor = { name: 'Claude', hosts: ['claude.ai'] };

const REDIRECT_URIS: Readonly<Record<RedirectUriRule, string>> = {
  'redirect-uris.length': `https://app.example/${'x'.repeat(2_048)}`,
  'redirect-uris.characters': 'https://app.example/ ',
  'redirect-uris.fragment': 'https://app.example/#',
  'redirect-uris.query': 'https://app.example/?code=1',
  'redirect-uris.absolute': '/cb',
  'redirect-uris.scheme': 'javascript:alert(1)',
  'redirect-uris.user-info': 'https://a@app.example/',
  'redirect-uris.host': 'https://0x7f.1/',
  'redirect-uris.http-host': 'http://app.example/',
};

/** A request that each rule refuses. */
const REFUSED: readonly [string, unknown, Registration?][] = [
  ...Object.entries(REDIRECT_URIS).map(([rule, uri]): [string, unknown] => [rule, { redirect_uris: [uri] }]),
  ['metadata.object', []],
  ['metadata.type', { ...BODY, scope: 5 }],
  ['metadata.language', { ...BODY, 'client_name#': 'x' }],
  ['redirect-uris.count', {}],
  ['redirect-uris.own-host', { redirect_uris: ['https://id.example/cb'] }],
  ['redirect-uris.accepted-host', BODY, { refusedRedirectHosts: ['app.example'] }],
  ['redirect-uris.private-use', { redirect_uris: ['app:/'] }, { privateUseSchemes: false }],
  ['redirect-uris.private-use-query', { redirect_uris: ['app:/cb?x'] }],
  ['redirect-uris.acting-scheme', { redirect_uris: ['raycast://cb'] }],
  ['grant-types.client-credentials', { ...BODY, grant_types: ['client_credentials'] }],
  ['grant-types.supported', { ...BODY, grant_types: ['password'] }],
  ['grant-types.authorization-code', { ...BODY, grant_types: [] }],
  ['response-types.code', { ...BODY, response_types: [] }],
  ['scope.open', { ...BODY, scope: '"' }],
  [
    'languages.count',
    { ...BODY, ...Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`client_name#fr-x-${i}`, 'x'])) },
  ],
  ['client-name.reserved', BODY, { reservedNames: ['Notes'] }],
  ['client-name.own', { ...BODY, client_name: 'Official Main login' }],
  ['client-name.vendor', { ...BODY, client_name: 'Claude' }, { vendors: [VENDOR] }],
  ['application-type.known', { ...BODY, application_type: 'x' }],
  ['claimed-uris.web', { ...BODY, tos_uri: 'x' }],
  ['software.text', { ...BODY, software_id: '\n' }],
  ['contacts.text', { ...BODY, contacts: [''] }],
];

/** Rules that correct a value and never refuse. */
const MENDED: readonly [string, unknown][] = [
  ['redirect-uris.form', { redirect_uris: ['https://app.example/cb', 'https://app.example/cb'] }],
  ['token-endpoint-auth-method.none', { ...BODY, token_endpoint_auth_method: 'client_secret_basic' }],
  ['client-name.clean', { ...BODY, client_name: '' }],
  ['client-name.languages', { ...BODY, 'client_name#fr': '\u200B' }],
];

test.each(REFUSED)(
  cite('%s refuses what it is described for', 'vestibule:policy:stable-ids'),
  async (rule, body, settings) => {
    const { register } = setUp(realmWith(settings));
    expect(await register(body)).toMatchObject({
      outcome: 'refused',
      refusal: { rule, description: expect.stringContaining(`[${rule}]`) },
    });
  },
);

test.each(MENDED)('%s mends what it is described for', async (rule, body) => {
  const judged = await setUp().registrar.preview('main', body);
  expect(judged).toMatchObject({ ok: true });
  expect(judged?.trace.find((entry) => entry.rule === rule)).toMatchObject({ outcome: 'narrowed' });
});

const ISSUER = { name: 'V', issuer: 'https://v.example', algorithms: ['ES256'] } as const;
const STATEMENTS: readonly [string, StatementVerdict][] = [
  ['software-statement.trusted', { outcome: 'untrusted', problem: 'is of nobody' }],
  ['software-statement.valid', { outcome: 'invalid', problem: 'is none' }],
  ['software-statement.claims', { outcome: 'verified', issuer: ISSUER, claims: {} }],
];

test.each(STATEMENTS)('%s refuses what it is described for', async (rule, verdict) => {
  const { register } = setUp(realmWith({ softwareStatements: { untrusted: 'refuse' } }), {
    statements: { verify: async () => verdict },
  });
  expect(await register({ ...BODY, software_statement: 'x' })).toMatchObject({ refusal: { rule } });
});

const MANAGEMENT: readonly [string, object][] = [
  ['management.client-id', {}],
  ['management.client-secret', { client_id: newClientId(NOW, 'random-1'), client_secret: 'x' }],
];

test.each(MANAGEMENT)('%s refuses what it is described for', async (rule, body) => {
  const { registered, registrar } = setUp(realmWith({ management: { enabled: true } }));
  const { client_id: clientId, registration_access_token: token } = await registered(BODY);
  const request = { realm: 'main', clientId, token, source: sourceAt('192.0.2.1') };
  expect(await registrar.update(request, { ...BODY, ...body })).toMatchObject({ refusal: { rule } });
});

const DOCUMENT_URL = 'https://app.example/client.json';
const CLIENT_IDS: readonly [string, string][] = [
  ['client-id.scheme', 'http://app.example/c'],
  ['client-id.length', `https://app.example/${'c'.repeat(1_024)}`],
  ['client-id.fragment', 'https://app.example/c#'],
  ['client-id.url', 'https://app.example:x/c'],
  ['client-id.userinfo', 'https://me@app.example/c'],
  ['client-id.path', 'https://app.example'],
  ['client-id.form', 'https://App.example/c'],
  ['client-id.host', 'https://app.example./c'],
];

test.each(CLIENT_IDS)('%s refuses the URL that it is described for', (rule, clientId) => {
  expect(judgeClientIdUrl(clientId)).toMatchObject({ ok: false, refusal: { rule } });
});

const DOCUMENTS: readonly [string, unknown][] = [
  ['document.object', []],
  ['document.client-id', {}],
  ['document.secret', { client_id: DOCUMENT_URL, client_secret: 'x' }],
  ['document.authentication', { client_id: DOCUMENT_URL, token_endpoint_auth_method: 'tls' }],
  ['document.keys', { client_id: DOCUMENT_URL, token_endpoint_auth_method: 'private_key_jwt' }],
];

test.each(DOCUMENTS)('%s refuses the document that it is described for', (rule, document) => {
  expect(readDocument(DOCUMENT_URL, document)).toMatchObject({ ok: false, refusal: { rule } });
});

test('initial-access-token.scopes refuses what it is described for', async () => {
  const { register, issue } = setUp(realmWith({ mode: 'both' }));
  const { token } = await issue({ scopes: [] });
  expect(await register(BODY, { token })).toMatchObject({ refusal: { rule: 'initial-access-token.scopes' } });
});

describe(cite('the catalogue', 'vestibule:policy:stable-ids'), () => {
  test('has every rule once, and no other but those of the body itself and of the hosts of documents', () => {
    const shown = [...REFUSED, ...MENDED, ...STATEMENTS, ...CLIENT_IDS, ...DOCUMENTS, ...MANAGEMENT];
    const all = [...shown.map(([rule]) => rule), 'initial-access-token.scopes', 'document.host'];
    expect(new Set(ids).size).toBe(ids.length);
    expect(all.toSorted()).toEqual(ids.filter((id) => !id.startsWith('body.')).toSorted());
  });

  test('has whatever a trace can name', async () => {
    const { registrar } = setUp(realmWith({ softwareStatements: { untrusted: 'ignore' } }));
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const judged = await registrar.preview('main', body);
        for (const { rule } of judged?.trace ?? []) expect(ids).toContain(rule);
      }),
      { numRuns: 300 },
    );
  });

  test.each(RULES)('says of $id where it is from, what to do and why', (rule) => {
    const { id, source, title, fix, why } = rule;
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z0-9]+)*$/);
    expect(source).toMatch(
      /^(?:RFC \d{4} §[\d.]+|OIDC Registration §2|CIMD §\d)(?:, (?:§\d+|RFC \d{4}(?: §[\d.]+)?|UTS #39))*$/,
    );
    for (const text of [title, fix, why]) expect(text).toMatch(/^\S.*\.$/);
    expect(title).not.toMatch(/\. /);
    expect(new Set([title, fix, why]).size).toBe(3);
    expect(findRule(id)).toBe(rule);
  });

  test('does not know a rule that a program added', () => {
    expect(findRule('mine.own')).toBeUndefined();
    expect(findRule('constructor')).toBeUndefined();
  });
});
