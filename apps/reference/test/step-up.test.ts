import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { AgentMemory, listenForCallback } from '@vestibule/example-agent';
import type { Page } from 'playwright-core';
import { cite } from '@vestibule/requirements';
import { expect, onTestFinished, test } from 'vitest';
import { OPEN_SEED, type SeedFile, startApp } from './support/app.ts';
import { scopeGroups } from './support/consent-page.ts';
import { chromiumOfFile, signIn } from './support/real-browser.ts';

const SEED: SeedFile = {
  ...OPEN_SEED,
  scopes: [
    { name: 'notes:read', description: 'Read your notes', openToDynamicClients: true },
    { name: 'notes:write', description: 'Add notes', openToDynamicClients: true },
    { name: 'notes:admin', description: 'Delete every note' },
  ],
  apis: [
    {
      id: 'notes',
      name: 'Notes',
      resource: '/mcp',
      scopes: ['notes:read', 'notes:write', 'notes:admin'],
      openToDynamicClients: true,
    },
  ],
};

const newPage = chromiumOfFile();

/** The official client as an agent, and Ada with a browser. */
async function setUp() {
  const app = await startApp(SEED);
  const { page, complaints } = await newPage();
  const first = await listenForCallback();
  onTestFinished(() => first.close());
  const memory = new AgentMemory('Gardening agent', first.url);

  /** The challenges of the API's 403 responses, by which agents step up. */
  const challenges: string[] = [];
  const watched: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (response.status === 403) challenges.push(response.headers.get('www-authenticate') ?? '');
    return response;
  };
  const newTransport = () =>
    new StreamableHTTPClientTransport(app.notes, { authProvider: memory, fetch: watched });
  return { app, page, complaints, first, memory, challenges, newTransport };
}

/** Approves, and returns the authorization response that the browser brought to the agent. */
async function approve(page: Page): Promise<URLSearchParams> {
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.waitForURL((url) => url.pathname === '/callback');
  return new URL(page.url()).searchParams;
}

test(
  cite(
    'a tool that needs more is refused, the agent asks again, the person sees what is new, and the tool runs',
    'mcp:step-up-authorization-flow:added',
    'mcp:step-up-authorization-flow:tool',
  ),
  async () => {
    const { app, page, complaints, memory, challenges, newTransport } = await setUp();
    const beginning = newTransport();
    await expect(new Client(AGENT).connect(beginning)).rejects.toBeInstanceOf(UnauthorizedError);

    await page.goto(memory.authorizationUrl?.href ?? '');
    await signIn(page);
    expect(await scopeGroups(page)).toEqual({
      'What this app will be able to do': ['Read your notes notes:read', 'Add notes notes:write'],
    });
    await page.getByLabel('Add notes').uncheck();
    await beginning.finishAuth(await approve(page));
    expect(memory.tokens()?.scope).toBe('notes:read');

    const transport = newTransport();
    const client = new Client(AGENT);
    await client.connect(transport);
    onTestFinished(() => client.close());
    const note = { name: 'add_note', arguments: { note: 'Repot the monstera.' } };
    await expect(client.callTool(note)).rejects.toBeInstanceOf(UnauthorizedError);
    expect(challenges).toEqual([
      expect.stringMatching(/^Bearer error="insufficient_scope".*scope="notes:read notes:write"/),
    ]);

    await page.goto(memory.authorizationUrl?.href ?? '');
    await signIn(page);
    expect(await scopeGroups(page)).toEqual({
      'New: what this app asks for now': ['Add notes notes:write'],
      'Already allowed': ['Read your notes notes:read'],
    });
    await transport.finishAuth(await approve(page));
    expect(memory.tokens()?.scope?.split(' ').toSorted()).toEqual(['notes:read', 'notes:write']);

    expect(await client.callTool(note)).toMatchObject({ content: [{ text: 'Noted: Repot the monstera.' }] });
    expect(await client.callTool({ name: 'list_notes', arguments: {} })).toMatchObject({
      content: [{ text: expect.stringMatching(/^Repot the monstera\.\nWater the ferns/) }],
    });
    expect(complaints).toEqual([]);

    await page.goto(`${app.issuer}/connect/apps`);
    await signIn(page);
    await page.getByRole('heading', { name: 'Connected apps' }).waitFor();
    expect(await page.getByRole('listitem').allInnerTexts()).toEqual([
      'Read your notes notes:read',
      'Add notes notes:write',
    ]);
    await page.getByRole('button', { name: 'End this access' }).click();
    expect(await page.getByRole('main').innerText()).toContain('No app may act for you at ');
    const refresh = await fetch(`${app.issuer}/connect/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: memory.clientInformation()?.client_id ?? '',
        refresh_token: memory.tokens()?.refresh_token ?? '',
      }),
    });
    expect(await refresh.json()).toMatchObject({ error: 'invalid_grant' });
  },
);

const AGENT = { name: 'gardening-agent', version: '1.0.0' };
