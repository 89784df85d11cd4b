import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

/** A load balancer before several nodes: each request goes to the next one that is ready. */
export interface Balancer {
  readonly url: string;
  /** How many responses of the nodes had each status. */
  readonly statuses: ReadonlyMap<number, number>;
}

/**
 * A balancer on a port. Every request has its own connection: a kept one may be dead when it is used again, which cannot be
 * distinguished from a node that died during the request. It sends another client address with every request, unless the
 * request has one. A node that refuses a connection gets no request until it is ready again. A request that a node received
 * without responding results in 502: it may have had its effect, so it is not sent again.
 */
export async function startBalancer(port: number, nodes: readonly number[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: false });
  const down = new Set<number>();
  let count = 0;
  const statuses = new Map<number, number>();
  const closing = new AbortController();

  async function nextReady(): Promise<number> {
    while (!closing.signal.aborted) {
      count += 1;
      const node = nodes[count % nodes.length] ?? 0;
      if (!down.has(node)) return node;
      const ready = fetch(`http://127.0.0.1:${node}/readyz`, { signal: closing.signal });
      if ((await ready.catch(() => undefined))?.ok === true) down.delete(node);
    }
    throw new Error('The balancer is closed.');
  }

  async function forward(incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): Promise<void> {
    const node = await nextReady();
    if (await isTaken(node, incoming, body, outgoing)) return;
    down.add(node);
    await forward(incoming, body, outgoing);
  }

  /** Sends a request to a node, and its response back. `false`: the node refused the connection. */
  function isTaken(
    node: number,
    incoming: IncomingMessage,
    body: Buffer,
    outgoing: ServerResponse,
  ): Promise<boolean> {
    const address =
      incoming.headers['x-forwarded-for'] ?? `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}`;
    const headers = { ...incoming.headers, 'x-forwarded-for': address };
    const { method, url: path } = incoming;
    const onward = request({ agent, host: '127.0.0.1', port: node, method, path, headers });
    return new Promise((resolve) => {
      onward.on('response', (answer) => {
        const { statusCode = 502 } = answer;
        statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
        outgoing.writeHead(statusCode, answer.headers);
        answer.pipe(outgoing);
        answer.on('error', () => outgoing.destroy());
        resolve(true);
      });
      onward.on('error', (error: Error & { readonly code?: string }) => {
        if (error.code === 'ECONNREFUSED') return resolve(false);
        if (outgoing.headersSent) outgoing.destroy();
        else outgoing.writeHead(502).end();
        resolve(true);
      });
      outgoing.on('close', () => onward.destroy());
      onward.end(body);
    });
  }

  const server = createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part);
    await forward(incoming, Buffer.concat(parts), outgoing).catch(() => outgoing.destroy());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    closing.abort();
    server.close();
    server.closeAllConnections();
    agent.destroy();
  });
  return { url: `http://127.0.0.1:${port}`, statuses };
}
