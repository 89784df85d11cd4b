import { claimedVendor } from '@vestibule/core';
import { describe, expect, test } from 'vitest';
import { vendors } from '../src/index.ts';
import { isRefused, judge } from './judge.ts';

/** What agents send when they register, from `@vestibule/client-fixtures`. */
const programs: readonly (readonly [name: string, redirectUris: readonly string[], vendor: string])[] = [
  ['ChatGPT', ['https://chatgpt.com/connector_platform_oauth_redirect'], 'OpenAI'],
  ['Claude', ['https://claude.ai/api/mcp/auth_callback'], 'Anthropic'],
  ['Claude', ['https://claude.com/api/mcp/auth_callback'], 'Anthropic'],
  ['Claude Code (notes)', ['http://localhost:55969/callback'], 'Anthropic'],
  ['Claude Code (github)', ['http://localhost:55969/callback'], 'Anthropic'],
  ['Codex', ['http://127.0.0.1:44113/callback'], 'OpenAI'],
  [
    'Cursor',
    [
      'cursor://anysphere.cursor-mcp/oauth/callback',
      'https://www.cursor.com/agents/mcp/oauth/callback',
      'http://localhost:8787/callback',
    ],
    'Cursor',
  ],
  ['Gemini CLI MCP Client', ['http://localhost:42315/oauth/callback'], 'Google'],
  ['LM Studio', ['http://localhost:1234/callback'], 'LM Studio'],
  ['MCP Inspector', ['http://127.0.0.1:6276/oauth/callback'], 'Model Context Protocol'],
  ['mcporter (notes)', ['http://127.0.0.1:37099/callback'], 'mcporter'],
  ['OpenCode', ['http://127.0.0.1:19876/mcp/oauth/callback'], 'OpenCode'],
  [
    'Visual Studio Code',
    [
      'https://insiders.vscode.dev/redirect',
      'https://vscode.dev/redirect',
      'http://127.0.0.1/',
      'http://127.0.0.1:33418/',
    ],
    'Microsoft',
  ],
  ['Zed', ['http://127.0.0.1:49152/callback'], 'Zed'],
];

describe.each(programs)('%s at %j', (name, redirectUris, vendor) => {
  test('is accepted', () => {
    expect(judge(name, redirectUris)).toMatchObject({ ok: true });
  });

  test('is recognized as the name of its vendor, and refused for others', () => {
    expect(claimedVendor([name], vendors)?.name).toBe(vendor);
    expect(isRefused(name)).toBe(true);
  });
});

/** A client with a vendor's redirect URI cannot use the name of another vendor. */
test.each([
  ['Chase Bank Obsidian', 'obsidian://x'],
  ['Chase Bank Obsidian', 'https://obsidian.md/cb'],
  ['PayPal for Postman', 'https://oauth.pstmn.io/v1/callback'],
  ['PayPal for Postman', 'https://www.postman.com/cb'],
  ['Claude for VS Code', 'vscode://evil.ext/cb'],
  ['Claude for VS Code', 'https://vscode.dev/redirect'],
  ['Google Sign-in via Raycast', 'https://raycast.com/redirect'],
  ['Claude for Slack', 'https://slack.com/cb'],
  ['Cursor', 'cursor://evil.ext/cb'],
])('%s at %s is refused', (name, uri) => {
  expect(judge(name, [uri])).toMatchObject({ ok: false, refusal: { rule: 'client-name.vendor' } });
});

test.each([
  ['Claude for Slack', 'https://claude.ai/cb'],
  ['Slack for Claude', 'https://slack.com/cb'],
  ['GitHub Copilot', 'https://github.com/cb'],
  ['GitHub Copilot', 'https://vscode.dev/redirect'],
  ['Visual Studio Code', 'vscode://vscode.github-authentication/did-authenticate'],
  ['Cline', 'vscode://saoudrizwan.claude-dev/mcp-auth/callback'],
])('%s at %s is accepted', (name, uri) => {
  expect(judge(name, [uri])).toMatchObject({ ok: true });
});

/** Default names of programs that are built with common libraries. */
test.each(['MCP CLI Proxy', 'MCP Browser Client', 'Simple OAuth MCP Client'])(
  '%s is allowed for every client',
  (name) => {
    expect(claimedVendor([name], vendors)).toBeUndefined();
    expect(isRefused(name)).toBe(false);
  },
);
