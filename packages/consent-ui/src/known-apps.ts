/** An app that forgets its registration only on request of a person. */
export type KnownAppId =
  | 'claude'
  | 'chatgpt'
  | 'cursor'
  | 'vscode'
  | 'cline'
  | 'copilot-cli'
  | 'claude-code'
  | 'mcp-remote'
  | 'opencode'
  | 'codex'
  | 'gemini-cli'
  | 'mcporter'
  | 'zed'
  | 'fastmcp'
  | 'lm-studio'
  | 'mcp-inspector'
  | 'web-page';

/**
 * The most common apps, with what their names or their redirect URIs look like. None of them recovers from an unknown
 * `client_id` by itself: each sends the old registration again and again. Apps that are recognized by their redirect URI
 * alone come first.
 */
const KNOWN_APPS: readonly (readonly [id: KnownAppId, looksLike: RegExp])[] = [
  ['claude', /^https:\/\/claude\.(?:ai|com)\//],
  ['chatgpt', /^https:\/\/chatgpt\.com\//],
  ['cursor', /^cursor:|^https:\/\/www\.cursor\.com\/|^Cursor/],
  ['vscode', /^https:\/\/(?:insiders\.)?vscode\.dev\/|^http:\/\/127\.0\.0\.1:33418\/?$|^Visual Studio Code/],
  ['cline', /^Cline|^http:\/\/127\.0\.0\.1:145[678]\/mcp\/oauth\/callback$/],
  // Any port, without a path. Visual Studio Code, above, has a fixed port.
  ['copilot-cli', /^GitHub Copilot CLI|^http:\/\/127\.0\.0\.1:\d{1,5}\/$/],
  ['claude-code', /^Claude Code/],
  ['mcp-remote', /^MCP CLI Proxy/],
  ['opencode', /^OpenCode|^http:\/\/127\.0\.0\.1:19876\//],
  ['codex', /^Codex/],
  ['gemini-cli', /^Gemini CLI/],
  ['mcporter', /^mcporter/],
  ['zed', /^Zed$/],
  ['fastmcp', /^FastMCP Client/],
  ['lm-studio', /^LM Studio/],
  ['mcp-inspector', /^MCP Inspector|^http:\/\/127\.0\.0\.1:6276\/oauth\/callback$/],
  ['web-page', /^MCP Browser Client/],
];

/** Guesses which known app a person came from, and lists the others. */
export function guessApp({
  name = '',
  redirectUri = '',
}: {
  readonly name?: string | undefined;
  readonly redirectUri?: string | undefined;
}): { readonly likely: readonly KnownAppId[]; readonly others: readonly KnownAppId[] } {
  const likely = KNOWN_APPS.find(([, looksLike]) => looksLike.test(redirectUri) || looksLike.test(name))?.[0];
  const others = KNOWN_APPS.map(([id]) => id).filter((id) => id !== likely);
  return { likely: likely === undefined ? [] : [likely], others };
}
