import { createSignatureCheck } from '@vestibule/assertions';
import { createStatementVerifier } from '@vestibule/assertions/software-statements';
import { createClientSweeper } from '@vestibule/core';
import { boundedAuditLog } from '@vestibule/core/audit';
import { createOperator } from '@vestibule/core/operator';
import { createRegistrar } from '@vestibule/core/registration';
import { createMemoryAuditLog } from '@vestibule/core/memory';
import { createRouter, createSitesRouter } from '@vestibule/express';
import { createManagementEndpoint, createRegistrationEndpoint } from '@vestibule/http/registration';
import { createMemoryRateLimiter } from '@vestibule/rate-limit';
import { createAuthorizationServer, createSignInQueue, passwords } from '@vestibule/server';
import { createMemoryStores } from '@vestibule/server/memory';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createVestibule } from '../src/index.ts';

/** Calls a function with options that its type does not have, as JavaScript can. */
type CreateWith = (options: Readonly<Record<string, unknown>>) => unknown;

/** Each public function that checks its options: its name, its required options, and an option with a misspelling of it. */
const FUNCTIONS: readonly (readonly [string, CreateWith, readonly string[], string, string])[] = [
  [
    'createRegistrar',
    (options) => createRegistrar(Object(options)),
    ['realms', 'clients', 'commit', 'audit', 'clock', 'generateToken', 'hash'],
    'managementUri',
    'managmentUri',
  ],
  [
    'createRegistrationEndpoint',
    (options) => createRegistrationEndpoint(Object(options)),
    ['registrar', 'realm', 'onError'],
    'isOperator',
    'isOperater',
  ],
  [
    'createManagementEndpoint',
    (options) => createManagementEndpoint(Object(options)),
    ['registrar', 'realm', 'onError'],
    'rulesUri',
    'rulesUrl',
  ],
  [
    'createAuthorizationServer',
    (options) => createAuthorizationServer(Object(options)),
    [
      'realm',
      'issuer',
      'realms',
      'stores',
      'signIn',
      'pages',
      'limiter',
      'audit',
      'clock',
      'generateToken',
      'onError',
    ],
    'keyCipher',
    'keyCypher',
  ],
  ['createRouter', (options) => createRouter(Object(options)), ['origin', 'routes'], 'anyHost', 'anyhost'],
  ['createSitesRouter', (options) => createSitesRouter(Object(options)), ['sites'], 'ip', 'IP'],
  [
    'listen',
    async (options) => {
      const vestibule = await createVestibule({ database: 'sqlite::memory:' });
      onTestFinished(vestibule.stop);
      await vestibule.listen(Object(options));
    },
    ['port'],
    'host',
    'hosts',
  ],
  ['passwords', (options) => passwords(Object(options)), ['authenticate'], 'queue', 'queu'],
  ['createSignInQueue', (options) => createSignInQueue(options), [], 'retryAfter', 'retryafter'],
  ['createStatementVerifier', (options) => createStatementVerifier(options), [], 'fetch', 'fetsch'],
  [
    'createSignatureCheck',
    (options) => createSignatureCheck(options),
    [],
    'clockTolerance',
    'clocktolerance',
  ],
  [
    'boundedAuditLog',
    (options) => boundedAuditLog(createMemoryAuditLog(), Object(options)),
    ['addressKey'],
    'perAddressPerHour',
    'perAdressPerHour',
  ],
  [
    'createVestibule',
    (options) => createVestibule(Object(options)),
    ['database'],
    'operatorToken',
    'operatorTokn',
  ],
];

/** The two whose options may be spread from all stores, with their required options. */
const WIDE: readonly (readonly [string, CreateWith, readonly string[]])[] = [
  [
    'createOperator',
    (options) => createOperator(Object(options)),
    ['realms', 'clients', 'grants', 'people', 'audit', 'commit', 'clock', 'generateToken', 'hash'],
  ],
  [
    'createClientSweeper',
    (options) => createClientSweeper(Object(options)),
    ['realms', 'clients', 'commit', 'leases', 'audit', 'clock', 'holder'],
  ],
];

/** The lines of the error. */
async function problemsOf(create: CreateWith, options: Readonly<Record<string, unknown>>) {
  const outcome = await Promise.resolve()
    .then(() => create(options))
    .catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(TypeError);
  return String(outcome).replace('TypeError: ', '').split('\n');
}

describe.each(FUNCTIONS)('%s', (name, create, required, option, misspelt) => {
  test('names a misspelt option, and the nearest one', async () => {
    const lines = await problemsOf(create, { [misspelt]: () => 'a secret' });
    expect(lines).toContain(`${name}: unknown option "${misspelt}". Did you mean "${option}"?`);
    expect(lines.join('\n')).not.toContain('a secret');
  });

  test('names an option of the wrong type', async () => {
    const lines = await problemsOf(create, { [option]: null });
    expect(lines.filter((line) => line.startsWith(`${name}: "${option}" must be `))).toHaveLength(1);
  });

  test('names all missing options at once', async () => {
    // The option of the wrong type is there for the functions that need none.
    const lines = await problemsOf(create, { [option]: null });
    expect(
      lines.filter((line) => line.includes('is missing')).map((line) => line.split(' It must')[0]),
    ).toEqual(required.map((missing) => `${name}: "${missing}" is missing.`));
  });
});

test.each(WIDE)(
  '%s names all missing options at once, and ignores other members',
  async (name, create, all) => {
    const lines = await problemsOf(create, { stores: {} });
    expect(lines.map((line) => line.split(' It must be')[0])).toEqual(
      all.map((missing) => `${name}: "${missing}" is missing.`),
    );
  },
);

test('createAuthorizationServer names the stores that are missing, and may be given others', async () => {
  const { codes: _, keys: __, ...stores } = createMemoryStores();
  const lines = await problemsOf((options) => createAuthorizationServer(Object(options)), {
    realm: 'main',
    issuer: 'https://id.example',
    realms: stores.realms,
    stores: { ...stores, audit: undefined },
    signIn: passwords({ authenticate: async () => undefined }),
    pages: { signIn: () => ({ html: '', headers: {} }) },
    limiter: createMemoryRateLimiter(),
    audit: createMemoryAuditLog(),
    clock: () => 0,
    generateToken: () => '',
    onError: () => undefined,
  });
  expect(lines).toEqual([
    'createAuthorizationServer: stores: "codes" is missing. It must be an object.',
    'createAuthorizationServer: stores: "keys" is missing. It must be an object with list().',
  ]);
});
