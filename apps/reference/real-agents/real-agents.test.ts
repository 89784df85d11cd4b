import { approvedBy } from '@vestibule/testing/browser';
import { ADA } from '@vestibule/testing/people';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startNode } from '../test/support/process.ts';
import { claudeCode, codex } from './agents.ts';
import { startWorld } from './world.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

test.each([
  ['Claude Code', claudeCode, 'https://claude.ai/oauth/claude-code-client-metadata', 'Connected'],
  ['Codex', codex, 'https://chatgpt.com/oauth/codex/client.json', 'Water the ferns'],
])(
  '%s attaches with its metadata document over HTTPS, and uses and refreshes its token',
  async (name, agentOf, clientId, used) => {
    const world = await startWorld();
    const agent = agentOf(world);
    const login = await agent.attach();
    const opened = new URL(await world.opened());
    expect(opened.origin).toBe(world.issuer);
    expect(opened.searchParams.get('client_id')).toBe(clientId);
    const arrived = await approvedBy(ADA, opened);
    expect(arrived.href).toContain(`${opened.searchParams.get('redirect_uri')}?code=`);
    const callback = await fetch(arrived);
    expect(callback.status).toBe(200);
    await login.said(agent.success);
    expect(await agent.use()).toContain(used);

    const events = world.events();
    const fetched = [...world.hosts].flatMap(([host, { requests }]) =>
      requests.map((one) => `${host}: ${one}`),
    );
    const { host, pathname } = new URL(clientId);
    expect(fetched).toEqual([expect.stringContaining(`${host}: GET ${pathname} HTTP/1.1`)]);
    expect(events).toContainEqual(expect.objectContaining({ type: 'document.accepted', clientId }));
    expect(events.filter(({ type }) => type.startsWith('registration.'))).toEqual([]);
    const issued = events.flatMap((event) => (event.type === 'token.issued' ? [event] : []));
    expect(new Set(issued.map((event) => event.clientId))).toEqual(new Set([clientId]));
    expect(new Set(issued.map(({ grantType }) => grantType))).toEqual(
      new Set(['authorization_code', 'refresh_token']),
    );

    print(`${name}: ${(await agent.version()).trim().split('\n').at(-1)}`);
    print(`  opened ${opened.href}`);
    print(`  the app fetched ${fetched.map((one) => one.split('\r\n')[0]).join(', ')}`);
    print(`  came back to ${arrived.origin}${arrived.pathname}, and said: ${agent.success}`);
    print(`  recorded: ${events.map(({ type }) => type).join(', ')}`);
  },
);

test('every check of client-fixtures passes with the real URLs of all documents', async () => {
  const world = await startWorld();
  const bin = fileURLToPath(import.meta.resolve('@vestibule/client-fixtures')).replace(
    /src\/index\.ts$/,
    'bin/client-fixtures.mjs',
  );
  const command = startNode([bin, '--issuer', world.issuer, '--documents'], world.env);
  const code = await command.exit;
  print(command.output());
  expect(code).toBe(0);
});
