import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { openWire, send } from './wire.ts';

/** How a client disconnects in the middle of a request. */
const WAYS: readonly ((port: number, head: string, body: Buffer) => Promise<void>)[] = [
  // In the middle of the head, with a half-close, which announces the end.
  (port, head) => leave(port, head.slice(0, head.length / 2), 'end'),
  // The same, abruptly.
  (port, head) => leave(port, head.slice(0, head.length / 2), 'reset'),
  // In the middle of the body, or before it.
  (port, head, body) => leave(port, head + text(body.subarray(0, body.length / 2)), 'end'),
  (port, head, body) => leave(port, head + text(body.subarray(0, body.length / 2)), 'reset'),
];

/** The same after the whole request: before the response, and at its first byte. */
const LATE_WAYS: typeof WAYS = [
  (port, head, body) => leave(port, head + text(body), 'reset'),
  (port, head, body) => leave(port, head + text(body), 'answered'),
];

const text = (bytes: Buffer): string => bytes.toString('latin1');

async function leave(port: number, bytes: string, how: 'end' | 'reset' | 'answered'): Promise<void> {
  const wire = await openWire(port);
  await send(wire, bytes);
  if (how === 'answered') await once(wire.socket, 'data');
  if (how === 'end') wire.socket.end();
  else wire.socket.resetAndDestroy();
  await wire.gone;
}

/** A connection on which every request fails in every way before it succeeds. */
export interface BadLine {
  /** The requests that succeeded, as method and path. */
  readonly requests: readonly string[];
  /** How often a client disconnected. */
  hangUps(): number;
}

/**
 * @param port where clients expect the app
 * @param app the port of the app
 */
export async function startBadLine(port: number, app: number): Promise<BadLine> {
  const agent = new Agent({ keepAlive: false });
  const requests: string[] = [];
  let hangUps = 0;

  async function forward(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = Buffer.concat(await incoming.toArray());
    const { method = '', url = '', headers } = incoming;
    requests.push(`${method} ${url.split('?', 1)[0]}`);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
    const head = `${method} ${url} HTTP/1.1\r\n${lines.join('')}\r\n`;
    // A code is consumed when it is first presented, whatever happens to the response.
    const isExchange = text(body).includes('grant_type=authorization_code');
    for (const hangUp of isExchange ? WAYS : [...WAYS, ...LATE_WAYS]) {
      await hangUp(app, head, body);
      hangUps += 1;
    }
    const onward = request({ agent, host: '127.0.0.1', port: app, method, path: url, headers });
    const answered = once(onward, 'response');
    onward.end(body);
    const [answer]: IncomingMessage[] = await answered;
    outgoing.writeHead(answer?.statusCode ?? 502, answer?.headers);
    answer?.pipe(outgoing);
  }

  const server = createServer((incoming, outgoing) => {
    forward(incoming, outgoing).catch((error: unknown) =>
      outgoing.destroy(error instanceof Error ? error : undefined),
    );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
    agent.destroy();
  });
  return { requests, hangUps: () => hangUps };
}
