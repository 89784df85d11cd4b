import { maxHeaderSize, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import { type EdgeError, edgeError, sendEdgeError } from './edge-error.ts';

const CLOSE = { connection: 'close' };

/** Create the responses to errors, by Node's error code. None is created before an error: that loads `fetch`. */
const RESPONSES: Readonly<Record<string, () => EdgeError>> = {
  HPE_HEADER_OVERFLOW: () =>
    edgeError(
      431,
      'invalid_request',
      `the head of the request is longer than ${maxHeaderSize} bytes; send fewer or shorter headers, or delete the cookies of this address`,
      CLOSE,
    ),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: () =>
    edgeError(413, 'invalid_request', 'the extensions of a chunk are too long; omit them', CLOSE),
  ERR_HTTP_REQUEST_TIMEOUT: () =>
    edgeError(408, 'invalid_request', 'the request did not arrive in time; send it again', CLOSE),
};

const badRequest = (): EdgeError =>
  edgeError(400, 'invalid_request', 'the request is not valid HTTP/1.1 (RFC 9112)', CLOSE);

/**
 * Responds to requests that Node itself refuses, as handlers do: with JSON that pages of any origin may read. If a response is
 * already being sent the connection is closed, because a second response would be read as the rest of the first.
 */
export function answerClientErrors(server: Server): Server {
  // Lists, because a set keeps deleted members from the garbage collection that is made often.
  const responses = new WeakMap<Socket, ServerResponse[]>();
  server.on('request', ({ socket }, response) => {
    const open = responses.get(socket) ?? [];
    if (open.push(response) === 1) responses.set(socket, open);
    response.once('close', () => open.splice(open.indexOf(response), 1));
  });
  server.on('checkExpectation', (_request, response: ServerResponse) => {
    const description = 'the server supports only the expectation 100-continue';
    sendEdgeError(response, edgeError(417, 'invalid_request', description, CLOSE));
  });
  server.on('clientError', (error: Error & { readonly code?: string }, socket) => {
    // Node passes a Socket here; the type is wider.
    if (!(socket instanceof Socket)) return socket.destroy();
    const open = responses.get(socket) ?? [];
    const isAnswering = open.some((response) => response.headersSent && !response.writableFinished);
    const response = RESPONSES[error.code ?? ''] ?? badRequest;
    if (socket.writable && !isAnswering) socket.write(serialized(response()));
    return socket.destroySoon();
  });
  return server;
}

function serialized({ status, headers, body }: EdgeError): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`;
}
