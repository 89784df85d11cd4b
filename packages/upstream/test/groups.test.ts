import { asksForConsent, handedBack, headingOf } from '@vestibule/testing/browser';
import { exchange, token } from '@vestibule/testing/oauth';
import { without } from '@vestibule/testing/openid-provider';
import { describe, expect, test } from 'vitest';
import { CALLBACK, signInThere, startWorld } from './support/world.ts';

const NOT_ALLOWED = 'Your account cannot connect apps to Notes';

type World = Awaited<ReturnType<typeof startWorld>>;

/** A server whose API `notes` only people of the group `agents` may let apps use. */
async function worldForAgents(options: Parameters<typeof startWorld>[0] = { groups: { claim: 'groups' } }) {
  const world = await startWorld(options);
  const stored = await world.stores.realms.find('test');
  if (stored === undefined) throw new Error('The realm is missing.');
  const { version, ...realm } = stored;
  const apis = realm.apis.map((api) =>
    Object.assign({}, api, api.id === 'notes' && { allowedGroups: ['agents'] }),
  );
  await world.stores.realms.replace({ ...realm, apis }, version);
  return world;
}

const stored = async ({ stores }: World) => (await stores.people.list('test', { limit: 9 })).items[0];

describe('groups of the provider', () => {
  test('allow a person an API, until the provider says otherwise', async () => {
    const world = await worldForAgents();
    const person = { ...world.provider.person };
    world.provider.person = { ...person, groups: ['agents', 'staff'] };
    const consent = await signInThere(world, world.url());
    expect(asksForConsent(consent)).toBe(true);
    expect(await stored(world)).toMatchObject({ reportedGroups: ['agents', 'staff'] });
    const arrived = handedBack(await consent.browser.decide(consent, 'approve')) ?? new URL(CALLBACK);
    const { status, body } = await exchange(world, world.clientId, CALLBACK, arrived);
    expect(status).toBe(200);

    world.provider.person = { ...person, groups: ['staff'] };
    const refused = await signInThere(world, world.url());
    expect([refused.status, headingOf(refused)]).toEqual([403, NOT_ALLOWED]);
    const again = { grant_type: 'refresh_token', client_id: world.clientId };
    const refresh = await token(world, { ...again, refresh_token: body.refresh_token });
    expect(refresh.body.error).toBe('invalid_grant');
    expect(world.failures).toEqual([]);
  });

  test('are gone if the provider leaves the claim out, and those that an operator gave are not', async () => {
    const world = await worldForAgents();
    const person = { ...world.provider.person };
    world.provider.person = { ...person, groups: ['agents'] };
    await signInThere(world, world.url());
    const known = await stored(world);
    if (known === undefined) throw new Error('The person is missing.');
    await world.stores.people.replace({ ...known, groups: ['editors'] }, known);
    world.provider.person = person;
    expect(headingOf(await signInThere(world, world.url()))).toBe(NOT_ALLOWED);
    expect(await stored(world)).toMatchObject({ groups: ['editors'] });
    expect(await stored(world)).not.toHaveProperty('reportedGroups');
  });

  test('are taken from userinfo if the ID token leaves them out', async () => {
    const world = await worldForAgents();
    world.provider.person = { ...world.provider.person, groups: ['agents'] };
    world.provider.lies.idToken = (claims) => without(claims, 'groups');
    expect(asksForConsent(await signInThere(world, world.url()))).toBe(true);
  });

  test('are not read without the option, whatever the claims are', async () => {
    const world = await worldForAgents({});
    world.provider.person = { ...world.provider.person, groups: ['agents'] };
    expect(headingOf(await signInThere(world, world.url()))).toBe(NOT_ALLOWED);
    expect(await stored(world)).not.toHaveProperty('reportedGroups');
  });

  test('are none if there are too many for a token: the person is signed in, and the operator reads why', async () => {
    const world = await worldForAgents();
    world.provider.person = { ...world.provider.person, _claim_names: { groups: 'src1' } };
    expect(headingOf(await signInThere(world, world.url()))).toBe(NOT_ALLOWED);
    expect(world.failures).toEqual([
      { rule: 'upstream.groups', detail: expect.stringContaining('too many groups (_claim_names)') },
    ]);
  });

  test.each<[string, unknown]>([
    ['a number', 7],
    ['an object', { agents: true }],
    ['10,000 names', Array.from({ length: 10_000 }, (_, index) => `agents-${index}`)],
    ['a list in a list', [['agents']]],
    ['another case', ['Agents', 'AGENTS']],
    ['letters that look the same', ['\u0430gents', 'agent\u0455', 'agents\u200b']],
    ['one text with several names', 'agents staff'],
  ])('do not allow an API if they are %s', async (_, groups) => {
    const world = await worldForAgents();
    world.provider.person = { ...world.provider.person, groups };
    expect(headingOf(await signInThere(world, world.url()))).toBe(NOT_ALLOWED);
  });
});
