import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A connection on which a test sends any bytes. */
export interface Wire {
  readonly socket: Socket;
  /** Resolves with all received bytes when it is closed, in any way. */
  readonly gone: Promise<string>;
}

export async function openWire(port: number): Promise<Wire> {
  const socket = connect({ port, host: '127.0.0.1' });
  onTestFinished(() => void socket.destroy());
  let came = '';
  // A reset by the server is one way to close it.
  socket.on('error', () => {});
  socket.setEncoding('latin1').on('data', (text: string) => (came += text));
  const gone = new Promise<string>((resolve) => socket.once('close', () => resolve(came)));
  await once(socket, 'connect');
  return { socket, gone };
}

/** Sends, and resolves when it is sent or the connection is closed. */
export const send = ({ socket }: Wire, bytes: string): Promise<boolean> =>
  new Promise((resolve) => {
    socket.write(bytes, 'latin1', (error) => resolve(error === undefined || error === null));
  });

/** Sends everything, and returns what was received until the server closed the connection. */
export async function say(port: number, bytes: string): Promise<string> {
  const wire = await openWire(port);
  await send(wire, bytes);
  return wire.gone;
}

/** The statuses of the received responses, in order. A response can follow the body of another one without a line break. */
export const statusesIn = (came: string): readonly number[] =>
  [...came.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
