import { readText } from '@vestibule/http';
import * as z from 'zod';
import { TOOL_SCOPES } from './tool-scopes.ts';

const toolCall = z.object({
  method: z.literal('tools/call'),
  params: z.object({ name: z.enum(['list_notes', 'add_note']) }),
});

/**
 * The scopes that a request requires, by the tool that it calls. An agent with an insufficient scope gets a challenge before the
 * tool runs, and can ask the person for more. The tool that no agent may use is left out: it returns an error itself.
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
