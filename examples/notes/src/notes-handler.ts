import { createMcpHandler, type McpHttpHandler } from '@modelcontextprotocol/server';
import { createNotesServer, FIRST_NOTES } from './notes-server.ts';

/** Handles requests to the MCP server that passed the gate. All agents share its notes. */
export function createNotesHandler(): McpHttpHandler {
  const kept = [...FIRST_NOTES];
  return createMcpHandler(({ authInfo }) => createNotesServer(authInfo?.scopes ?? [], kept));
}
