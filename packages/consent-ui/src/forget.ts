/** How one app is made to forget what it registered. */
export interface ForgetSteps {
  readonly app: string;
  readonly steps: string;
}

interface KnownApp extends ForgetSteps {
  /** What its name for itself, or where it sends people, looks like. */
  readonly looksLike: RegExp;
}

const AGAIN = 'then add it again with the same address.';

/**
 * What to do in the apps that are met most often. None of them recovers by itself at this point: each shows the old
 * registration again and again. Those that are told apart by their redirect URI alone come first.
 */
const KNOWN_APPS: readonly KnownApp[] = [
  {
    app: 'Claude (web, desktop and phone)',
    looksLike: /^https:\/\/claude\.(?:ai|com)\//,
    steps: `In Settings, under Connectors, remove this connector, ${AGAIN}`,
  },
  {
    app: 'ChatGPT',
    looksLike: /^https:\/\/chatgpt\.com\//,
    steps: `In Settings, under Apps & Connectors, remove this connector, ${AGAIN}`,
  },
  {
    app: 'Cursor',
    looksLike: /^cursor:|^https:\/\/www\.cursor\.com\/|^Cursor/,
    steps: `In Cursor Settings, under MCP, remove this server, ${AGAIN}`,
  },
  {
    app: 'Visual Studio Code',
    looksLike: /^https:\/\/(?:insiders\.)?vscode\.dev\/|^http:\/\/127\.0\.0\.1:33418\/?$|^Visual Studio Code/,
    steps:
      'Open the Command Palette, run “Authentication: Remove Dynamic Authentication Providers”, choose this server, and start it again.',
  },
  {
    app: 'Cline',
    looksLike: /^Cline|^http:\/\/127\.0\.0\.1:145[678]\/mcp\/oauth\/callback$/,
    steps: `In Cline’s list of MCP servers, remove this server, ${AGAIN}`,
  },
  {
    app: 'GitHub Copilot CLI',
    // Any port of its own, and no path. Visual Studio Code, above, has a port that stays.
    looksLike: /^GitHub Copilot CLI|^http:\/\/127\.0\.0\.1:\d{1,5}\/$/,
    steps: 'Run “copilot mcp remove NAME”, then “copilot mcp add” with the same address.',
  },
  {
    app: 'Claude Code',
    looksLike: /^Claude Code/,
    steps:
      'Run “claude mcp remove NAME” and add the server again. If it comes back to this page, add it under another name.',
  },
  {
    app: 'mcp-remote',
    looksLike: /^MCP CLI Proxy/,
    steps:
      'Quit the app that uses it, delete the folder “.mcp-auth” in your home folder, and start the app again.',
  },
  {
    app: 'OpenCode',
    looksLike: /^OpenCode|^http:\/\/127\.0\.0\.1:19876\//,
    steps: 'Run “opencode mcp logout NAME”, then “opencode mcp auth NAME”.',
  },
  {
    app: 'Codex CLI',
    looksLike: /^Codex/,
    steps: 'Run “codex mcp logout NAME”, then “codex mcp login NAME”.',
  },
  {
    app: 'Gemini CLI',
    looksLike: /^Gemini CLI/,
    steps: 'Run “/mcp auth NAME” again: it introduces itself anew each time.',
  },
  {
    app: 'mcporter',
    looksLike: /^mcporter/,
    steps: 'Run “mcporter auth NAME --reset”.',
  },
  {
    app: 'Zed',
    looksLike: /^Zed$/,
    steps: 'Begin again from the server’s entry in its settings: it introduces itself anew each time.',
  },
  {
    app: 'FastMCP',
    looksLike: /^FastMCP Client/,
    steps: 'Begin again from your program: it registers again by itself.',
  },
  {
    app: 'LM Studio',
    looksLike: /^LM Studio/,
    steps: 'Take the server out of mcp.json, save, put it in again, and save.',
  },
  {
    app: 'MCP Inspector',
    looksLike: /^MCP Inspector|^http:\/\/127\.0\.0\.1:6276\/oauth\/callback$/,
    steps:
      'Clear the OAuth state in its authentication settings, and connect again. On the command line: run it with “--relogin”.',
  },
  {
    app: 'An app in a web page',
    looksLike: /^MCP Browser Client/,
    steps: 'Delete what the page has stored in your browser (its “site data”), and load it again.',
  },
];

/** Which of the known apps a person came from, as far as can be guessed, and the others. */
export function forgetSteps({
  name = '',
  redirectUri = '',
}: {
  readonly name?: string | undefined;
  readonly redirectUri?: string | undefined;
}): { readonly likely: readonly ForgetSteps[]; readonly others: readonly ForgetSteps[] } {
  const isLikely = ({ looksLike }: KnownApp): boolean => looksLike.test(redirectUri) || looksLike.test(name);
  const likely = KNOWN_APPS.filter(isLikely).slice(0, 1);
  return { likely, others: KNOWN_APPS.filter((app) => !likely.includes(app)) };
}
