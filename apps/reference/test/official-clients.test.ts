import { AgentMemory } from '@vestibule/example-agent';
import { decodeJwt } from 'jose';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { startApp } from './support/app.ts';
import { approve, authorizeUrl, exchange, register } from './support/oauth.ts';
import { v1, v2 } from './support/official.ts';

const REDIRECT_URI = 'http://localhost:8090/callback';

describe.each([
  ['v1', v1],
  ['v2', v2],
])('the official client %s', (_, official) => {
  test(
    cite(
      'attaches by itself and calls the tool',
      'mcp:overview:server-metadata',
      'mcp:overview:resource-metadata',
      'mcp:refresh-tokens:registered',
    ),
    async () => {
      const app = await startApp();
      const memory = new AgentMemory('Official', REDIRECT_URI);
      const { call, close } = await official.attach(app, memory);
      expect(await call('list_notes')).toMatchObject({
        content: [{ text: expect.stringContaining('Water the ferns') }],
      });
      expect(memory.clientInformation()).not.toHaveProperty('client_secret');
      expect(decodeJwt(memory.tokens()?.access_token ?? '')).toMatchObject({
        aud: app.notes.href,
        iss: app.issuer,
      });
      await close();
    },
  );

  test(
    cite(
      'registers again on another port as the same client, and attaches on either',
      'vestibule:coalescing:loopback-port',
    ),
    async () => {
      const app = await startApp();
      const memories = [8_091, 8_092].map(
        (port) => new AgentMemory('Official', `http://localhost:${port}/callback`),
      );
      for (const memory of memories) {
        const { call, close } = await official.attach(app, memory);
        expect(await call('list_notes')).toMatchObject({ content: [{ type: 'text' }] });
        await close();
      }
      const [one, other] = memories.map((memory) => memory.clientInformation());
      expect(other?.client_id).toBe(one?.client_id);
      expect(other).toMatchObject({ redirect_uris: ['http://localhost:8092/callback'] });
    },
  );

  test(cite('cannot have notes:admin', 'vestibule:gates:scope'), async () => {
    const app = await startApp();
    const memory = new AgentMemory('Official', REDIRECT_URI);
    const { call, close } = await official.attach(app, memory);
    expect(memory.tokens()?.scope).not.toContain('notes:admin');
    expect(await call('delete_all_notes')).toMatchObject({
      isError: true,
      content: [{ text: 'This tool requires the scope notes:admin.' }],
    });
    await close();
  });

  test('refreshes by itself when its token is refused', async () => {
    const app = await startApp();
    const memory = new AgentMemory('Official', REDIRECT_URI);
    await (await official.attach(app, memory)).close();
    const before = memory.tokens();
    memory.saveTokens({ ...before, access_token: 'expired', token_type: 'Bearer' });
    const { call, close } = await official.attach(app, memory);
    expect(await call('list_notes')).toMatchObject({ content: [{ type: 'text' }] });
    expect(memory.tokens()?.refresh_token).not.toBe(before?.refresh_token);
    await close();
  });
});

test(
  cite(
    'a token for another API is refused by the MCP server',
    'vestibule:rules:one-api',
    'mcp:token-handling:audience',
    'rfc9700:4.10.2:audience',
    'mcp:access-token-privilege-restriction:first',
    'rfc8707:2.2:audience',
  ),
  async () => {
    const app = await startApp();
    const { body } = await register(app, { redirect_uris: [REDIRECT_URI] });
    const arrived = await approve(
      authorizeUrl(app, body.client_id, { redirect_uri: REDIRECT_URI, resource: 'https://mail.example/' }),
    );
    const { body: tokens } = await exchange(app, body.client_id, REDIRECT_URI, arrived, {
      resource: 'https://mail.example',
    });
    expect(decodeJwt(tokens.access_token)).toMatchObject({ aud: 'https://mail.example' });
    const response = await fetch(app.notes, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.access_token}` },
      body: '{}',
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
  },
);
