import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import type { OAuthTokenVerifier as VerifierV1 } from '@modelcontextprotocol/sdk/server/auth/provider.js';
import {
  createMcpHandler,
  McpServer,
  OAuthError,
  OAuthErrorCode,
  type OAuthTokenVerifier,
  requireBearerAuth,
} from '@modelcontextprotocol/server';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { createTokenVerifier } from '../src/index.ts';
import { createMcpGate, createMcpTokenVerifier } from '../src/mcp/index.ts';
import { apiWith, NOW, RESOURCE } from './issuer.ts';

const call = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'who' } });

/** The official server with one tool, protected by the gate. */
async function mcpServer() {
  const world = await apiWith({ dpop: 'offered' });
  const gate = createMcpGate(world.api);
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: 'who', version: '1.0.0' });
    server.registerTool('who', { description: 'Says who calls' }, async ({ http }) => ({
      content: [{ type: 'text', text: JSON.stringify(http?.authInfo) }],
    }));
    return server;
  });
  async function ask(headers: Record<string, string>) {
    const sent = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    const request = new Request(RESOURCE, { method: 'POST', headers: { ...sent, ...headers }, body: call });
    const authInfo = await gate(request, ['read']);
    return authInfo instanceof Response ? authInfo : handler.fetch(request, { authInfo });
  }
  return { ...world, ask };
}

describe('the gate before an MCP server', () => {
  test('tells a tool who calls, with a bearer token and with a bound one', async () => {
    const { ask, accessToken, boundToken, proof } = await mcpServer();
    const [free, bound] = [await accessToken(), await boundToken()];
    const ways: [string, Record<string, string>][] = [
      [free, { authorization: `Bearer ${free}` }],
      [bound, { authorization: `DPoP  ${bound}`, dpop: await proof(bound) }],
    ];
    for (const [token, headers] of ways) {
      const text = await (await ask(headers)).text();
      const [, told = ''] = /"text":"(.*?[^\\])"\}/.exec(text) ?? [];
      expect(JSON.parse(JSON.parse(`"${told}"`))).toEqual({
        token,
        clientId: 'app',
        scopes: ['read'],
        expiresAt: NOW / 1_000 + 900,
        resource: RESOURCE,
        resourceMetadataUrl: expect.stringContaining('/.well-known/oauth-protected-resource/mcp'),
        extra: { subject: 'ada' },
      });
    }
  });

  test(
    cite('answers with the challenge', 'mcp:protected-resource-metadata-discovery-requirements:challenge'),
    async () => {
      const { ask, accessToken } = await mcpServer();
      const none = await ask({});
      expect([none.status, none.headers.get('www-authenticate')]).toEqual([
        401,
        expect.stringContaining('resource_metadata='),
      ]);
      expect((await ask({ authorization: `Bearer ${await accessToken({ scope: '' })}` })).status).toBe(403);
    },
  );
});

describe('a verifier for the official packages', () => {
  test('is one of either version, by its error', async () => {
    const { options, accessToken } = await apiWith();
    const verify = createTokenVerifier(options);
    const two: OAuthTokenVerifier = createMcpTokenVerifier({
      verify,
      resource: RESOURCE,
      invalidToken: (message) => new OAuthError(OAuthErrorCode.InvalidToken, message),
    });
    const one: VerifierV1 = createMcpTokenVerifier({
      verify,
      resource: RESOURCE,
      invalidToken: (message) => new InvalidTokenError(message),
    });
    const token = await accessToken();
    expect(await one.verifyAccessToken(token)).toEqual(await two.verifyAccessToken(token));
    await expect(one.verifyAccessToken('x')).rejects.toThrow(InvalidTokenError);
    await expect(two.verifyAccessToken('x')).rejects.toThrow(OAuthError);
  });

  test('refuses a bound token as the bearer token that it comes as', async () => {
    const { options, boundToken, accessToken } = await apiWith({ clock: Date.now });
    const times = { iat: Date.now() / 1_000, exp: Date.now() / 1_000 + 900 };
    const verifier = createMcpTokenVerifier({
      verify: createTokenVerifier(options),
      resource: RESOURCE,
      invalidToken: (message) => new OAuthError(OAuthErrorCode.InvalidToken, message),
    });
    const gate = requireBearerAuth({ verifier, expectedResource: new URL(RESOURCE) });
    const ask = async (token: string) => {
      const passed = await gate(new Request(RESOURCE, { headers: { authorization: `Bearer ${token}` } }));
      return passed instanceof Response ? passed.status : passed.clientId;
    };
    expect(await ask(await accessToken(times))).toBe('app');
    expect(await ask(await boundToken(times))).toBe(401);
  });
});
