/**
 * Account takeover by email address: an attacker has an account at the identity provider with the email address of another person, because
 * the provider does not verify it, or because the address was given to the attacker later. Or the attacker has the same `sub` at another
 * provider.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#ClaimStability OIDC Core §5.7}
 * @see {@link https://cwe.mitre.org/data/definitions/287.html CWE-287}
 *
 * Taken out: packages/upstream/src/sign-in-upstream.ts: `subject: subjectOf(settings.issuer, sub)` → `subject: subjectOf(settings.issuer, String(claims['email'] ?? sub))`
 * Then fails: does not take two people with one email address for one
 *
 * Taken out: packages/upstream/src/subject.ts: `JSON.stringify([issuer, sub])` → `sub`
 * Then fails: does not take the people of two providers with one subject for one
 */
import { newBrowser } from '@vestibule/testing/browser';
import { expect, test } from 'vitest';
import { startUpstream, type UpstreamWorld } from './support/upstream.ts';

const EMAIL = 'ada@login.example';

/** The subjects of the people who have signed in at the provider. */
async function subjectsIn({ app }: UpstreamWorld): Promise<readonly string[]> {
  const { items } = await app.stores.people.list(app.realm.id, { limit: 9 });
  return items.filter(({ passwordHash }) => passwordHash === undefined).map(({ subject }) => subject);
}

test.each([true, false])(
  'does not take two people with one email address for one, verified: %s',
  async (verified) => {
    const world = await startUpstream();
    world.provider.person = { sub: 'ada-1', name: 'Ada', email: EMAIL, email_verified: true };
    const browser = newBrowser();
    await browser.decide(await world.signIn(browser), 'approve');
    world.provider.person = { sub: 'eve-2', name: 'Ada', email: EMAIL, email_verified: verified };
    await world.signIn();
    expect(new Set(await subjectsIn(world)).size).toBe(2);
    const attacker = newBrowser();
    const { away } = await attacker.open(`${world.app.issuer}/connect/apps`);
    const apps = await attacker.open(await world.provider.signIn(away ?? new URL('about:blank')));
    expect(apps.text).not.toContain('Attacker ');
  },
);

test('does not take a person of the provider for one with a password, by email address or name', async () => {
  const world = await startUpstream();
  const { people } = world.app.stores;
  const local = await people.findByUsername(world.app.realm.id, 'ada');
  world.provider.person = { sub: local?.subject ?? '', name: 'ada', preferred_username: 'ada', email: EMAIL };
  await world.signIn();
  expect(await people.findByUsername(world.app.realm.id, 'ada')).toEqual(local);
  expect(await subjectsIn(world)).not.toContain(local?.subject);
});

test('does not take the people of two providers with one subject for one', async () => {
  const worlds = [await startUpstream(), await startUpstream()];
  for (const { signIn } of worlds) await signIn();
  const subjects = (await Promise.all(worlds.map(subjectsIn))).flat();
  expect([subjects.length, new Set(subjects).size]).toEqual([2, 2]);
});
