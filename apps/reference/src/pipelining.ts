import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';

/** How many answers one connection may wait for. Clients of today wait for one before they ask again. */
const MAX_WAITING = 16;

/**
 * Cuts off whoever asks on without waiting: Node begins with every request that has arrived, and would keep thousands of
 * answers for a connection on which nobody reads.
 */
export function limitPipelining(handler: RequestListener): RequestListener {
  const waiting = new WeakMap<Socket, number>();
  const add = (socket: Socket, change: 1 | -1): number => {
    const count = (waiting.get(socket) ?? 0) + change;
    waiting.set(socket, count);
    return count;
  };
  return (request, response) => {
    const { socket } = request;
    if (socket.destroyed || add(socket, 1) > MAX_WAITING) return void socket.destroy();
    response.once('close', () => add(socket, -1));
    handler(request, response);
  };
}
