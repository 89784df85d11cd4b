import { connect, createServer, type Socket } from 'node:net';

/** A proxy between a client and a server that can stop passing data on, as a broken network does. */
export interface Proxy {
  readonly url: string;
  /** Stops passing data on, without closing connections. */
  silence(): void;
  /** Stops passing data on over the existing connections, as if their server had vanished. New ones work. */
  strand(): void;
  /** Closes every connection and passes new ones on. */
  restore(): void;
  close(): Promise<void>;
}

export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let connections = 0;
  let firstHeard = 0;
  const server = createServer((inbound) => {
    const number = (connections += 1);
    const outbound = connect(Number(port), hostname);
    const pass = (from: Socket, to: Socket): void => {
      sockets.add(from);
      from.on('data', (data) => number < firstHeard || to.write(data));
      from.on('close', () => to.destroy());
      from.on('error', () => undefined);
    };
    pass(inbound, outbound);
    pass(outbound, inbound);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('There is no port.');
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(address.port);
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    url: url.href,
    silence: () => {
      firstHeard = Infinity;
    },
    strand: () => {
      firstHeard = connections + 1;
    },
    restore: () => {
      firstHeard = 0;
      drop();
    },
    close: async () => {
      drop();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
