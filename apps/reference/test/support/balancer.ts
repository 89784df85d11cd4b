import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

/** What stands before several nodes: each request goes to the next one, and to another where nobody listens there. */
export interface Balancer {
  readonly url: string;
}

/**
 * A balancer on a port. Every request has a connection of its own: one that was kept may be dead by the time it is used
 * again, and nobody could tell that from a node that died over the request. It tells the nodes another network address for every request, unless the request brings one.
 * A request that a node took and did not answer is answered 502: it may have been done, so it is not sent again.
 */
export async function startBalancer(port: number, nodes: readonly number[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: false });
  let count = 0;

  function forward(incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse, tries: number): void {
    count += 1;
    const node = nodes[count % nodes.length];
    const address =
      incoming.headers['x-forwarded-for'] ?? `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}`;
    const headers = { ...incoming.headers, 'x-forwarded-for': address };
    const { method, url: path } = incoming;
    const onward = request({ agent, host: '127.0.0.1', port: node, method, path, headers });
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    onward.on('error', (error: Error & { readonly code?: string }) => {
      if (error.code === 'ECONNREFUSED' && tries < 2 * nodes.length) {
        return forward(incoming, body, outgoing, tries + 1);
      }
      if (outgoing.headersSent) return outgoing.destroy();
      outgoing.writeHead(502).end();
    });
    outgoing.on('close', () => onward.destroy());
    onward.end(body);
  }

  const server = createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part);
    forward(incoming, Buffer.concat(parts), outgoing, 0);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
    agent.destroy();
  });
  return { url: `http://127.0.0.1:${port}` };
}
