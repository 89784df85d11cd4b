import { describe, expect, test } from 'vitest';
import type { Interaction } from '../src/authorization-request/interaction.ts';
import { type Change, createAuthorizationServer } from '../src/index.ts';
import { asleep, attached } from './aging.ts';
import { createBrowser } from './browser.ts';
import { ISSUER, setUp } from './set-up.ts';

const APPROVE = { decision: 'approve' };

type World = ReturnType<typeof setUp>;

/** A browser of a server whose commits are recorded, at the consent page of a client. */
async function atConsent(
  { options, authorizeUrl, openConsent }: World,
  clientId: string,
  stores: World['options']['stores'] = options.stores,
) {
  const commits: string[][] = [];
  const recorded: World['options']['stores'] = {
    ...stores,
    commit: (changes) => {
      commits.push(changes.map(({ kind }) => kind));
      return stores.commit(changes);
    },
  };
  const browser = createBrowser(createAuthorizationServer({ ...options, stores: recorded }), ISSUER);
  const consent = await openConsent(browser, authorizeUrl(clientId));
  commits.length = 0;
  return { browser, consent, commits };
}

const codeOf = (location: string): string => new URL(location).searchParams.get('code') ?? '';

test('stores a code and the use of its client with the decision, and nothing when its page is opened', async () => {
  const world = setUp();
  const clientId = await world.register();
  const { browser, consent, commits } = await atConsent(world, clientId);
  const done = await world.answer(browser, consent, APPROVE);
  expect(done.view).toMatchObject({ page: 'hand-back', outcome: 'approved' });
  expect(commits).toEqual([
    expect.arrayContaining(['session.require', 'interaction.decide', 'code.insert', 'client.use']),
  ]);
  await browser.open(done.url);
  expect(commits).toHaveLength(1);
  expect((await world.clients.find('main', clientId))?.lastUsedAt).toBeDefined();
  expect((await world.exchange(clientId, codeOf(done.view.location))).status).toBe(200);
});

test('stores no code with a denial', async () => {
  const world = setUp();
  const { browser, consent, commits } = await atConsent(world, await world.register());
  await world.answer(browser, consent, { decision: 'deny' });
  expect(commits.flat()).toContain('interaction.decide');
  expect(commits.flat()).not.toContain('code.insert');
});

test('stores no code with an approval that is not made, for example of a person who was signed out', async () => {
  const world = setUp();
  const { browser, consent } = await atConsent(world, await world.register());
  let key: string | undefined;
  const note = async (changes: readonly Change[]): Promise<void> => {
    for (const change of changes) if (change.kind === 'code.insert') ({ key } = change);
    for (const change of changes) {
      if (change.kind === 'session.require') await world.stores.sessions.delete('main', change.hash);
    }
  };
  world.intercept({ kind: 'interaction.decide', before: note });
  const shown = await world.answer(browser, consent, APPROVE);
  expect(shown.view).toMatchObject({ page: 'problem', problem: 'sign-in-unknown' });
  expect(key).toBeDefined();
  expect(await world.stores.codes.find('main', key ?? '', world.options.clock())).toBeUndefined();
});

test('reactivates a client that was hibernated after its approval, when the page is opened', async () => {
  const world = await attached();
  const { clientId, stored, answer, exchange } = world;
  const { browser, consent } = await atConsent(world, clientId);
  const hibernate = async (): Promise<void> => {
    const client = await stored();
    if (client === undefined) throw new Error('There is no client.');
    const registration = { ...client.registration, hibernatedAt: world.options.clock() };
    await world.clients.replace({ ...client, registration }, client.version);
  };
  world.intercept({ kind: 'interaction.decide', after: hibernate });
  const done = await answer(browser, consent, APPROVE);
  expect(world.events('client.revived')).toHaveLength(1);
  expect((await exchange(clientId, codeOf(done.view.location))).status).toBe(200);
});

describe('stores a code when its page is opened', () => {
  test('if the client has to be reactivated before', async () => {
    const world = await asleep();
    const { browser, consent, commits } = await atConsent(world, world.clientId);
    const done = await world.answer(browser, consent, APPROVE);
    expect(commits).toEqual([
      expect.not.arrayContaining(['code.insert']),
      ['client.replace', 'event.append'],
      ['code.insert'],
    ]);
    expect((await world.exchange(world.clientId, codeOf(done.view.location))).status).toBe(200);
  });

  test('if the version before decided', async () => {
    const world = setUp();
    const clientId = await world.register();
    const { stores } = world.options;
    const { interactions, commit } = stores;
    const { browser, consent, commits } = await atConsent(world, clientId, {
      ...stores,
      interactions: { ...interactions, find: async (...of) => withoutMark(await interactions.find(...of)) },
      commit: (changes) => {
        const decides = changes.some(({ kind }) => kind === 'interaction.decide');
        return commit(decides ? changes.filter(({ kind }) => !STORED_SINCE.has(kind)) : changes);
      },
    });
    const done = await world.answer(browser, consent, APPROVE);
    expect(commits[1]).toEqual(['code.insert', 'client.use']);
    expect((await world.exchange(clientId, codeOf(done.view.location))).status).toBe(200);
  });
});

/** The changes that the version before did not make with a decision. */
const STORED_SINCE: ReadonlySet<string> = new Set(['code.insert', 'client.use']);

/** An interaction as the version before stored its decision. */
function withoutMark(interaction: Interaction | undefined): Interaction | undefined {
  if (interaction?.decision?.kind !== 'approved') return interaction;
  const { isCodeStored: _, ...decision } = interaction.decision;
  return { ...interaction, decision };
}
