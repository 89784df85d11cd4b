/**
 * A person lets an app use an API that is for others: they have never been in an allowed group, or were until a moment ago, or use the
 * page of another account in the same browser. Or they get a group with a name that looks the same, or by a claim that is read wrongly.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/862.html CWE-862}
 * @see {@link https://cwe.mitre.org/data/definitions/367.html CWE-367}
 *
 * Taken out: packages/server/src/consent/decide-consent.ts: `if (!allowsPerson(gates.api, memberships)) {` → `if (false) {`
 * Then fails: gives no code to a person
 * Taken out: packages/server/src/token/authorization-code-grant.ts: `if (!(await isStillAllowed(context, realm, gates.api, grant))) {` → `if (false) {`
 * Then fails: does not exchange a code for a person who has left the group since they approved
 * Taken out: packages/server/src/token/refresh-token-grant.ts: `if (!(await isStillAllowed(context, realm, gates.api, grant))) return denied(personNotAllowed);` → ``
 * Then fails: does not refresh for a person who has left the group
 * Taken out: packages/server/src/token/standing-access-token.ts: ` || !(await isStillAllowed(context, realm, gates.api, grant))` → ``
 * Then fails: calls no access token active of a person who has left the group
 * Taken out: packages/core/src/gates/allows-person.ts: `groups.includes(name) || reportedGroups.includes(name)` → `[...groups, ...reportedGroups].some((one) => one.normalize('NFKC').toLowerCase().trim() === name)`
 * Then fails: does not take a group with a similar name for an allowed one
 * Taken out: packages/core/src/operator/profile-change.ts: `...(groups !== undefined && { groups }),` → `...(groups !== undefined && { groups }), ...(known.reportedGroups !== undefined && { reportedGroups: known.reportedGroups }),`
 * Then fails: takes away the group that the provider does not name any more
 * Taken out: packages/upstream/src/groups.ts: `areKeys && isObject(value)` → `isObject(value)`
 * Then fails: takes no group from a claim that is an object with the name of the group
 * Taken out: packages/upstream/src/groups.ts: `if (isTooMany(claims, path)) {` → `if (false) {`
 * Then fails: takes no group from a claim that is said to be incomplete
 * Taken out: packages/server/src/endpoints/provider-return.ts: `!isAllowed || ` → ``
 * Then fails: asks a provider for no token for a person who may not use the API since they approved
 */
import { asksForConsent, formOf, handedBack, headingOf, newBrowser } from '@vestibule/testing/browser';
import { beforeEach, describe, expect, test } from 'vitest';
import { ADA, HOSTED, OPEN_SEED, type SeedFile, type TestApp } from '../support/app.ts';
import { apiSecret, introspect } from './support/api.ts';
import { attackedApp } from './support/attacked.ts';
import { newClient } from './support/client.ts';
import { codeOn, startProviderTokens } from './support/provider-tokens.ts';
import { startUpstream } from './support/upstream.ts';

const GRACE = { username: 'grace', name: 'Grace Hopper', password: 'a moth in a relay' };

const SEED: SeedFile = {
  ...OPEN_SEED,
  apis: (OPEN_SEED.apis ?? []).map((api) =>
    Object.assign({}, api, api.id === 'notes' && { allowedGroups: ['agents'] }),
  ),
  people: [ADA, GRACE],
};

// A host where a browser has one session.
const hosted = attackedApp(SEED, { issuer: HOSTED });
const local = attackedApp(SEED);

/** Gives Ada these groups, and no others. */
async function setGroups({ stores: { people }, realm }: TestApp, groups: readonly string[]): Promise<void> {
  const known = await people.findByUsername(realm.id, 'ada');
  if (known === undefined) throw new Error('Ada is missing.');
  const { groups: _old, ...others } = known;
  expect(await people.replace({ ...others, groups }, known)).toBe('replaced');
}

beforeEach(async () => {
  await setGroups(hosted(), ['agents']);
  await setGroups(local(), ['agents']);
});

const NOT_ALLOWED = 'Your account cannot connect apps to Notes';

describe('gives no code to a person', () => {
  test('who has never been in the group, whatever they post', async () => {
    const [client, browser] = [await newClient(local()), newBrowser()];
    const shown = await browser.signIn(await browser.open(client.url()), GRACE);
    expect([headingOf(shown), handedBack(shown)]).toEqual([NOT_ALLOWED, undefined]);
    const { action, fields } = formOf(shown);
    const approval = { ...fields, decision: 'approve', scope: 'notes:read', lasting: 'until-revoked' };
    for (const posted of [approval, { ...approval, csrf: '' }, { ...approval, person: 'ada' }]) {
      const after = await browser.post(action, posted);
      expect([headingOf(after), handedBack(after), after.away]).toEqual([NOT_ALLOWED, undefined, undefined]);
    }
  });

  test('who has left the group while the page was displayed', async () => {
    const [client, browser] = [await newClient(local()), newBrowser()];
    const consent = await browser.signIn(await browser.open(client.url()));
    expect(asksForConsent(consent)).toBe(true);
    await setGroups(local(), ['staff']);
    const after = await browser.decide(consent, 'approve');
    expect([headingOf(after), handedBack(after)]).toEqual([NOT_ALLOWED, undefined]);
  });

  test('who posts the page of another account, which was open in another tab', async () => {
    const [client, browser] = [await newClient(hosted()), newBrowser()];
    const ofAda = await browser.signIn(await browser.open(client.url()));
    expect(asksForConsent(ofAda)).toBe(true);
    const other = await newClient(hosted());
    const { url } = await browser.open(other.url());
    const signIn = new URL(url.href.replace('/consent?', '/sign-in?'));
    signIn.searchParams.set('switch', 'true');
    await browser.signIn(await browser.open(signIn), GRACE);
    const after = await browser.decide(ofAda, 'approve');
    expect([headingOf(after), handedBack(after)]).toEqual([NOT_ALLOWED, undefined]);
  });
});

test('lets the page of one account decide nothing for another that may', async () => {
  const [client, browser] = [await newClient(hosted()), newBrowser()];
  const ofGrace = await browser.signIn(await browser.open(client.url()), GRACE);
  const link = ofGrace.page.querySelector('a.primary')?.getAttribute('href')?.replaceAll('&amp;', '&') ?? '';
  const ofAda = await browser.signIn(await browser.open(new URL(link, ofGrace.url)));
  expect(asksForConsent(ofAda)).toBe(true);
  const { action, fields } = formOf(ofGrace);
  const after = await browser.post(action, fields);
  expect([after.status, asksForConsent(after), handedBack(after)]).toEqual([409, true, undefined]);
});

test('does not exchange a code for a person who has left the group since they approved', async () => {
  const client = await newClient(local());
  const arrived = await client.code();
  await setGroups(local(), []);
  expect(await client.exchange(arrived)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  await setGroups(local(), ['agents']);
  expect((await client.exchange(arrived)).body).not.toHaveProperty('access_token');
});

test('does not refresh for a person who has left the group', async () => {
  const client = await newClient(local());
  const tokens = await client.tokens();
  await setGroups(local(), ['Agents', 'agents-2']);
  const refused = await client.refresh(tokens.refresh_token);
  expect([refused.status, refused.body.error]).toEqual([400, 'invalid_grant']);
});

test('calls no access token active of a person who has left the group', async () => {
  const secret = await apiSecret(local(), 'notes');
  const { access_token: token } = await (await newClient(local())).tokens();
  const isActive = async () => (await introspect(local(), ['notes', secret], token)).body.active;
  expect(await isActive()).toBe(true);
  await setGroups(local(), []);
  expect(await isActive()).toBe(false);
});

describe('does not take a group with a similar name for an allowed one', () => {
  test.each([
    ['one in capital letters', 'AGENTS'],
    ['one that ends with a space', 'agents '],
    ['one in full-width letters', 'ａｇｅｎｔｓ'],
    ['one that has a Cyrillic letter', '\u0430gents'],
    ['one that has an invisible character', 'agents\u200b'],
    ['one that goes on after it', 'agents/of-others'],
    ['one that lists several in a text', 'staff,agents'],
  ])('%s', async (_, name) => {
    await setGroups(local(), [name]);
    const [client, browser] = [await newClient(local()), newBrowser()];
    const shown = await browser.signIn(await browser.open(client.url()));
    expect([headingOf(shown), asksForConsent(shown)]).toEqual([NOT_ALLOWED, false]);
  });
});

test('takes away the group that the provider does not name any more', async () => {
  const world = await startUpstream(SEED, { groups: { claim: 'groups' } });
  const person = { ...world.provider.person };
  world.provider.person = { ...person, groups: ['agents'] };
  expect(asksForConsent(await world.signIn())).toBe(true);
  world.provider.person = person;
  expect(headingOf(await world.signIn())).toBe(NOT_ALLOWED);
});

describe('takes no group from a claim that is', () => {
  test.each<[string, object]>([
    ['a number', { groups: 7 }],
    ['true', { groups: true }],
    ['an object with the name of the group', { groups: { agents: true } }],
    ['a list of lists', { groups: [['agents']] }],
    ['a text of several names', { groups: 'agents staff' }],
    [
      'too long to be stored',
      { groups: Array.from({ length: 10_000 }, (_, i) => (i === 0 ? 'agents' : `g${i}`)) },
    ],
    ['said to be incomplete', { groups: ['agents'], _claim_names: { groups: 'src1' } }],
    ['spelled in another way', { Groups: ['agents'], 'groups ': ['agents'] }],
  ])('%s', async (_, claims) => {
    const world = await startUpstream(SEED, { groups: { claim: 'groups' } });
    world.provider.person = { ...world.provider.person, ...claims };
    expect(headingOf(await world.signIn())).toBe(NOT_ALLOWED);
  });
});

test('asks a provider for no token for a person who may not use the API since they approved', async () => {
  const { approve, provider, app, tokenRequests } = await startProviderTokens();
  const browser = newBrowser();
  const callback = await provider.signIn(await approve(browser));
  await app.change((realm) => ({
    ...realm,
    apis: realm.apis.map((api) => Object.assign({}, api, { allowedGroups: ['agents'] })),
  }));
  const before = tokenRequests();
  const shown = await browser.open(callback);
  expect([codeOn(shown), tokenRequests()]).toEqual([undefined, before]);
});
