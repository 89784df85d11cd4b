import { errorReply, type Reply, type RequestInfo } from '@vestibule/http';
import { type AuditContext, record } from '../../context/record.ts';
import type { Refused } from '../../errors/client-refusal.ts';

/** Responds to a request whose client is not authenticated, or that cannot be read, and records the refusal. */
export async function refuseClient(
  context: AuditContext,
  info: RequestInfo,
  { refusal, status, headers, claimedClientId }: Refused,
  type: 'token.refused' | 'authorization.refused' = 'token.refused',
): Promise<Reply> {
  const { error, reason, misused, description } = refusal;
  const claimed = claimedClientId !== undefined && { claimedClientId };
  const facts = { error, ...claimed };
  await record(
    context,
    info,
    type === 'token.refused' ? { type, ...facts, reason, ...(misused && { misused }) } : { type, ...facts },
  );
  return errorReply(status, error, description, headers);
}
