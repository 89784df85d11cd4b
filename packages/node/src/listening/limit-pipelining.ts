import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';

/** The maximum number of outstanding responses on a connection. Current clients do not pipeline requests. */
const MAX_WAITING = 16;

/**
 * Closes connections that pipeline too many requests: Node starts to handle every request that has arrived, and would keep
 * thousands of responses for a client that does not read them.
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
