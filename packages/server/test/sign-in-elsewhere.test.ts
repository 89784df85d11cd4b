import { describe, expect, test } from 'vitest';
import {
  createAuthorizationServer,
  type ReportedProfile,
  type SignIn,
  type SignInMethod,
} from '../src/index.ts';
import { type Browser, createBrowser } from './browser.ts';
import { ISSUER, setUp } from './set-up.ts';

const ADA = { subject: 'person-ada', name: 'Ada' };
const ELSEWHERE = 'https://login.example/';

/** A server whose people sign in elsewhere, and every sign-in that its method has seen. */
async function serve(more: Partial<SignInMethod> = {}) {
  const world = setUp();
  const begun: SignIn[] = [];
  const resumed: SignIn[] = [];
  const signIn: SignInMethod = {
    asksEachTime: true,
    begin: async (one) => {
      begun.push(one);
      return { kind: 'redirect', location: `${ELSEWHERE}?state=${one.state}` };
    },
    ...more,
  };
  const { resume } = more;
  const watched =
    resume === undefined
      ? signIn
      : {
          ...signIn,
          resume: (one: SignIn, parameters: URLSearchParams) => {
            resumed.push(one);
            return resume(one, parameters);
          },
        };
  const server = createAuthorizationServer({ ...world.options, signIn: watched });
  const clientId = await world.register();
  const newBrowser = (): Browser => createBrowser(server, ISSUER);
  return { ...world, server, clientId, newBrowser, begun, resumed };
}

type World = Awaited<ReturnType<typeof serve>>;

/** Sends a browser elsewhere, and back. */
async function goAndReturn(world: World, browser = world.newBrowser()) {
  const left = await browser.open(world.authorizeUrl(world.clientId));
  const state = left.url.searchParams.get('state') ?? '';
  return { state, shown: await browser.open(`${ISSUER}/connect/sign-in/return?state=${state}`) };
}

describe('the secret of a sign-in', () => {
  test('is the same when the browser returns with its state', async () => {
    const world = await serve({ resume: async () => ({ kind: 'refused' }) });
    const { state } = await goAndReturn(world);
    const [[before], [after]] = [world.begun, world.resumed];
    expect(before?.secretFor('pkce', state)).toMatch(/^[\w-]{43}$/);
    expect(after?.secretFor('pkce', state)).toBe(before?.secretFor('pkce', state));
  });

  test('differs between browsers, states and purposes', async () => {
    const world = await serve({ resume: async () => ({ kind: 'refused' }) });
    const browser = world.newBrowser();
    const [one, two] = [await goAndReturn(world, browser), await goAndReturn(world, browser)];
    await goAndReturn(world);
    const [first, , other] = world.begun;
    const secrets = [
      first?.secretFor('pkce', one.state),
      first?.secretFor('nonce', one.state),
      first?.secretFor('pkce', two.state),
      other?.secretFor('pkce', one.state),
    ];
    expect(new Set(secrets).size).toBe(4);
  });
});

describe.each([
  ['sign-in-declined', 403],
  ['sign-in-unavailable', 503],
] as const)('a sign-in that failed elsewhere: %s', (problem, status) => {
  test('is told to the person, who can try again, and is recorded', async () => {
    const world = await serve({ resume: async () => ({ kind: 'failed', problem }) });
    const browser = world.newBrowser();
    const { shown } = await goAndReturn(world, browser);
    expect(shown).toMatchObject({ status, view: { page: 'problem', problem } });
    expect(world.audit.events).toContainEqual(
      expect.objectContaining({ type: 'transaction.refused', problem }),
    );
    const { again = '' }: { again?: string } = Object(shown.view);
    const left = await browser.open(new URL(again, ISSUER));
    expect(left.url.href).toContain(ELSEWHERE);
  });

  test('can be begun again by a person who came by themselves', async () => {
    const world = await serve({ resume: async () => ({ kind: 'failed', problem }) });
    const browser = world.newBrowser();
    const left = await browser.open(`${ISSUER}/connect/apps`);
    const state = left.url.searchParams.get('state') ?? '';
    const shown = await browser.open(`${ISSUER}/connect/sign-in/return?state=${state}`);
    const { again = '' }: { again?: string } = Object(shown.view);
    expect((await browser.open(new URL(again, ISSUER))).url.href).toContain(ELSEWHERE);
  });
});

describe('the profile of a person', () => {
  test('is stored at the first sign-in, and replaced when it has changed', async () => {
    let email: string | undefined = 'ada@one.example';
    const resume: SignInMethod['resume'] = async () => ({
      kind: 'authenticated',
      person: ADA,
      methods: [],
      profile: email === undefined ? {} : { email, emailVerified: true },
    });
    const world = await serve({ resume });
    const stored = () => world.options.stores.people.findBySubject('main', ADA.subject);
    await goAndReturn(world);
    expect(await stored()).toMatchObject({ ...ADA, username: ADA.subject, email, emailVerified: true });
    await goAndReturn(world);
    email = undefined;
    await goAndReturn(world);
    expect(await stored()).not.toHaveProperty('email');
    const types = world.audit.events.map(({ type }) => type);
    expect(types.filter((type) => type.startsWith('person.'))).toEqual(['person.added', 'person.changed']);
  });

  test('has the groups of the latest sign-in, beside those that an operator gave', async () => {
    let groups: readonly string[] | undefined = ['staff', 'agents', 'staff'];
    const resume: SignInMethod['resume'] = async () => ({
      kind: 'authenticated',
      person: ADA,
      methods: [],
      profile: groups === undefined ? {} : { groups },
    });
    const world = await serve({ resume });
    const { people } = world.options.stores;
    const stored = () => people.findBySubject('main', ADA.subject);
    await goAndReturn(world);
    expect(await stored()).toMatchObject({ reportedGroups: ['agents', 'staff'] });
    const known = await stored();
    if (known !== undefined) await people.replace({ ...known, groups: ['editors'] }, known);
    groups = undefined;
    await goAndReturn(world);
    expect(await stored()).toMatchObject({ groups: ['editors'] });
    expect(await stored()).not.toHaveProperty('reportedGroups');
  });

  test('loses the groups of an earlier sign-in at one without a profile, and nothing else', async () => {
    const resume: SignInMethod['resume'] = async () => ({ kind: 'authenticated', person: ADA, methods: [] });
    const world = await serve({ resume });
    const { people } = world.options.stores;
    const known = { ...ADA, realm: 'main', username: 'ada', name: 'Ada L.', email: 'ada@one.example' };
    const given = { ...known, emailVerified: true, passwordHash: 'hash', groups: ['editors'] };
    await people.insert({ ...given, reportedGroups: ['agents'] });
    await goAndReturn(world);
    expect(await people.findBySubject('main', ADA.subject)).toEqual(given);
    expect(world.audit.events).toContainEqual(
      expect.objectContaining({ type: 'person.changed', before: { reportedGroups: ['agents'] } }),
    );
  });

  test.each<[string, unknown]>([
    ['a text', 'agents'],
    ['with a number', ['agents', 7]],
    ['with a list', [['agents']]],
    ['with a control character', ['a\nb']],
    ['of 10,000 names', Array.from({ length: 10_000 }, (_, index) => `group-${index}`)],
  ])('is an error of the method if its groups are %s: nothing is stored', async (_, groups) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const profile = { groups } as ReportedProfile;
    const resume: SignInMethod['resume'] = async () => ({
      kind: 'authenticated',
      person: ADA,
      methods: [],
      profile,
    });
    const world = await serve({ resume });
    const { shown } = await goAndReturn(world);
    expect(shown.status).toBe(500);
    expect(String(world.errors.at(-1))).toContain('profile.groups must be a list of at most 200 names');
    expect(await world.options.stores.people.findBySubject('main', ADA.subject)).toBeUndefined();
  });

  test('is not stored if the method reports none', async () => {
    const resume: SignInMethod['resume'] = async () => ({ kind: 'authenticated', person: ADA, methods: [] });
    const world = await serve({ resume });
    const { shown } = await goAndReturn(world);
    expect(shown.view.page).toBe('consent');
    expect(await world.options.stores.people.findBySubject('main', ADA.subject)).toBeUndefined();
  });
});

test('the page after a sign-out links to a sign-out elsewhere, which returns to it', async () => {
  const asked: string[] = [];
  const world = await serve({
    signOutElsewhere: async ({ returnTo }) => {
      asked.push(returnTo);
      return { name: 'Acme', href: `${ELSEWHERE}logout` };
    },
  });
  const shown = await world.newBrowser().open(`${ISSUER}/connect/sign-out`);
  expect(shown.view).toMatchObject({
    page: 'sign-out',
    elsewhere: { name: 'Acme', href: `${ELSEWHERE}logout` },
  });
  expect(asked).toEqual([`${ISSUER}/connect/sign-out`]);
});
