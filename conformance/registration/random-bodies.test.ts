import { findRule } from '@vestibule/core/policy';
import { type Realm, realmSettings } from '@vestibule/core/realm';
import {
  createRegistrar,
  type SoftwareStatementVerifier,
  type TrustedIssuer,
} from '@vestibule/core/registration';
import { createMemoryRegistrationStores } from '@vestibule/core/memory';
import { randomToken, sha256 } from '@vestibule/http';
import { createRegistrationEndpoint } from '@vestibule/http/registration';
import { cite } from '@vestibule/requirements';
import { vendors } from '@vestibule/vendor-directory';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomBodies, UNTRUSTED, VOUCHED } from './support/random-bodies.ts';

const ISSUER: TrustedIssuer = {
  name: 'Vouch',
  issuer: 'https://vouch.example',
  jwks: { keys: [{ kty: 'EC' }] },
  algorithms: ['ES256'],
};

/** Verifies one statement as trusted, one as untrusted, and refuses all others. */
const statements: SoftwareStatementVerifier = {
  async verify(statement) {
    switch (statement) {
      case VOUCHED:
        return {
          outcome: 'verified',
          issuer: ISSUER,
          claims: { client_name: 'Vouched Claude', redirect_uris: ['https://vouched.example/cb'] },
        };
      case UNTRUSTED:
        return { outcome: 'untrusted', problem: 'is of nobody that is trusted here' };
      default:
        return { outcome: 'invalid', problem: 'is no statement' };
    }
  },
};

const realm: Realm = {
  id: 'main',
  name: 'Main',
  issuer: 'https://id.example',
  settings: realmSettings({
    registration: { open: true, softwareStatements: { issuers: [ISSUER], untrusted: 'refuse' } },
  }),
  apis: [],
  scopes: [
    { name: 'mcp:read', description: 'Read', openToDynamicClients: true },
    { name: 'notes:admin', description: 'Delete', openToDynamicClients: false },
  ],
};

/** Registers in a realm that is emptied each time, and returns what was stored. */
function setUp(unsupportedTypes: 'refuse' | 'narrow') {
  const { registration } = realm.settings;
  const settings = { ...realm.settings, registration: { ...registration, unsupportedTypes } };
  const realms = { find: async () => ({ ...realm, settings }) };
  const errors: unknown[] = [];
  return async (body: string) => {
    const { clients, audit, commit } = createMemoryRegistrationStores();
    const endpoint = createRegistrationEndpoint({
      registrar: createRegistrar({
        realms,
        clients,
        audit,
        vendors,
        statements,
        commit,
        clock: () => 0,
        generateToken: randomToken,
        hash: sha256,
      }),
      realm: 'main',
      onError: (error) => errors.push(error),
    });
    const request = new Request('https://id.example/connect/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const response = await endpoint(request, { ip: '192.0.2.1' });
    const { items: stored } = await clients.list('main', { limit: 10 });
    return { status: response?.status, body: await response?.json(), stored, events: audit.events, errors };
  };
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const GRANTS: ReadonlySet<unknown> = new Set(['authorization_code', 'refresh_token']);
/** Printable, with the rule at its end. */
const REFUSED = /^[\x20\x21\x23-\x5B\x5D-\x7E]+ \[([a-z0-9.-]+)\]$/;
/** Characters that reorder other text, are invisible, or belong to the pages’ own marker. */
const NOT_IN_A_NAME = /[\p{Cc}\p{Cf}\p{Cs}\p{Bidi_Control}\n[\]]/u;

/** The redirect URIs of programs of some vendors, besides loopback ones. */
const THEIRS: readonly (readonly [name: RegExp, place: RegExp])[] = [
  [/\bclaude\b/i, /^https:\/\/(?:[a-z]+\.)?claude\.(?:ai|com)\/|^claude:/],
  [/\bchatgpt\b/i, /^https:\/\/chatgpt\.com\//],
  [/^cursor$/i, /^https:\/\/(?:[a-z]+\.)?cursor\.com\/|^cursor:\/\/anysphere\./],
];

/** Whether a vendor’s name leads only to the vendor and to loopback addresses. The name of its own host claims nothing. */
function isProven(name: unknown, uris: readonly string[]): boolean {
  if (uris.some((uri) => new URL(uri).host === name)) return true;
  const places = THEIRS.filter(([vendor]) => vendor.test(String(name))).map(([, place]) => place);
  return uris
    .filter((uri) => !LOOPBACK.has(new URL(uri).hostname))
    .every((uri) => places.length === 0 || places.some((place) => place.test(uri)));
}

/** What must hold for every registration, written independently of the policy. */
function broken(answer: Readonly<Record<string, unknown>>): readonly string[] {
  const { grant_types: grants, redirect_uris: uris, scope = 'mcp:read', client_name: name } = answer;
  const pages = ['client_uri', 'logo_uri', 'tos_uri', 'policy_uri'].flatMap((member) => {
    const page = answer[member];
    return page === undefined ? [] : [JSON.stringify(page).slice(1, -1)];
  });
  const rules: Readonly<Record<string, boolean>> = {
    public: answer['token_endpoint_auth_method'] === 'none',
    'without a secret': !('client_secret' in answer || 'client_secret_expires_at' in answer),
    'code only': JSON.stringify(answer['response_types']) === '["code"]',
    'the code’s grant': Array.isArray(grants) && grants.includes('authorization_code'),
    'no other grant': Array.isArray(grants) && grants.every((grant) => GRANTS.has(grant)),
    'open scopes': scope === 'mcp:read',
    'a readable name': typeof name === 'string' && /\S/u.test(name) && !NOT_IN_A_NAME.test(name),
    'a type': answer['application_type'] === 'native' || answer['application_type'] === 'web',
    'a proven name': 'software_statement' in answer || (Array.isArray(uris) && isProven(name, uris)),
    'no word but of whom the realm trusts':
      !('software_statement' in answer) || answer['software_statement'] === VOUCHED,
    'places to go': Array.isArray(uris) && uris.length > 0 && uris.every(isPlace),
    'pages on the web': pages.every((page) => /^https?:$/.test(new URL(page).protocol)),
    'nothing empty': !Object.values(answer).some((value) => value === null || value === ''),
  };
  return Object.keys(rules).filter((rule) => rules[rule] !== true);
}

const isPlace = (uri: string): boolean => {
  const { protocol, hostname, username, password, hash } = new URL(uri);
  return (
    `${username}${password}${hash}` === '' &&
    !/^(?:javascript|data|vbscript|file|blob|about):$/.test(protocol) &&
    (protocol !== 'http:' || LOOPBACK.has(hostname))
  );
};

test.each(['refuse', 'narrow'] as const)(
  cite(
    'whatever the body, of 5,000: what is registered obeys the rules, what is not leaves nothing, and nothing breaks (%s)',
    'vestibule:rules:whatever-the-body',
    'rfc7591:2.1:always-both',
    'rfc7591:3.2.1:nothing-empty',
    'rfc7591:3.2.2:nothing-stored',
    'rfc7591:3.2.2:ascii',
    'vestibule:bad-input:nothing-happens',
    'vestibule:bad-input:surrogates',
    'vestibule:bad-input:prototype',
    'vestibule:bad-input:deep',
    'vestibule:policy:stable-ids',
  ),
  async (unsupportedTypes) => {
    const register = setUp(unsupportedTypes);
    const rules = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(randomBodies, async (text) => {
        const { status, body, stored, events, errors } = await register(text);
        const count = (what: string): void => void rules.set(what, (rules.get(what) ?? 0) + 1);
        const happened = events.map((event) => [event.type, 'rule' in event && event.rule]);
        if (status === 201) {
          count('registered');
          if ('software_statement' in body) count('vouched');
          const ids = stored.map(({ id }) => id);
          expect([broken(body), happened, ids, errors]).toEqual([
            [],
            [['registration.accepted', false]],
            [body.client_id],
            [],
          ]);
          expect(JSON.stringify(stored)).not.toMatch(/\\ud[89a-f]/);
          return;
        }
        const { error, error_description: description } = body;
        const [, rule = ''] = REFUSED.exec(description) ?? [];
        count(rule);
        expect([happened, stored, errors]).toEqual([[['registration.refused', rule]], [], []]);
        expect([status, error, findRule(rule)?.id]).toEqual([
          rule === 'body.size' ? 413 : 400,
          expect.stringMatching(
            /^(?:invalid_(?:redirect_uri|client_metadata|software_statement)|unapproved_software_statement)$/,
          ),
          rule,
        ]);
      }),
      { numRuns: 5_000 },
    );
    // Different cases were tried.
    expect(rules.get('registered')).toBeGreaterThan(1_000);
    expect(rules.size).toBeGreaterThan(15);
    const tried = ['client-name.vendor', 'software-statement.valid', 'software-statement.trusted', 'vouched'];
    for (const rule of tried) expect([rule, (rules.get(rule) ?? 0) > 10]).toEqual([rule, true]);
  },
);
