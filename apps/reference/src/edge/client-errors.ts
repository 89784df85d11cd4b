import { maxHeaderSize, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import { type EdgeError, edgeError, sendEdgeError } from './edge-error.ts';

const CLOSE = { connection: 'close' };

/** Errors that Node has codes for, and their answers. */
const ANSWERS: Readonly<Record<string, EdgeError>> = {
  HPE_HEADER_OVERFLOW: edgeError(
    431,
    'invalid_request',
    `the head of the request is longer than ${maxHeaderSize} bytes; send fewer or shorter headers, or delete the cookies of this address`,
    CLOSE,
  ),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: edgeError(
    413,
    'invalid_request',
    'the extensions of a chunk are too long; leave them out',
    CLOSE,
  ),
  ERR_HTTP_REQUEST_TIMEOUT: edgeError(
    408,
    'invalid_request',
    'the request did not arrive in time; send it again',
    CLOSE,
  ),
};

const BAD_REQUEST = edgeError(
  400,
  'invalid_request',
  'what arrived is not a request of HTTP/1.1 (RFC 9112)',
  CLOSE,
);

/**
 * Answers what Node refuses by itself as handlers answer: as JSON that pages of any origin may read. Where an answer is on
 * its way already the connection is cut off, because a second one would be taken for its rest.
 */
export function answerClientErrors(server: Server): Server {
  const underWay = new WeakMap<Socket, Set<ServerResponse>>();
  server.on('request', ({ socket }, response) => {
    const open = underWay.get(socket) ?? new Set();
    underWay.set(socket, open.add(response));
    response.once('close', () => open.delete(response));
  });
  server.on('checkExpectation', (_request, response: ServerResponse) => {
    const description = 'the only expectation that is met here is 100-continue';
    sendEdgeError(response, edgeError(417, 'invalid_request', description, CLOSE));
  });
  server.on('clientError', (error: Error & { readonly code?: string }, socket) => {
    // Node has no other kind here.
    if (!(socket instanceof Socket)) return socket.destroy();
    const open = underWay.get(socket) ?? [];
    const isAnswering = [...open].some((response) => response.headersSent && !response.writableFinished);
    if (socket.writable && !isAnswering) socket.write(onTheWire(ANSWERS[error.code ?? ''] ?? BAD_REQUEST));
    return socket.destroySoon();
  });
  return server;
}

function onTheWire({ status, headers, body }: EdgeError): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`;
}
