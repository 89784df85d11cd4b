import type { AuditLog } from '../ports/audit-log.ts';
import { isKeysUnavailable } from '../ports/keys-unavailable.ts';
import type { AuditEvent } from './event.ts';

/**
 * Waits for work that uses the public keys of another party, and records if they cannot be fetched. The error stays: the request
 * gets the response to any outage, which does not tell the reason.
 */
export async function recordingKeysUnavailable<Result>(
  audit: AuditLog,
  happened: () => Pick<AuditEvent, 'realm' | 'at' | 'ip'>,
  work: Promise<Result>,
): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (isKeysUnavailable(error)) {
      await audit.record({ type: 'jwks.unavailable', ...happened(), ...error.keys });
    }
    throw error;
  }
}
