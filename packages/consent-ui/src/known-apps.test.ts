import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { guessApp, type KnownAppId } from './known-apps.ts';

/** The `client_name` and the redirect URI of agents, as they register, and which app that is. */
const AGENTS: readonly [name: string, redirectUri: string, app: KnownAppId][] = [
  ['Claude', 'https://claude.ai/api/mcp/auth_callback', 'claude'],
  ['Claude', 'https://claude.com/api/mcp/auth_callback', 'claude'],
  ['ChatGPT', 'https://chatgpt.com/connector_platform_oauth_redirect', 'chatgpt'],
  ['Cursor', 'cursor://anysphere.cursor-mcp/oauth/callback', 'cursor'],
  ['Cursor', 'http://localhost:8787/callback', 'cursor'],
  ['Visual Studio Code', 'https://vscode.dev/redirect', 'vscode'],
  ['Visual Studio Code', 'http://127.0.0.1:33418/', 'vscode'],
  ['Visual Studio Code - Insiders', 'https://insiders.vscode.dev/redirect', 'vscode'],
  ['Claude Code (notes)', 'http://localhost:55969/callback', 'claude-code'],
  ['MCP CLI Proxy', 'http://localhost:3334/oauth/callback', 'mcp-remote'],
  ['OpenCode', 'http://127.0.0.1:19876/mcp/oauth/callback', 'opencode'],
  ['Codex', 'http://127.0.0.1:41234/callback', 'codex'],
  ['Gemini CLI MCP Client', 'http://localhost:42315/oauth/callback', 'gemini-cli'],
  ['mcporter (notes)', 'http://127.0.0.1:37099/callback', 'mcporter'],
  ['Zed', 'http://127.0.0.1:49152/callback', 'zed'],
  ['LM Studio', 'http://localhost:1234/callback', 'lm-studio'],
  ['MCP Inspector', 'http://localhost:6274/oauth/callback', 'mcp-inspector'],
  ['MCP Inspector', 'http://127.0.0.1:6276/oauth/callback', 'mcp-inspector'],
  ['GitHub Copilot CLI', 'http://127.0.0.1:41795/', 'copilot-cli'],
  ['Cline', 'http://127.0.0.1:1456/mcp/oauth/callback', 'cline'],
  ['FastMCP Client', 'http://localhost:51759/callback', 'fastmcp'],
  ['MCP Browser Client', 'https://app.example/oauth/callback', 'web-page'],
];

describe('guessing which app a person came from', () => {
  test.each(AGENTS)(
    cite('the name %s at %s is that of %s', 'vestibule:lifecycle:gone-page'),
    (name, redirectUri, app) => {
      const { likely, others } = guessApp({ name, redirectUri });
      expect(likely).toEqual([app]);
      expect(others).not.toContain(app);
    },
  );

  test.each<[redirectUri: string, app: KnownAppId]>([
    ['https://claude.ai/api/mcp/auth_callback', 'claude'],
    ['https://chatgpt.com/connector_platform_oauth_redirect', 'chatgpt'],
    ['cursor://anysphere.cursor-mcp/oauth/callback', 'cursor'],
    ['https://vscode.dev/redirect', 'vscode'],
    ['http://127.0.0.1:33418/', 'vscode'],
    ['http://127.0.0.1:33418', 'vscode'],
    ['http://127.0.0.1:19876/mcp/oauth/callback', 'opencode'],
    ['http://127.0.0.1:6276/oauth/callback', 'mcp-inspector'],
    ['http://127.0.0.1:41795/', 'copilot-cli'],
    ['http://127.0.0.1:1456/mcp/oauth/callback', 'cline'],
    ['http://127.0.0.1:1457/mcp/oauth/callback', 'cline'],
    ['http://127.0.0.1:1458/mcp/oauth/callback', 'cline'],
  ])(cite('recognizes %s as %s without a name', 'vestibule:lifecycle:gone-page'), (redirectUri, app) => {
    expect(guessApp({ redirectUri }).likely).toEqual([app]);
  });

  test.each<[string, Parameters<typeof guessApp>[0]]>([
    ['nothing', {}],
    ['an unknown name', { name: 'Fern Watering' }],
    ['a loopback address', { redirectUri: 'http://localhost:55969/callback' }],
    ['the port of one app with the path of another', { redirectUri: 'http://127.0.0.1:1456/callback' }],
    ['a port next to that of an app', { redirectUri: 'http://127.0.0.1:1459/mcp/oauth/callback' }],
    ['another name of this computer', { redirectUri: 'http://localhost:6276/oauth/callback' }],
    ['a name within a name', { name: 'Not Cursor', redirectUri: 'https://ferns.example/Cursor' }],
    ['a host within a host', { redirectUri: 'https://claude.ai.evil.example/' }],
    ['a host within a path', { redirectUri: 'https://evil.example/https://claude.ai/' }],
    ['names of object members', { name: '__proto__', redirectUri: 'constructor' }],
  ])('guesses no app from %s', (_, app) => {
    const { likely, others } = guessApp(app);
    expect(likely).toEqual([]);
    expect(new Set(others)).toEqual(new Set(AGENTS.map(([, , known]) => known)));
  });
});
