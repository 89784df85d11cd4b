import { readText } from '@vestibule/http';
import { z } from 'zod';
import { TOOL_SCOPES } from './notes-server.ts';

const toolCall = z.object({
  method: z.literal('tools/call'),
  params: z.object({ name: z.enum(['list_notes', 'add_note']) }),
});

/**
 * What a request needs a token to have, by the tool that it calls: an agent that has too little is told so before
 * anything runs, and can ask the person for more. Not for the tool that no agent gets: that one says so itself.
 */
export async function neededScopes(request: Request): Promise<readonly string[]> {
  const body = request.method === 'POST' ? await readText(request.clone()) : undefined;
  if (!body?.ok) return [];
  const call = toolCall.safeParse(parsed(body.text));
  return call.success ? [TOOL_SCOPES[call.data.params.name]] : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
