import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/**
 * What `vestibule.conf` lets nginx do, in Node: each request goes to the next node; one that refuses the connection is skipped,
 * and a request that a node received is never sent again. `X-Forwarded-For` is the address of the connection, whatever the
 * client sent.
 *
 * @returns a function that stops it
 */
export async function startProxy(port: number, nodes: readonly number[]): Promise<() => void> {
  let turn = 0;
  const forward = (
    incoming: IncomingMessage,
    body: Buffer,
    outgoing: ServerResponse,
    attempts: number,
  ): void => {
    const node = nodes[(turn += 1) % nodes.length];
    const headers = { ...incoming.headers, 'x-forwarded-for': incoming.socket.remoteAddress };
    const { method, url: path } = incoming;
    const onward = request({ host: '127.0.0.1', port: node, method, path, headers, agent: false });
    onward.on('response', (answer) =>
      answer.pipe(outgoing.writeHead(answer.statusCode ?? 502, answer.headers)),
    );
    onward.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' && attempts > 1) forward(incoming, body, outgoing, attempts - 1);
      else if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502).end();
    });
    outgoing.on('close', () => onward.destroy());
    onward.end(body);
  };
  const server = createServer(async (incoming, outgoing) => {
    forward(incoming, await buffer(incoming), outgoing, nodes.length);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return () => {
    server.closeAllConnections();
    server.close();
  };
}
