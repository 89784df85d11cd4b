import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

const NOTES = [
  'Water the ferns on Thursday.',
  'The spare key is with Mrs Hopper.',
  'Read: "A Room of One’s Own".',
];

/** What a tool is told about who calls it. */
export interface Caller {
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** A small MCP server worth protecting: one tool to read notes, and one that would delete them all. */
export function createNotesServer({ scopes }: Caller): McpServer {
  const server = new McpServer({ name: 'notes', version: '1.0.0' });
  const text = (words: string, isError = false) => ({
    content: [{ type: 'text' as const, text: words }],
    isError,
  });

  server.registerTool(
    'list_notes',
    { description: 'List your notes', inputSchema: z.object({ containing: z.string().optional() }) },
    async ({ containing = '' }) => {
      if (!scopes.includes('notes:read')) return text('This needs the scope notes:read.', true);
      return text(NOTES.filter((note) => note.toLowerCase().includes(containing.toLowerCase())).join('\n'));
    },
  );
  server.registerTool('delete_all_notes', { description: 'Delete every note, for good' }, async () => {
    if (!scopes.includes('notes:admin')) return text('This needs the scope notes:admin.', true);
    return text('This is a demo: nothing was deleted.');
  });
  return server;
}
