/** How a person attaches an agent to an MCP server. */
export interface Attachment {
  readonly steps: readonly string[];
  /** Commands or a configuration file. */
  readonly example?: { readonly language: string; readonly text: string };
  /** Where this is described, or how it was found. */
  readonly source: string;
}

/** The address of the MCP server in examples. */
const SERVER = 'https://notes.example/mcp';

/** The configuration file that several agents read. */
const mcpServers = (place: string, source: string): Attachment => ({
  steps: [`Add the server to ${place}, and save.`],
  example: {
    language: 'json',
    text: JSON.stringify({ mcpServers: { notes: { url: SERVER } } }, undefined, 2),
  },
  source,
});

const commands = (...lines: readonly string[]) => ({ language: 'sh', text: lines.join('\n') });

const RECORDED = 'recorded with the real program, November 2026';

/** How to attach agents, by the id of their fixture. Where this is not known, an agent is not listed. */
export const ATTACHMENTS: Readonly<Record<string, Attachment>> = {
  'claude-code': {
    steps: ['Add the server, and sign in.'],
    example: commands(`claude mcp add --transport http notes ${SERVER}`, 'claude mcp login notes'),
    source: RECORDED,
  },
  'codex-cli': {
    steps: ['Add the server. A browser opens.'],
    example: commands(`codex mcp add notes --url ${SERVER}`),
    source: RECORDED,
  },
  'gemini-cli': {
    steps: ['Add the server, start Gemini CLI, and run `/mcp auth notes`.'],
    example: commands(`gemini mcp add --transport http notes ${SERVER}`),
    source: RECORDED,
  },
  'mcp-inspector-cli': {
    steps: ['Start the inspector, and paste the address.'],
    example: commands('npx -y @modelcontextprotocol/inspector'),
    source: RECORDED,
  },
  'mcp-remote': {
    steps: [
      'Use it as the command of a server in an app that only starts local servers. The package describes itself as experimental.',
    ],
    example: {
      language: 'json',
      text: JSON.stringify(
        { mcpServers: { notes: { command: 'npx', args: ['mcp-remote', SERVER] } } },
        undefined,
        2,
      ),
    },
    source: 'https://www.npmjs.com/package/mcp-remote',
  },
  'claude-ai-connector': {
    steps: [
      'Open Customize, then Connectors, and add a custom connector with the address of the server.',
      'Select Connect beside the new connector.',
      'Claude fetches from its own servers: the MCP server and Vestibule must be reachable from the internet. On Team and Enterprise plans an owner adds the connector first.',
    ],
    source:
      'https://support.claude.com/en/articles/11503834-building-custom-integrations-via-remote-mcp-servers',
  },
  chatgpt: {
    steps: [
      'In Settings, under Apps, open Advanced settings and turn on Developer mode.',
      'Select Create app, enter a name and the address of the server, and select OAuth as the authentication.',
      'ChatGPT fetches from its own servers: the MCP server and Vestibule must be reachable from the internet.',
    ],
    source: 'https://docs.holistics.io/docs/ai/mcp-server/chatgpt',
  },
  cursor: mcpServers(
    '`~/.cursor/mcp.json`, or `.cursor/mcp.json` in a project',
    'https://cursor.com/docs/mcp',
  ),
  'vs-code': {
    steps: [
      'Run “MCP: Add Server” from the Command Palette, or add the server to `.vscode/mcp.json` in a workspace.',
    ],
    example: {
      language: 'json',
      text: JSON.stringify({ servers: { notes: { type: 'http', url: SERVER } } }, undefined, 2),
    },
    source: 'https://code.visualstudio.com/docs/copilot/customization/mcp-servers',
  },
  opencode: {
    steps: [
      'Add the server. If the list says “needs authentication”, open OpenCode, run `/mcps`, and sign in.',
    ],
    example: commands(`opencode mcp add notes --url ${SERVER}`, 'opencode mcp list'),
    source: 'https://opencode.ai/docs/mcp-servers/',
  },
  zed: {
    steps: ['Add the server to the settings file, without headers.'],
    example: {
      language: 'json',
      text: JSON.stringify({ context_servers: { notes: { url: SERVER } } }, undefined, 2),
    },
    source: 'https://zed.dev/docs/ai/mcp',
  },
  'lm-studio': mcpServers(
    '`mcp.json`: in the Program tab of the right sidebar, select Install, then “Edit mcp.json”',
    'https://lmstudio.ai/docs/app/mcp',
  ),
  'github-copilot-cli': {
    steps: ['Type `/mcp add`, enter a name, select HTTP as the type, and enter the address of the server.'],
    source: 'https://docs.github.com/en/copilot/how-tos/copilot-cli/customize-copilot/add-mcp-servers',
  },
  'fastmcp-python': {
    steps: ['Pass `auth="oauth"` to the client.'],
    example: {
      language: 'python',
      text: [
        'from fastmcp import Client',
        '',
        `async with Client("${SERVER}", auth="oauth") as client:`,
        '    await client.list_tools()',
      ].join('\n'),
    },
    source: 'https://gofastmcp.com/docs/clients/auth/oauth',
  },
};
