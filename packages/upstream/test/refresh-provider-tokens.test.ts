import { expect, test } from 'vitest';
import { claimsOf, startTokenWorld, type TokenWorld } from './support/token-world.ts';

const endings = async (world: TokenWorld) =>
  (await world.events()).flatMap((event) => (event.type === 'grant.ended' ? event.reason : []));

test('a refresh gets a new access token of the provider and a new refresh token of this server', async () => {
  const world = await startTokenWorld();
  const first = await world.tokens();
  const { status, body } = await world.refresh(first.refresh_token);
  expect([status, body.token_type, body.scope, body.expires_in]).toEqual([200, 'Bearer', 'notes:read', 300]);
  expect(claimsOf(body.access_token).jti).not.toBe(claimsOf(first.access_token).jti);
  expect(body.refresh_token).not.toBe(first.refresh_token);
  expect(world.provider.refreshTokens.size).toBe(1);
  const again = await world.refresh(body.refresh_token);
  expect([again.status, world.provider.refreshes]).toEqual([200, 2]);
});

test('a refresh whose response was lost gets the same tokens again, and the provider is not asked', async () => {
  const world = await startTokenWorld();
  const { refresh_token: presented } = await world.tokens();
  const lost = await world.refresh(presented);
  const again = await world.refresh(presented);
  expect(again.body.access_token).toBe(lost.body.access_token);
  expect(again.body.refresh_token).toBe(lost.body.refresh_token);
  expect(world.provider.refreshes).toBe(1);
  expect((await world.refresh(again.body.refresh_token)).status).toBe(200);
});

test('concurrent refreshes ask the provider once, and get the same tokens', async () => {
  const world = await startTokenWorld();
  const { refresh_token: presented } = await world.tokens();
  const all = await Promise.all([1, 2, 3, 4].map(() => world.refresh(presented)));
  expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(new Set(all.map(({ body }) => body.access_token)).size).toBe(1);
  expect(new Set(all.map(({ body }) => body.refresh_token)).size).toBe(1);
  expect(world.provider.refreshes).toBe(1);
});

test('an outage of the provider loses nothing: the same refresh works afterwards', async () => {
  const world = await startTokenWorld();
  const { refresh_token: presented } = await world.tokens();
  world.provider.lies.refresh = { status: 502, body: {} };
  const failed = await world.refresh(presented);
  expect([failed.status, failed.body.error]).toEqual([503, 'temporarily_unavailable']);
  delete world.provider.lies.refresh;
  expect((await world.refresh(presented)).status).toBe(200);
  expect(await endings(world)).toEqual([]);
});

test('a refresh token that the provider quotes in an error is in no message for the operator', async () => {
  const world = await startTokenWorld();
  const { refresh_token: presented } = await world.tokens();
  const [ofProvider = ''] = world.provider.refreshTokens.keys();
  const error_description = `the token "${ofProvider}" is odd`;
  world.provider.lies.refresh = { status: 400, body: { error: 'invalid_request', error_description } };
  expect((await world.refresh(presented)).status).toBe(503);
  world.provider.lies.revocation = { status: 400, body: { error: ofProvider, error_description } };
  await world.revoke(presented);
  await world.sweep();
  expect(world.failures.map(({ detail }) => detail)).toEqual([
    expect.stringContaining('is odd'),
    expect.stringContaining('is odd'),
  ]);
  expect(JSON.stringify(world.failures)).not.toContain(ofProvider);
});

test('a wrong registration at the provider ends no grant', async () => {
  const world = await startTokenWorld();
  const { refresh_token: presented } = await world.tokens();
  world.provider.lies.refresh = { status: 401, body: { error: 'invalid_client' } };
  expect((await world.refresh(presented)).status).toBe(503);
  delete world.provider.lies.refresh;
  expect((await world.refresh(presented)).status).toBe(200);
});

test('a refresh token that the provider ended ends the grant', async () => {
  const world = await startTokenWorld();
  const { refresh_token: presented } = await world.tokens();
  world.provider.lies.refresh = { status: 400, body: { error: 'invalid_grant' } };
  const ended = await world.refresh(presented);
  expect([ended.status, ended.body.error]).toEqual([400, 'invalid_grant']);
  expect(await endings(world)).toEqual(['provider']);
  delete world.provider.lies.refresh;
  expect((await world.refresh(presented)).body.error).toBe('invalid_grant');
  expect(world.provider.refreshes).toBe(1);
});

test('a replayed refresh token of this server ends the grant, whatever the provider says', async () => {
  const world = await startTokenWorld();
  const { refresh_token: first } = await world.tokens();
  const { body: second } = await world.refresh(first);
  const { body: third } = await world.refresh(second.refresh_token);
  world.pass(3_600);
  expect((await world.refresh(first)).body.error).toBe('invalid_grant');
  expect((await world.refresh(third.refresh_token)).body.error).toBe('invalid_grant');
  expect(await endings(world)).toEqual(['refresh-token-replayed']);
});

test('a refresh with a wider token of the provider is refused, and keeps its new refresh token', async () => {
  const world = await startTokenWorld();
  const { refresh_token: presented } = await world.tokens();
  world.provider.lies.tokens = (body) => ({ ...body, scope: 'openid notes.read mcp.read' });
  expect((await world.refresh(presented)).body.error).toBe('invalid_grant');
  delete world.provider.lies.tokens;
  expect((await world.refresh(presented)).status).toBe(200);
});

test('a scope that was closed since is not in the next token', async () => {
  const world = await startTokenWorld();
  const { refresh_token: presented } = await world.tokens({ scope: 'notes:read mcp:read' });
  await world.closeScope('mcp:read');
  const { status, body } = await world.refresh(presented);
  expect([status, body.scope]).toEqual([200, 'notes:read']);
  expect(String(claimsOf(body.access_token).scope)).not.toContain('mcp.read');
});

test('a response that was lost before a scope was closed is not repeated with that scope', async () => {
  const world = await startTokenWorld();
  const { refresh_token: presented } = await world.tokens({ scope: 'notes:read mcp:read' });
  await world.refresh(presented);
  await world.closeScope('mcp:read');
  const { body } = await world.refresh(presented);
  expect(body.scope).toBe('notes:read');
});

test.each([
  ['the agent revokes its refresh token', 'client-revoked'],
  ['the agent is blocked', 'blocked'],
] as const)('the tokens are revoked at the provider and deleted after %s', async (_, how) => {
  const world = await startTokenWorld();
  const { refresh_token: presented } = await world.tokens();
  const [ofProvider] = world.provider.refreshTokens.keys();
  await (how === 'blocked' ? world.block() : world.revoke(presented));
  const grants = await world.orphaned();
  expect(grants.length).toBe(1);
  expect(await world.sweep()).toBe(1);
  expect([world.provider.revoked, await world.orphaned()]).toEqual([[ofProvider], []]);
  expect((await world.refresh(presented)).body.error).toBe('invalid_grant');
});

test('the tokens are revoked in a later round if the provider cannot be reached', async () => {
  const world = await startTokenWorld();
  const { refresh_token: presented } = await world.tokens();
  await world.revoke(presented);
  world.provider.stop();
  expect(await world.sweep()).toBe(0);
  expect((await world.orphaned()).length).toBe(1);
});

test.each([
  [503, { error: 'temporarily_unavailable' }],
  [502, []],
  [429, {}],
])('the tokens are revoked in a later round if the provider responds %i', async (status, body) => {
  const world = await startTokenWorld();
  const { refresh_token: presented } = await world.tokens();
  const [ofProvider] = world.provider.refreshTokens.keys();
  await world.revoke(presented);
  world.provider.lies.revocation = { status, body };
  expect(await world.sweep()).toBe(0);
  expect((await world.orphaned()).length).toBe(1);
  delete world.provider.lies.revocation;
  expect([await world.sweep(), world.provider.revoked]).toEqual([1, [ofProvider]]);
});

test('the tokens are deleted if the provider does not let this server revoke them', async () => {
  const world = await startTokenWorld();
  const { refresh_token: presented } = await world.tokens();
  await world.revoke(presented);
  world.provider.lies.revocation = { status: 400, body: { error: 'unsupported_token_type' } };
  expect([await world.sweep(), await world.orphaned()]).toEqual([1, []]);
});

test('the tokens of a grant that lives are not revoked', async () => {
  const world = await startTokenWorld();
  await world.tokens();
  expect([await world.sweep(), world.provider.revoked]).toEqual([0, []]);
});
