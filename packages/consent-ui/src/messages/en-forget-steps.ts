import type { KnownAppId } from '../known-apps.ts';
import type { ForgetSteps } from './messages.ts';

const AGAIN = 'then add it again with the same address.';

/** How to make each known app forget its registration. */
export const FORGET_STEPS: Readonly<Record<KnownAppId, ForgetSteps>> = {
  claude: {
    app: 'Claude (web, desktop and phone)',
    steps: `In Settings, under Connectors, remove this connector, ${AGAIN}`,
  },
  chatgpt: {
    app: 'ChatGPT',
    steps: `In Settings, under Apps & Connectors, remove this connector, ${AGAIN}`,
  },
  cursor: {
    app: 'Cursor',
    steps: `In Cursor Settings, under MCP, remove this server, ${AGAIN}`,
  },
  vscode: {
    app: 'Visual Studio Code',
    steps:
      'Open the Command Palette, run “Authentication: Remove Dynamic Authentication Providers”, choose this server, and start it again.',
  },
  cline: {
    app: 'Cline',
    steps: `In Cline’s list of MCP servers, remove this server, ${AGAIN}`,
  },
  'copilot-cli': {
    app: 'GitHub Copilot CLI',
    steps: 'Run “copilot mcp remove NAME”, then “copilot mcp add” with the same address.',
  },
  'claude-code': {
    app: 'Claude Code',
    steps:
      'Run “claude mcp remove NAME” and add the server again. If you come back to this page, add it under another name.',
  },
  'mcp-remote': {
    app: 'mcp-remote',
    steps:
      'Quit the app that uses it, delete the folder “.mcp-auth” in your home folder, and start the app again.',
  },
  opencode: {
    app: 'OpenCode',
    steps: 'Run “opencode mcp logout NAME”, then “opencode mcp auth NAME”.',
  },
  codex: {
    app: 'Codex CLI',
    steps: 'Run “codex mcp logout NAME”, then “codex mcp login NAME”.',
  },
  'gemini-cli': {
    app: 'Gemini CLI',
    steps: 'Run “/mcp auth NAME” again. It registers again each time.',
  },
  mcporter: {
    app: 'mcporter',
    steps: 'Run “mcporter auth NAME --reset”.',
  },
  zed: {
    app: 'Zed',
    steps: 'Start again from the server’s entry in the settings of Zed. It registers again each time.',
  },
  fastmcp: {
    app: 'FastMCP',
    steps: 'Start again from your program. It registers again by itself.',
  },
  'lm-studio': {
    app: 'LM Studio',
    steps: 'Take the server out of mcp.json, save, put it in again, and save.',
  },
  'mcp-inspector': {
    app: 'MCP Inspector',
    steps:
      'Clear the OAuth state in its authentication settings, and connect again. On the command line, run it with “--relogin”.',
  },
  'web-page': {
    app: 'An app in a web page',
    steps: 'Delete what the page has stored in your browser (its “site data”), and load it again.',
  },
};
