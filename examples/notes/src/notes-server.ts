import { McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { type Tool, TOOL_SCOPES } from './tool-scopes.ts';

/** The initial notes. */
export const FIRST_NOTES: readonly string[] = [
  'Water the ferns on Thursday.',
  'The spare key is with Mrs Hopper.',
  'Read: "A Room of One’s Own".',
];

/**
 * A small MCP server to protect, with tools to list and add notes, and one that would delete them all.
 *
 * @param scopes the scopes of the caller's token
 */
export function createNotesServer(scopes: readonly string[], notes: string[]): McpServer {
  const server = new McpServer({ name: 'notes', version: '1.0.0' });
  const text = (words: string, isError = false) => ({
    content: [{ type: 'text' as const, text: words }],
    isError,
  });
  const insufficientScope = (tool: Tool) =>
    scopes.includes(TOOL_SCOPES[tool])
      ? undefined
      : text(`This tool requires the scope ${TOOL_SCOPES[tool]}.`, true);

  server.registerTool(
    'list_notes',
    { description: 'List your notes', inputSchema: z.object({ containing: z.string().optional() }) },
    async ({ containing = '' }) =>
      insufficientScope('list_notes') ??
      text(notes.filter((note) => note.toLowerCase().includes(containing.toLowerCase())).join('\n')),
  );
  server.registerTool(
    'add_note',
    { description: 'Add a note', inputSchema: z.object({ note: z.string().min(1).max(500) }) },
    async ({ note }) => {
      const refusal = insufficientScope('add_note');
      if (refusal !== undefined) return refusal;
      notes.unshift(note);
      notes.splice(MOST_NOTES);
      return text(`Noted: ${note}`);
    },
  );
  server.registerTool(
    'delete_all_notes',
    { description: 'Delete every note, for good' },
    async () => insufficientScope('delete_all_notes') ?? text('This is a demo: nothing was deleted.'),
  );
  return server;
}

/** The maximum number of notes; this demo keeps them in memory. */
const MOST_NOTES = 100;
