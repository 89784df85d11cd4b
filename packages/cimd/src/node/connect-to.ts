import { connect as connectPlain, type Socket } from 'node:net';
import { connect } from 'node:tls';
import type { buildConnector } from 'undici';
import type { Deadline } from './deadline.ts';
import { FailedFetch } from './failed-fetch.ts';
import type { GuardedFetchSettings } from './guard-options.ts';
import type { Target } from './target.ts';

/** One connection, for one request. */
export interface Endpoint {
  readonly target: Target;
  /** The address that was judged. */
  readonly address: string;
  /** The largest acceptable response as it is sent, in bytes: head, interim responses, chunk sizes and trailers included. */
  readonly maxWireBytes: number;
  /** Called when the connection is established, TLS included. */
  readonly onConnected: () => void;
}

/**
 * Connects to the judged address, and to no other: Node resolves no name if the host is an address. The name is used for SNI,
 * and the certificate has to be one for it. The environment cannot turn this check off.
 *
 * Connects once. A client would otherwise try again while a host closes each connection before the request.
 */
export function connectTo(
  { target, address, maxWireBytes, onConnected }: Endpoint,
  { secureContext, connectTimeout, headersTimeout }: GuardedFetchSettings,
  deadline: Deadline,
): buildConnector.connector {
  let isUsed = false;
  return (_, callback) => {
    if (isUsed) {
      callback(new FailedFetch('connection', 'The connection was closed before the response.'), null);
      return;
    }
    isUsed = true;
    deadline.enter('connecting', connectTimeout);
    const at = { host: address, port: target.port };
    if (!target.isSecure) {
      // This name is always this computer (RFC 6761 §6.3). What listens there may do so at one of its two addresses.
      const plain = connectPlain(target.host === 'localhost' ? { ...at, host: target.host } : at);
      deadline.whenOver((reason) => plain.destroy(reason));
      plain.on('error', () => undefined).once('error', (error) => callback(error, null));
      plain.once('connect', () => {
        watch(plain);
        callback(null, plain);
      });
      return;
    }
    const socket = connect({
      ...at,
      ...(!target.isAddress && { servername: target.host }),
      ...(secureContext && { secureContext }),
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: true,
    });
    deadline.whenOver((reason) => socket.destroy(reason));

    const refuse = (error: Error): void => {
      const code = certificateProblem(socket);
      const refused =
        code === undefined ? error : new FailedFetch('certificate', `The certificate is refused: ${code}.`);
      callback(refused, null);
    };
    // A connection that has ended can fail once more, which has no effect.
    socket.on('error', () => undefined).once('error', refuse);
    socket.once('secureConnect', () => {
      socket.off('error', refuse);
      watch(socket);
      callback(null, socket);
    });
  };

  function watch(socket: Socket): void {
    onConnected();
    socket.on('readable', () => {
      if (socket.bytesRead > maxWireBytes) socket.destroy(tooLarge(maxWireBytes));
    });
    deadline.enter('waiting for the head of the response', headersTimeout);
  }
}

/** The code of the problem with the certificate, such as `CERT_HAS_EXPIRED`. */
const certificateProblem = ({
  authorizationError: problem,
}: {
  readonly authorizationError: unknown;
}): string | undefined => (typeof problem === 'string' ? problem : undefined);

const tooLarge = (limit: number): FailedFetch =>
  new FailedFetch('too-large', `The response as it is sent has more than ${limit} bytes.`);
