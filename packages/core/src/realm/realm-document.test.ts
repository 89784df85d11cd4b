import { describe, expect, test } from 'vitest';
import { problemLine } from './problem.ts';
import { parseRealmDocument } from './realm-document.ts';

const ISSUER = 'https://id.example/realms/acme';
const READ = { name: 'notes:read', description: 'Read your notes' };
const API = { id: 'notes', name: 'Notes', resource: '/mcp', scopes: ['notes:read'] };
const PERSON = { username: 'Ada', name: 'Ada', password: 'correct horse' };
const CLIENT = {
  id: 'acme-mail',
  name: 'Acme Mail',
  redirectUris: ['https://mail.example/cb'],
  authentication: { method: 'none' },
  access: [{ resource: '/mcp', scopes: ['notes:read'] }],
};
const DOCUMENT = {
  realm: { id: 'acme', name: 'Acme' },
  scopes: [READ],
  apis: [API],
  people: [PERSON],
  clients: [CLIENT],
};

const problemsOf = (document: unknown): readonly string[] => {
  const parsed = parseRealmDocument(document, ISSUER);
  return parsed.ok ? [] : parsed.problems.map(problemLine);
};

test('a document describes a realm with safe defaults for everything that it leaves out', () => {
  const resource = 'https://id.example/mcp';
  expect(parseRealmDocument(DOCUMENT, ISSUER)).toEqual({
    ok: true,
    value: {
      realm: { id: 'acme', name: 'Acme', issuer: ISSUER, settings: {} },
      scopes: [{ ...READ, openToDynamicClients: false }],
      apis: [{ ...API, resource, openToDynamicClients: false }],
      people: [PERSON],
      clients: [{ ...CLIENT, access: [{ resource, scopes: ['notes:read'] }], rememberConsent: false }],
    },
  });
  expect(parseRealmDocument({ realm: { id: 'a', name: 'A' } }, ISSUER)).toMatchObject({
    value: { scopes: [], apis: [], people: [], clients: [] },
  });
});

test.each([
  [undefined, ISSUER],
  ['https://other.example', 'https://other.example'],
  ['/realms/b', 'https://id.example/realms/b'],
])('the issuer %j is %s', (issuer, expected) => {
  const realm = { id: 'a', name: 'A', ...(issuer !== undefined && { issuer }) };
  expect(parseRealmDocument({ realm }, ISSUER)).toMatchObject({ value: { realm: { issuer: expected } } });
});

describe('a document is refused with the place of each problem', () => {
  const realm = (more: object) => ({ ...DOCUMENT, realm: { ...DOCUMENT.realm, ...more } });
  const api = (more: object) => ({ ...DOCUMENT, apis: [{ ...API, ...more }] });
  const client = (more: object) => ({ ...DOCUMENT, clients: [{ ...CLIENT, ...more }] });
  const person = (more: object) => ({ ...DOCUMENT, people: [{ username: 'bob', name: 'Bob', ...more }] });

  test.each<[string, unknown, string]>([
    ['a list', [], '(document): must be an object: { … }'],
    ['an unknown member', { ...DOCUMENT, apps: [] }, 'apps: unknown member. Did you mean apis?'],
    ['no realm', { apis: [] }, 'realm: is missing'],
    ['an id with spaces', realm({ id: 'A B' }), 'realm.id: must be lower-case letters'],
    [
      'an issuer without https',
      realm({ issuer: 'http://id.example' }),
      'realm.issuer: must begin with https://',
    ],
    ['settings that are none', realm({ settings: 7 }), 'realm.settings: must be an object'],
    [
      'a misspelled setting',
      realm({ settings: { registration: { opne: true } } }),
      'realm.settings.registration.opne: unknown setting. Did you mean registration.open?',
    ],
    [
      'settings that contradict each other',
      realm({ settings: { registration: { limits: { siteTimes: 99 } } } }),
      'realm.settings.registration.limits.siteTimes: must be at most organizationTimes',
    ],
    [
      'a misspelled member of an API',
      api({ openToDynamicClient: true }),
      'apis[0].openToDynamicClient: unknown member. Did you mean openToDynamicClients?',
    ],
    ['the hash of the secret of an API', api({ secretHashes: [] }), 'apis[0].secretHashes: unknown member.'],
    ['a resource that is no URI', api({ resource: 'x' }), 'apis[0].resource: must be an absolute URI'],
    [
      'a resource of the server itself',
      api({ resource: '/realms/acme/connect/token' }),
      'apis[0].resource: must not be a path of the authorization server',
    ],
    [
      'a misspelled scope of an API',
      api({ scopes: ['notes:raed'] }),
      "apis[0].scopes[0]: 'notes:raed' is not a scope of this realm. Did you mean notes:read?",
    ],
    [
      'a scope twice at an API',
      api({ scopes: ['notes:read', 'notes:read'] }),
      'apis[0].scopes[1]: is a duplicate',
    ],
    [
      'two names in one scope',
      { ...DOCUMENT, scopes: [READ, { ...READ, name: 'a b' }] },
      'scopes[1].name: must be one scope name',
    ],
    ['a scope twice', { ...DOCUMENT, scopes: [READ, READ] }, 'scopes[1].name: is a duplicate'],
    ['an API twice', { ...DOCUMENT, apis: [API, { ...API, resource: '/b' }] }, 'apis[1].id: is a duplicate'],
    [
      'a resource twice, spelled differently',
      { ...DOCUMENT, apis: [API, { ...API, id: 'b', resource: 'HTTPS://ID.example/mcp' }] },
      'apis[1].resource: is a duplicate',
    ],
    [
      'a duplicate behind an invalid entry',
      { ...DOCUMENT, scopes: [READ, 7, READ] },
      'scopes[2].name: is a duplicate',
    ],
    [
      'a name that changes the direction of text',
      person({ name: 'A\u202E', password: 'x' }),
      'people[0].name: must not contain line breaks',
    ],
    ['a person without a password', person({}), 'people[0]: must have either password or passwordHash'],
    [
      'a person twice, spelled differently',
      { ...DOCUMENT, people: [PERSON, { ...PERSON, username: ' ADA ' }] },
      'people[1].username: is a duplicate',
    ],
    [
      'a client with a redirect URI that nobody may have',
      client({ redirectUris: ['http://mail.example/cb'] }),
      "clients[0].redirectUris: 'http://mail.example/cb' ",
    ],
    [
      'a client with an unknown authentication method',
      client({ authentication: { method: 'client_secret_jwt' } }),
      'clients[0].authentication.method: must be none, client_secret_basic',
    ],
    [
      'a client with access to an API of another realm',
      client({ access: [{ resource: 'https://other.example', scopes: ['a'] }] }),
      "clients[0].access: 'https://other.example' is not the resource of an API of this realm",
    ],
    ['a client twice', { ...DOCUMENT, clients: [CLIENT, CLIENT] }, 'clients[1].id: is a duplicate'],
  ])('%s', (_, document, expected) => {
    expect(problemsOf(document)).toContainEqual(expect.stringContaining(expected));
  });

  test('all problems at once, and none that only follows from another', () => {
    const document = {
      realm: { id: 'acme', name: 'Acme', settings: { lifetimes: { code: 0 } } },
      scopes: [{ ...READ, description: '' }],
      apis: [{ ...API, dpop: 'yes' }],
      people: [{ ...PERSON, email: 'ada' }],
      clients: [CLIENT],
    };
    expect(problemsOf(document).map((line) => line.split(':')[0])).toEqual([
      'realm.settings.lifetimes.code',
      'scopes[0].description',
      'apis[0].dpop',
      'people[0].email',
    ]);
  });

  test('no value, which may be a secret, is repeated', () => {
    const authentication = { method: 'client_secret_basic', secret: 'hunter2', jwks: 'hunter2' };
    const people = [
      { ...PERSON, password: 'hunter2', passwordHash: 'hunter2' },
      { ...PERSON, password: ['hunter2'] },
    ];
    const problems = problemsOf({ ...client({ authentication }), people });
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toContain('hunter2');
  });
});
