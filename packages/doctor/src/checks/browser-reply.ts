import { type Reply, replyOf } from '@vestibule/client-fixtures';
import type { Exchange } from '../exchange/exchange.ts';

/** Where a browser would be sent by a response. */
export const replyTo = ({ reply, url }: Exchange): Reply =>
  reply.kind === 'none' ? { kind: 'nothing', problem: reply.problem } : replyOf(reply, new URL(url));

/** Whether a browser would be sent to a redirect URI. */
export const leadsTo = (exchange: Exchange, redirectUri: string): boolean => {
  const reply = replyTo(exchange);
  return reply.kind === 'led' && reply.to.startsWith(redirectUri);
};
