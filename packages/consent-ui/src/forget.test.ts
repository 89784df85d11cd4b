import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { forgetSteps } from './forget.ts';

/** What agents call themselves and where they send people, as they register; and which app that is. */
const AGENTS: readonly [string, string, string][] = [
  ['Claude', 'https://claude.ai/api/mcp/auth_callback', 'Claude (web, desktop and phone)'],
  ['Claude', 'https://claude.com/api/mcp/auth_callback', 'Claude (web, desktop and phone)'],
  ['ChatGPT', 'https://chatgpt.com/connector_platform_oauth_redirect', 'ChatGPT'],
  ['Cursor', 'cursor://anysphere.cursor-mcp/oauth/callback', 'Cursor'],
  ['Cursor', 'http://localhost:8787/callback', 'Cursor'],
  ['Visual Studio Code', 'https://vscode.dev/redirect', 'Visual Studio Code'],
  ['Visual Studio Code', 'http://127.0.0.1:33418/', 'Visual Studio Code'],
  ['Visual Studio Code - Insiders', 'https://insiders.vscode.dev/redirect', 'Visual Studio Code'],
  ['Claude Code (notes)', 'http://localhost:55969/callback', 'Claude Code'],
  ['MCP CLI Proxy', 'http://localhost:3334/oauth/callback', 'mcp-remote'],
  ['OpenCode', 'http://127.0.0.1:19876/mcp/oauth/callback', 'OpenCode'],
  ['Codex', 'http://127.0.0.1:41234/callback', 'Codex CLI'],
  ['Gemini CLI MCP Client', 'http://localhost:42315/oauth/callback', 'Gemini CLI'],
  ['mcporter (notes)', 'http://127.0.0.1:37099/callback', 'mcporter'],
  ['Zed', 'http://127.0.0.1:49152/callback', 'Zed'],
  ['LM Studio', 'http://localhost:1234/callback', 'LM Studio'],
  ['MCP Inspector', 'http://localhost:6274/oauth/callback', 'MCP Inspector'],
  ['MCP Inspector', 'http://127.0.0.1:6276/oauth/callback', 'MCP Inspector'],
  ['GitHub Copilot CLI', 'http://127.0.0.1:41795/', 'GitHub Copilot CLI'],
  ['Cline', 'http://127.0.0.1:1456/mcp/oauth/callback', 'Cline'],
  ['FastMCP Client', 'http://localhost:51759/callback', 'FastMCP'],
  ['MCP Browser Client', 'https://app.example/oauth/callback', 'An app in a web page'],
];

describe('how an app is made to forget', () => {
  test.each(AGENTS)(
    cite('%s at %s: first what to do in %s', 'vestibule:lifecycle:gone-page'),
    (name, redirectUri, app) => {
      const { likely, others } = forgetSteps({ name, redirectUri });
      expect(likely.map((known) => known.app)).toEqual([app]);
      expect(others.map((known) => known.app)).not.toContain(app);
    },
  );

  test.each([
    ['https://claude.ai/api/mcp/auth_callback', 'Claude (web, desktop and phone)'],
    ['https://chatgpt.com/connector_platform_oauth_redirect', 'ChatGPT'],
    ['cursor://anysphere.cursor-mcp/oauth/callback', 'Cursor'],
    ['https://vscode.dev/redirect', 'Visual Studio Code'],
    ['http://127.0.0.1:33418/', 'Visual Studio Code'],
    ['http://127.0.0.1:33418', 'Visual Studio Code'],
    ['http://127.0.0.1:19876/mcp/oauth/callback', 'OpenCode'],
    ['http://127.0.0.1:6276/oauth/callback', 'MCP Inspector'],
    ['http://127.0.0.1:41795/', 'GitHub Copilot CLI'],
    ['http://127.0.0.1:1456/mcp/oauth/callback', 'Cline'],
    ['http://127.0.0.1:1457/mcp/oauth/callback', 'Cline'],
    ['http://127.0.0.1:1458/mcp/oauth/callback', 'Cline'],
  ])(
    cite('where the name was forgotten, too, %s says enough', 'vestibule:lifecycle:gone-page'),
    (redirectUri, app) => {
      expect(forgetSteps({ redirectUri }).likely.map((known) => known.app)).toEqual([app]);
    },
  );

  test.each<[string, Parameters<typeof forgetSteps>[0]]>([
    ['nothing', {}],
    ['a name that nobody knows', { name: 'Fern Watering' }],
    ['this computer', { redirectUri: 'http://localhost:55969/callback' }],
    ['the port of an app with a path of another', { redirectUri: 'http://127.0.0.1:1456/callback' }],
    ['a port next to one', { redirectUri: 'http://127.0.0.1:1459/mcp/oauth/callback' }],
    ['another name of this computer', { redirectUri: 'http://localhost:6276/oauth/callback' }],
    ['a name within a name', { name: 'Not Cursor', redirectUri: 'https://ferns.example/Cursor' }],
    ['a host within a host', { redirectUri: 'https://claude.ai.evil.example/' }],
    ['a host within a path', { redirectUri: 'https://evil.example/https://claude.ai/' }],
    ['the name of everything', { name: '__proto__', redirectUri: 'constructor' }],
  ])('nothing is guessed from %s: every app is among the others', (_, app) => {
    const { likely, others } = forgetSteps(app);
    expect(likely).toEqual([]);
    expect(new Set(others.map((known) => known.app))).toEqual(new Set(AGENTS.map(([, , known]) => known)));
  });
});
