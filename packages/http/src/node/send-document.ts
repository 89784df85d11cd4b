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
  // The response to a pipelined request waits for the one before it, so the request can be younger than the document read last.
  const document = await (outgoing.socket === null ? read() : readOncePerTurn(read)).catch(() => undefined);
  if (document === undefined) return false;
  const prepared = preparedFor(document);
  if (isUnchanged(document, incoming.headers['if-none-match'])) {
    outgoing.writeHead(304, prepared.unchanged).end();
  } else {
    const { whole, text } = prepared;
    outgoing.writeHead(200, whole);
    if (method === 'HEAD') outgoing.end();
    else outgoing.end(text, 'latin1');
  }
  return true;
}

const reads = new WeakMap<DocumentSource, ReturnType<DocumentSource>>();

/**
 * Reads a document once for all requests that Node takes from its sockets in the same turn of the event loop. Each of them had begun
 * to arrive before the turn, so none was sent after a change that the document lacks.
 */
function readOncePerTurn(read: DocumentSource): ReturnType<DocumentSource> {
  const known = reads.get(read);
  if (known !== undefined) return known;
  const reading = read();
  reads.set(read, reading);
  setImmediate(() => reads.delete(read));
  return reading;
}

/** A document as Node sends it with the least work: header fields are names and values in turn. */
interface ForNode {
  readonly whole: string[];
  readonly unchanged: string[];
  /** The bytes of the body, one in each character: Node writes such a text together with the head. */
  readonly text: string;
}

const forNode = new WeakMap<PreparedDocument, ForNode>();

function preparedFor(document: PreparedDocument): ForNode {
  const known = forNode.get(document);
  if (known !== undefined) return known;
  const length = ['content-length', String(document.body.byteLength)];
  const made = {
    whole: [...Object.entries(document.headers).flat(), ...length],
    unchanged: Object.entries(document.unchangedHeaders).flat(),
    text: Buffer.from(document.body).toString('latin1'),
  };
  forNode.set(document, made);
  return made;
}
