/**
 * What can be had of the provider's tokens: by an agent that wants more than the person approved, and by a reader or writer of the
 * database.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8707#section-3 RFC 8707 §3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc6819#section-5.1.4.1.3 RFC 6819 §5.1.4.1.3}
 *
 * Taken out: packages/upstream/src/judge-token.ts: `if (excess.length > 0) {` → `if (false) {`
 * Then fails: passes no token on that has more than the person approved
 *
 * Taken out: packages/upstream/src/judge-token.ts: `if (audience !== undefined) return wrong(audience);` → `if (false) return wrong('');`
 * Then fails: passes no token on that is for another API
 *
 * Taken out: packages/server/src/provider-tokens/seal-tokens.ts: `return sealed.jwe;` → `return JSON.stringify(contents);`
 * Then fails: leaves no usable token in the database
 *
 * Taken out: packages/server/src/key/key-cipher.ts: `if (kept.kid !== kid) throw` → `if (false) throw`
 * Then fails: gives nothing to an agent whose record was replaced by that of another
 */
import { newBrowser } from '@vestibule/testing/browser';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { newClient } from './support/client.ts';
import { codeOn, startProviderTokens, tokensOf } from './support/provider-tokens.ts';

test('passes no token on that has more than the person approved', async () => {
  const { approve, provider, failures } = await startProviderTokens();
  provider.lies.tokens = (body) => ({ ...body, scope: 'openid mail.read mail.send' });
  const browser = newBrowser();
  const shown = await browser.open(await provider.signIn(await approve(browser)));
  expect([codeOn(shown), failures[0]?.rule]).toEqual([undefined, 'upstream.token']);
});

test('passes no token on that is for another API', async () => {
  const { approve, provider, failures } = await startProviderTokens();
  provider.lies.accessToken = (claims) => ({ ...claims, aud: 'https://payments.example' });
  const browser = newBrowser();
  const shown = await browser.open(await provider.signIn(await approve(browser)));
  expect([codeOn(shown), failures[0]?.rule]).toEqual([undefined, 'upstream.token']);
});

test('leaves no usable token in the database', async () => {
  const world = await startProviderTokens();
  const { access_token: accessToken, refresh_token: ours } = await tokensOf(world);
  const [ofProvider = ''] = world.provider.refreshTokens.keys();
  await world.app.stop();
  const bytes = readFileSync(world.database).toString('latin1');
  expect(bytes).toContain('provider_tokens');
  for (const secret of [accessToken, ours, ofProvider, world.provider.clientSecret]) {
    expect(secret).not.toBe('');
    expect(bytes).not.toContain(secret);
  }
});

test('gives nothing to an agent whose record was replaced by that of another', async () => {
  const world = await startProviderTokens();
  const attacker = await newClient(world.app);
  const victim = await tokensOf(world);
  const own = await tokensOf(world, attacker);
  const { providerTokens } = world.app.stores;
  const all = (await providerTokens?.listOrphaned(world.app.realm.id, Number.MAX_SAFE_INTEGER, 9)) ?? [];
  for (const record of all) {
    const other = all.find(({ grantId }) => grantId !== record.grantId);
    await providerTokens?.remove(record.realm, record.grantId, record.version);
    await providerTokens?.put({ ...record, sealed: other?.sealed ?? '' });
  }
  const before = world.provider.refreshes;
  const { status, body } = await attacker.refresh(own.refresh_token);
  expect([status, body.access_token, world.provider.refreshes]).toEqual([500, undefined, before]);
  expect(all.length).toBe(2);
  expect(victim.access_token).not.toBe(own.access_token);
});
