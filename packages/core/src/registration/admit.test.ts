import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ADA, NOW, type Registration, realmWith } from '../../test/support/realm.ts';
import { BODY, setUp, sourceAt } from '../../test/support/set-up.ts';
import type { RegistrationMode } from '../realm/registration-settings.ts';

type State = 'none' | 'good' | 'unknown' | 'expired' | 'spent' | 'revoked' | 'of another realm';
type Came = 'admitted' | 'admitted with it' | 'missing' | 'invalid';

const STATES: readonly State[] = [
  'none',
  'good',
  'unknown',
  'expired',
  'spent',
  'revoked',
  'of another realm',
];
/** A used-up token can still get the client that it registered. */
const BAD = {
  unknown: 'invalid',
  expired: 'invalid',
  spent: 'admitted with it',
  revoked: 'invalid',
} as const;

const EXPECTED: Readonly<Record<RegistrationMode, Readonly<Record<State, Came>>>> = {
  anonymous: {
    none: 'admitted',
    good: 'admitted',
    unknown: 'admitted',
    expired: 'admitted',
    spent: 'admitted',
    revoked: 'admitted',
    'of another realm': 'admitted',
  },
  'initial-access-token': {
    ...BAD,
    none: 'missing',
    good: 'admitted with it',
    'of another realm': 'invalid',
  },
  both: { ...BAD, none: 'admitted', good: 'admitted with it', 'of another realm': 'invalid' },
};

/** A registrar, and a token in the given state. */
async function setUpWith(mode: RegistrationMode, state: State) {
  const all = setUp(realmWith({ mode }));
  if (state === 'none') return { ...all, token: undefined, id: undefined };
  if (state === 'unknown') return { ...all, token: 'vit_nobody-has-it', id: undefined };
  if (state === 'of another realm') {
    const { token } = await all.operator.tokens.issue(ADA, 'other', { expiresAt: NOW + 1, maxUses: 1 });
    return { ...all, token, id: undefined };
  }
  const { token, record } = await all.issue();
  const { id } = record;
  if (state === 'expired') all.pass(3_600);
  if (state === 'spent') await all.initialAccessTokens.use('main', record.hash, NOW);
  if (state === 'revoked') await all.operator.tokens.revoke(ADA, 'main', id);
  return { ...all, token, id };
}

const modes = cite(
  'in the mode',
  'vestibule:mode:anonymous',
  'vestibule:mode:token-only',
  'vestibule:mode:both',
  'vestibule:mode:both-bad-token',
  'vestibule:initial-access-tokens:none',
  'vestibule:initial-access-tokens:expiry',
  'vestibule:initial-access-tokens:revoked',
  'vestibule:initial-access-tokens:of-its-realm',
  'rfc7591:3:protected-registration',
);

describe.each(Object.entries(EXPECTED) as [RegistrationMode, (typeof EXPECTED)[RegistrationMode]][])(
  `${modes}: %s`,
  (mode, expected) => {
    test.each(STATES)('a token that is: %s', async (state) => {
      const { registrar, audit, token, id } = await setUpWith(mode, state);
      const before = audit.events.length;
      const admission = await registrar.admit('main', sourceAt('192.0.2.1'), token);
      const told = audit.events.slice(before);
      const came = expected[state];
      if (came === 'admitted' || came === 'admitted with it') {
        expect(admission).toMatchObject({ outcome: 'admitted', realm: { id: 'main' } });
        const used = admission.outcome === 'admitted' ? admission.token?.id : undefined;
        expect(used).toBe(came === 'admitted' ? undefined : id);
        expect(told).toEqual([]);
        return;
      }
      expect(admission).toEqual({ outcome: 'unauthorized', token: came });
      const reason = state === 'none' ? 'missing' : state === 'of another realm' ? 'unknown' : state;
      expect(told).toEqual([
        {
          type: 'registration.unauthorized',
          realm: 'main',
          at: expect.any(Number),
          ip: '192.0.2.1',
          reason,
          ...(id !== undefined && { initialAccessTokenId: id }),
        },
      ]);
    });
  },
);

test.each<[string, Registration]>([
  ['clients manage themselves', { management: { enabled: true } }],
  ['the realm turns coalescing off', { coalesce: false }],
])('where %s, a used-up token is refused before the body is read', async (_, settings) => {
  const { registrar, issue, audit } = setUp(realmWith({ mode: 'both', ...settings }));
  const { token, record } = await issue({ maxUses: 0 });
  const admission = await registrar.admit('main', sourceAt('192.0.2.1'), token);
  expect(admission).toEqual({ outcome: 'unauthorized', token: 'invalid' });
  expect(audit.events.at(-1)).toMatchObject({
    type: 'registration.unauthorized',
    reason: 'spent',
    initialAccessTokenId: record.id,
  });
});

test('without a store of tokens no token is valid', async () => {
  const issued = await setUp().issue();
  const { register } = setUp(realmWith({ mode: 'both' }), { initialAccessTokens: undefined as never });
  expect(await register(BODY, { token: issued.token })).toEqual({
    outcome: 'unauthorized',
    token: 'invalid',
  });
});

test(cite('a token is valid until it expires', 'vestibule:initial-access-tokens:expiry'), async () => {
  const { issue, register, pass } = setUp(realmWith({ mode: 'initial-access-token' }));
  const { token } = await issue({ expiresAt: NOW + 60_000, maxUses: 10 });
  pass(59.999);
  expect(await register(BODY, { token })).toMatchObject({ outcome: 'registered' });
  pass(0.001);
  expect(await register(BODY, { token })).toEqual({ outcome: 'unauthorized', token: 'invalid' });
});

test(cite('another mode counts from the next request on', 'vestibule:mode:at-once'), async () => {
  const { register, change } = setUp();
  expect(await register(BODY)).toMatchObject({ outcome: 'registered' });
  await change(realmWith({ mode: 'initial-access-token' }));
  expect(await register(BODY)).toEqual({ outcome: 'unauthorized', token: 'missing' });
  await change(realmWith({ mode: 'both' }));
  expect(await register(BODY)).toMatchObject({ outcome: 'registered' });
});

test('a closed door asks for no token, and takes nothing down', async () => {
  const { register, issue, audit } = setUp(realmWith({ open: false, mode: 'initial-access-token' }));
  const { token } = await issue();
  const before = audit.events.length;
  expect(await register(BODY, { token })).toEqual({ outcome: 'closed' });
  expect(await register(BODY)).toEqual({ outcome: 'closed' });
  expect(audit.events).toHaveLength(before);
});
