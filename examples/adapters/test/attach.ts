import { listenForCallback, startAttachment, walkThrough } from '@vestibule/example-agent';
import { ADA } from '../src/routes.ts';

/** Attaches with the official MCP client to an app, as a person would, and returns what a tool says. */
export async function attach(origin: string): Promise<string> {
  const callback = await listenForCallback();
  try {
    const server = new URL(`${origin}/mcp`);
    const attachment = await startAttachment({ server, name: 'Toy agent', redirectUrl: callback.url });
    const destination = await walkThrough(attachment.authorizationUrl, { ...ADA, decision: 'approve' });
    await fetch(destination);
    const agent = await attachment.finish(await callback.arrival);
    const { text } = await agent.call('list_notes');
    await agent.close();
    return text;
  } finally {
    callback.close();
  }
}
