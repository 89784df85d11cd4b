import { connect } from 'node:net';

/**
 * Sends bytes as they are and reads until the server closes the connection.
 *
 * @param at where the server listens
 */
export async function raw(at: string, text: string): Promise<string> {
  const { hostname, port } = new URL(at);
  const socket = connect(Number(port), hostname);
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}
