import { describe, expect, test } from 'vitest';
import { ADA, setUp } from './set-up.ts';

type World = ReturnType<typeof setUp>;

/** What can happen to a client while a person is on its pages, and what every page then says. */
const CHANGES: readonly (readonly [string, (world: World, clientId: string) => Promise<unknown>, string])[] =
  [
    [
      'is blocked',
      ({ operator }, clientId) => operator.clients.block(ADA, 'main', clientId),
      'client-blocked',
    ],
    [
      'is deleted',
      ({ operator }, clientId) => operator.clients.remove(ADA, 'main', clientId),
      'client-unknown',
    ],
    [
      'registers another redirect URI',
      async ({ clients }, clientId) => {
        const client = await clients.find('main', clientId);
        if (client === undefined) throw new Error('The client is gone.');
        const redirectUris = ['https://elsewhere.example/cb'];
        return clients.replace({ ...client, redirectUris }, client.version);
      },
      'redirect-uri-unregistered',
    ],
  ];

/** Opens each page of an interaction, and returns its address. */
const PAGES: readonly (readonly [string, (world: World, clientId: string) => Promise<Opened>])[] = [
  ['the sign-in page', async (world, clientId) => open(world, clientId)],
  ['the consent page', async (world, clientId) => openConsent(world, clientId)],
  [
    'the authorization response page',
    async (world, clientId) => {
      const { browser, shown } = await openConsent(world, clientId);
      return { browser, shown: await world.answer(browser, shown, { decision: 'approve' }) };
    },
  ],
];

interface Opened {
  readonly browser: ReturnType<World['newBrowser']>;
  readonly shown: Awaited<ReturnType<World['answer']>>;
}

async function open(world: World, clientId: string): Promise<Opened> {
  const browser = world.newBrowser();
  return { browser, shown: await browser.open(world.authorizeUrl(clientId)) };
}

async function openConsent(world: World, clientId: string): Promise<Opened> {
  const { browser, shown } = await open(world, clientId);
  return { browser, shown: await world.answer(browser, shown, { username: 'ada', password: 'right' }) };
}

describe.each(PAGES)('%s', (_, opened) => {
  test.each(CHANGES)('stops when the client %s meanwhile', async (_change, change, problem) => {
    const world = setUp();
    const clientId = await world.register();
    const { browser, shown } = await opened(world, clientId);
    expect(shown.status).toBe(200);
    await change(world, clientId);
    expect((await browser.open(shown.url)).view).toMatchObject({ page: 'problem', problem });
  });
});
