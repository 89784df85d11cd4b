import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { basic } from './apis.ts';
import { ISSUER, setUp } from './set-up.ts';

type World = ReturnType<typeof setUp>;

const presentSecret = async ({ server }: World, clientId: string): Promise<void> => {
  const headers = { authorization: basic(clientId, 'a wrong secret') };
  await server.token(new Request(`${ISSUER}/connect/token`, { method: 'POST', headers, body: FORM() }), {
    ip: '192.0.2.1',
  });
};

const FORM = (): URLSearchParams => new URLSearchParams({ grant_type: 'refresh_token' });

test.each<[string, boolean, (world: World, clientId: string) => Promise<unknown>]>([
  ['an unknown code', false, ({ exchange }, clientId) => exchange(clientId, 'unknown')],
  ['an unknown refresh token', false, ({ refresh }, clientId) => refresh(clientId, 'unknown')],
  ['the name of a client that does not exist', false, (world) => presentSecret(world, 'unknown')],
  [
    'a code of another client',
    true,
    async ({ exchange, obtainCode, register }, clientId) =>
      exchange(await register(), await obtainCode(clientId)),
  ],
  [
    'a code with another verifier',
    true,
    async ({ exchange, obtainCode }, clientId) =>
      exchange(clientId, await obtainCode(clientId), { code_verifier: 'x'.repeat(43) }),
  ],
  [
    'a code for the second time',
    true,
    async ({ exchange, obtainCode }, clientId) => {
      const code = await obtainCode(clientId);
      await exchange(clientId, code);
      await exchange(clientId, code);
    },
  ],
  [
    'a used code of another client',
    true,
    async ({ exchange, obtainCode, register }, clientId) => {
      const code = await obtainCode(clientId);
      await exchange(clientId, code);
      await exchange(await register(), code);
    },
  ],
  [
    'a refresh token of another client',
    true,
    async ({ exchange, obtainCode, refresh, register }, clientId) => {
      const { body } = await exchange(clientId, await obtainCode(clientId));
      await refresh(await register(), body.refresh_token);
    },
  ],
  [
    'a confidential client’s name with a wrong secret',
    true,
    async (world) => presentSecret(world, (await world.preregister()).clientId),
  ],
])(
  cite('whether the refusal of %s is recorded as a misuse: %s', 'vestibule:limits:audit-classes'),
  async (_title, misused, present) => {
    const world = setUp();
    await present(world, await world.register());
    const event = world.audit.events.findLast(({ type }) => type === 'token.refused');
    expect(event !== undefined && 'misused' in event).toBe(misused);
    expect(event).toBeDefined();
  },
);
