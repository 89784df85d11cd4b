import type { ServerResponse } from 'node:http';
import type { Reply } from '../program/reply.ts';

/** Statuses of responses that never have a body. */
const BODILESS_STATUSES: ReadonlySet<number> = new Set([204, 304]);

/** Writes a reply to a Node response: head and body in one piece, with the length of the body. */
export function sendReply({ status, headers, cookies = [], body }: Reply, to: ServerResponse): void {
  /** Names and values in turn, which Node writes with the least work. */
  const fields: string[] = [];
  for (const [name, value] of Object.entries(headers)) fields.push(name, value);
  // `writeHead` would replace the cookies that middleware before has set.
  const earlier = cookies.length === 0 ? [] : [to.getHeader('set-cookie') ?? []].flat();
  for (const cookie of [...earlier, ...cookies]) fields.push('set-cookie', String(cookie));
  if (body !== undefined) fields.push('content-length', String(Buffer.byteLength(body)));
  else if (to.req.method !== 'HEAD' && !BODILESS_STATUSES.has(status)) fields.push('content-length', '0');
  to.writeHead(status, fields).end(body);
}
