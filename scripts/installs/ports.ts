import { once } from 'node:events';
import { connect } from 'node:net';
import { freePort } from '../../testing/src/port.ts';

/** The ports that pages name. */
const NAMED = ['4000', '4001'];

/** A page with other ports, because those that it names may be in use here. */
export async function withFreePorts(page: string): Promise<string> {
  let text = page;
  for (const named of NAMED) {
    text = text.replaceAll(new RegExp(`\\b${named}\\b`, 'g'), String(await freePort()));
  }
  return text;
}

/** The port at which a program listens, as its text says. */
export function listeningPort(code: string): number {
  const [, port] = /\.listen\((?:\{ port: )?(\d+)/.exec(code) ?? [];
  if (port === undefined) throw new Error('A program that prints nothing has to listen at a port.');
  return Number(port);
}

/**
 * Waits until a port of this computer accepts connections.
 *
 * @throws {Error} if the program ended before
 */
export async function waitForPort(port: number, isRunning: () => boolean): Promise<void> {
  while (!(await accepts(port))) {
    if (!isRunning()) throw new Error(`The program ended before it listened at port ${port}.`);
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
