import type { ServerResponse } from 'node:http';
import type { Reply } from '../program/reply.ts';

/** Writes a reply to a Node response: head and body in one piece, with the length of the body. */
export function sendReply({ status, headers, body }: Reply, to: ServerResponse): void {
  /** Names and values in turn, which Node writes with the least work. */
  const fields: string[] = [];
  for (const [name, value] of Object.entries(headers)) fields.push(name, value);
  if (body !== undefined) fields.push('content-length', String(Buffer.byteLength(body)));
  to.writeHead(status, fields).end(body);
}
