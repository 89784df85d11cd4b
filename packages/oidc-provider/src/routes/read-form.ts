import { parse } from 'node:querystring';
import type { IncomingMessage } from 'node:http';

/** The longest form that is read, in bytes. */
const MAX_BYTES = 65_536;

const FORM = /^application\/x-www-form-urlencoded(?:;|$)/i;

/** A request whose body another part of the application may have parsed. */
type ParsedRequest = IncomingMessage & { readonly body?: unknown };

/** The fields of a form. `undefined` if it is too long or no form, or if the client disconnected before it had sent everything. */
export async function readForm(incoming: ParsedRequest): Promise<URLSearchParams | undefined> {
  const isForm = FORM.test(incoming.headers['content-type'] ?? '');
  if (!isForm) return undefined;
  if (incoming.body !== undefined && incoming.body !== null) return fieldsOf(incoming.body);
  const body = await readWhole(incoming);
  return body && fieldsOf(parse(body.toString()));
}

async function readWhole(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of incoming) {
      const piece = Buffer.from(chunk);
      bytes += piece.byteLength;
      if (bytes > MAX_BYTES) return undefined;
      chunks.push(piece);
    }
  } catch {
    // A request stream fails for one reason: the connection is gone. That is no fault of the server.
    return undefined;
  }
  return Buffer.concat(chunks);
}

function fieldsOf(body: unknown): URLSearchParams | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(body)) {
    for (const one of [value].flat()) if (typeof one === 'string') fields.append(name, one);
  }
  return fields;
}
