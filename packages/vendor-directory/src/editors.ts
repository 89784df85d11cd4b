import type { Vendor } from '@vestibule/core';
import { RECORDED } from './source-of-documents.ts';

/**
 * Makers of code editors and of their extensions. An editor passes `scheme://publisher.extension` to that extension, so each
 * vendor has the addresses of its own extensions and none has the scheme.
 */
export const editors: readonly Vendor[] = [
  {
    name: 'Cursor',
    aliases: ['Anysphere', 'Cursor Editor', 'Cursor Cloud Agents'],
    commonWords: ['Cursor'],
    neighbours: ['cursors', 'cursory', 'curso', 'cursos'],
    hosts: ['cursor.com', '*.cursor.com'],
    schemes: ['cursor://anysphere.cursor-mcp', 'cursor://anysphere.cursor-retrieval'],
  },
  {
    name: 'Zed',
    aliases: ['Zed Industries'],
    commonWords: ['Zed'],
    hosts: ['zed.dev'],
    schemes: ['zed'],
    documents: [
      {
        uri: 'https://zed.dev/oauth/client-metadata.json',
        name: 'Zed',
        redirectUris: ['http://127.0.0.1/callback'],
        source: RECORDED,
      },
    ],
  },
  {
    name: 'OpenCode',
    commonWords: ['OpenCode'],
    neighbours: ['OpenCore', 'OpenNode', 'OpenMode', 'OpenCodes'],
    hosts: ['opencode.ai'],
    schemes: ['opencode'],
    documents: [
      {
        uri: 'https://opencode.ai/oauth/opencode/client.json',
        name: 'OpenCode',
        redirectUris: ['http://127.0.0.1/callback', 'http://localhost/callback'],
        source: RECORDED,
      },
    ],
  },
  {
    name: 'Windsurf',
    aliases: ['Codeium', 'Windsurf Editor'],
    commonWords: ['Windsurf'],
    neighbours: ['codium', 'windsurfs'],
    hosts: ['windsurf.com', 'codeium.com', 'www.codeium.com'],
    schemes: ['windsurf://codeium.windsurf'],
  },
  {
    name: 'JetBrains',
    aliases: ['IntelliJ IDEA', 'IntelliJ', 'PyCharm', 'WebStorm'],
    hosts: ['jetbrains.com', '*.jetbrains.com'],
  },
  {
    name: 'Cline',
    commonWords: ['Cline'],
    neighbours: ['dine'],
    hosts: ['cline.bot', 'app.cline.bot'],
    schemes: ['vscode://saoudrizwan.claude-dev', 'vscode-insiders://saoudrizwan.claude-dev'],
  },
  {
    name: 'Roo Code',
    hosts: ['roocode.com', 'app.roocode.com'],
    schemes: ['vscode://RooVeterinaryInc.roo-cline', 'vscode-insiders://RooVeterinaryInc.roo-cline'],
  },
  {
    name: 'Replit',
    neighbours: ['relit', 'replot', 'repli', 'replie', 'remplit', 'reprit', 'replet', 'réélit'],
    hosts: ['replit.com'],
    schemes: ['replit'],
  },
  {
    name: 'Lovable',
    commonWords: ['Lovable'],
    neighbours: ['livable', 'lovably', 'losable'],
    hosts: ['lovable.dev'],
  },
  { name: 'StackBlitz', aliases: ['Bolt.new'], hosts: ['stackblitz.com', 'bolt.new'] },
  { name: 'Sourcegraph', hosts: ['sourcegraph.com', '*.sourcegraph.com', 'ampcode.com'] },
  { name: 'Warp', commonWords: ['Warp'], hosts: ['warp.dev', 'app.warp.dev'], schemes: ['warp'] },
  { name: 'Raycast', hosts: [] },
  {
    name: 'Postman',
    commonWords: ['Postman'],
    neighbours: ['postmen', 'Portman', 'potman'],
    hosts: ['postman.com', 'www.postman.com'],
  },
];
