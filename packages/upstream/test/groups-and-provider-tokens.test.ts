import { asksForConsent, handedBack, newBrowser } from '@vestibule/testing/browser';
import { exchange } from '@vestibule/testing/oauth';
import { expect, test } from 'vitest';
import { leadsTo, startTokenWorld, type TokenWorld } from './support/token-world.ts';
import { CALLBACK, signInThere } from './support/world.ts';

/** Refusals because of groups. */
const refusals = async (world: TokenWorld) =>
  (await world.events()).flatMap((event) =>
    'rule' in event && event.rule === 'api.allowed-groups' ? event.type : [],
  );

/** The error for the agent on a page. */
const errorOn = (text: string): string | undefined => /[?&](?:amp;)?error=(\w+)/.exec(text)?.[1];

const tokenRequests = ({ provider }: TokenWorld): number =>
  provider.requested.filter((path) => path === '/token').length;

/** A world in which Ada is in the only group that the notes allow. */
async function worldOfGroup() {
  const world = await startTokenWorld();
  const browser = newBrowser();
  await signInThere(world, world.url());
  await world.allow(['agents']);
  await world.setGroups(['agents']);
  const consent = await signInThere(world, world.url(), browser);
  expect(asksForConsent(consent)).toBe(true);
  return { ...world, browser, consent };
}

test('a person in an allowed group gets tokens of the provider, and agents refresh them', async () => {
  const { browser, consent, ...world } = await worldOfGroup();
  const onward = await browser.decide(consent, 'approve');
  const arrived = handedBack(await browser.open(await world.provider.signIn(leadsTo(onward))));
  const { body } = await exchange(world, world.clientId, CALLBACK, arrived ?? new URL(CALLBACK));
  expect((await world.refresh(body.refresh_token)).status).toBe(200);
  expect(await refusals(world)).toEqual([]);
});

test('a person who leaves the group after their consent is not led to the provider', async () => {
  const { browser, consent, ...world } = await worldOfGroup();
  const onward = await browser.decide(consent, 'approve');
  await world.setGroups([]);
  const shown = await browser.open(onward.url);
  expect(shown.text).not.toContain(`${world.provider.issuer}/authorize`);
  expect(errorOn(shown.text)).toBe('access_denied');
  expect(await refusals(world)).toEqual(['authorization.refused']);
});

test('a person who leaves the group while they are at the provider gets no tokens of it', async () => {
  const { browser, consent, ...world } = await worldOfGroup();
  const onward = await browser.decide(consent, 'approve');
  const callback = await world.provider.signIn(leadsTo(onward));
  await world.setGroups([]);
  const before = tokenRequests(world);
  const shown = await browser.open(callback);
  expect([errorOn(shown.text), tokenRequests(world)]).toEqual(['access_denied', before]);
  expect(world.provider.refreshTokens.size).toBe(0);
  // The group came back: the same response of the provider has not been used.
  await world.setGroups(['agents']);
  expect(handedBack(await browser.open(callback))?.searchParams.has('code')).toBe(true);
});

test('a person who leaves the group stops the refresh before the provider is asked, until they are in it again', async () => {
  const { browser, consent, ...world } = await worldOfGroup();
  const onward = await browser.decide(consent, 'approve');
  const arrived = handedBack(await browser.open(await world.provider.signIn(leadsTo(onward))));
  const { body } = await exchange(world, world.clientId, CALLBACK, arrived ?? new URL(CALLBACK));
  await world.allow(['others']);
  expect((await world.refresh(body.refresh_token)).body.error).toBe('invalid_grant');
  expect([world.provider.refreshes, await world.sweep()]).toEqual([0, 0]);
  await world.allow(['agents']);
  expect((await world.refresh(body.refresh_token)).status).toBe(200);
});
