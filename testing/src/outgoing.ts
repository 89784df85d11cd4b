import { createHook } from 'node:async_hooks';
import { Socket } from 'node:net';
import { onTestFinished, vi } from 'vitest';

/** What this process does with the network, observed at the socket until the end of the test. */
export interface Outgoing {
  /** How many TCP connections were started, by whichever library. */
  readonly connects: () => number;
  /** How many names the resolver of the operating system was asked for. */
  readonly lookups: () => number;
  /** The sockets that connected, or tried to. */
  readonly sockets: Socket[];
}

/** Observes the connections and lookups of this process. */
export function watchOutgoing(): Outgoing {
  const counts = new Map<string, number>();
  // Node makes one of these objects for each call of the operating system.
  const hook = createHook({
    init: (_, type) => {
      counts.set(type, (counts.get(type) ?? 0) + 1);
    },
  }).enable();
  const sockets: Socket[] = [];
  const connect: Socket['connect'] = Socket.prototype.connect;
  const spy = vi.spyOn(Socket.prototype, 'connect').mockImplementation(function watched(
    this: Socket,
    ...parameters
  ) {
    sockets.push(this);
    return connect.apply(this, parameters);
  });
  onTestFinished(() => {
    hook.disable();
    spy.mockRestore();
  });
  return {
    connects: () => counts.get('TCPCONNECTWRAP') ?? 0,
    lookups: () => counts.get('GETADDRINFOREQWRAP') ?? 0,
    sockets,
  };
}
