import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A connection on which a test sends whatever it likes. */
export interface Wire {
  readonly socket: Socket;
  /** Resolves when it is gone, however it went, with all that came. */
  readonly gone: Promise<string>;
}

export async function openWire(port: number): Promise<Wire> {
  const socket = connect({ port, host: '127.0.0.1' });
  onTestFinished(() => void socket.destroy());
  let came = '';
  // That the other side resets it is one way for it to go.
  socket.on('error', () => {});
  socket.setEncoding('latin1').on('data', (text: string) => (came += text));
  const gone = new Promise<string>((resolve) => socket.once('close', () => resolve(came)));
  await once(socket, 'connect');
  return { socket, gone };
}

/** Sends, and resolves when it is on its way or the connection is gone. */
export const send = ({ socket }: Wire, bytes: string): Promise<boolean> =>
  new Promise((resolve) => {
    socket.write(bytes, 'latin1', (error) => resolve(error === undefined || error === null));
  });

/** Sends all of it and nothing more, and gives back what came until the other side closed. */
export async function say(port: number, bytes: string): Promise<string> {
  const wire = await openWire(port);
  await send(wire, bytes);
  return wire.gone;
}

/** The statuses of the answers in what came, in their order. */
export const statusesIn = (came: string): readonly number[] =>
  [...came.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
