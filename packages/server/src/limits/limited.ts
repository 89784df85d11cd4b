import { type Reply, type RequestInfo, tooManyReply } from '@vestibule/http';
import { type AuditContext, record } from '../context/record.ts';
import type { Counted } from '@vestibule/core';

/**
 * The response to a program that sends too many requests. The first one of each window is recorded; recording all would cost
 * what the limit saves.
 *
 * @param what what there were too many of: `token requests from this address`
 * @param clientId of an authenticated client
 * @param type how the endpoint records its refusals
 * @see {@link https://www.rfc-editor.org/rfc/rfc6585#section-4 RFC 6585 §4}
 */
export async function limited(
  context: AuditContext,
  info: RequestInfo,
  counted: Counted & { readonly allowed: false },
  what: string,
  clientId?: string,
  type: 'token.refused' | 'authorization.refused' = 'token.refused',
): Promise<Reply> {
  if (counted.isFirst) {
    const client = clientId !== undefined && { clientId };
    const facts = { error: 'too_many_requests', ...client };
    const reason = `too many ${what}`;
    await record(context, info, type === 'token.refused' ? { type, ...facts, reason } : { type, ...facts });
  }
  return tooManyReply(what, counted.retryAfter);
}
