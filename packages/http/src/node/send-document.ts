import type { IncomingMessage, ServerResponse } from 'node:http';
import { type DocumentSource, isUnchanged, type PreparedDocument } from '../response/document.ts';

/**
 * Sends a document to a client that asks for it with GET or HEAD.
 *
 * @returns whether it was sent; otherwise the endpoint of the document responds, and reports the failure
 */
export async function sendDocument(
  read: DocumentSource,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<boolean> {
  const { method } = incoming;
  if (method !== 'GET' && method !== 'HEAD') return false;
  const document = await read().catch(() => undefined);
  if (document === undefined) return false;
  if (isUnchanged(document, incoming.headers['if-none-match'])) {
    outgoing.writeHead(304, headFieldsOf(document).unchanged).end();
  } else {
    outgoing.writeHead(200, headFieldsOf(document).whole).end(document.body);
  }
  return true;
}

/** Header fields as Node takes them with the least work: names and values in turn. */
interface HeadFields {
  readonly whole: string[];
  readonly unchanged: string[];
}

const fields = new WeakMap<PreparedDocument, HeadFields>();

function headFieldsOf(document: PreparedDocument): HeadFields {
  const known = fields.get(document);
  if (known !== undefined) return known;
  const length = ['content-length', String(document.body.byteLength)];
  const made = {
    whole: [...Object.entries(document.headers).flat(), ...length],
    unchanged: Object.entries(document.unchangedHeaders).flat(),
  };
  fields.set(document, made);
  return made;
}
