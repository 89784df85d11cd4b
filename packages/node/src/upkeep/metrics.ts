import type { AuditEvent } from '@vestibule/core/audit';
import { allowMethods, bearerToken, oauthError, type Route } from '@vestibule/http';
import { collectDefaultMetrics, Counter, Registry } from 'prom-client';

export interface Metrics {
  /** Counts an event that this process has recorded. */
  readonly count: (event: AuditEvent) => void;
  readonly route: Route;
}

/**
 * Counters of audit events, labeled by type and by the rule, limit, reason or error of the event. No label contains text that a
 * client chose.
 */
export function createMetrics(isOperator: (token: string) => Promise<boolean>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: 'vestibule_events_total',
    help: 'Audit events, by type and by their rule, limit, reason or error.',
    labelNames: ['type', 'detail'],
    registers: [registry],
  });
  const changes = new Counter({
    name: 'vestibule_policy_changes_total',
    help: 'Changes that the policy made to accepted registrations, by rule.',
    labelNames: ['rule', 'outcome'],
    registers: [registry],
  });

  const count = (event: AuditEvent): void => {
    events.inc({ type: event.type, detail: detailOf(event) });
    if (event.type !== 'registration.accepted' && event.type !== 'client.updated') return;
    for (const { rule, outcome } of event.trace) changes.inc({ rule, outcome });
  };
  const endpoint = allowMethods(['GET'], async (request) =>
    (await isOperator(bearerToken(request) ?? ''))
      ? new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType } })
      : oauthError(401, 'invalid_token', 'metrics require the operator token', {
          'www-authenticate': 'Bearer realm="metrics"',
        }),
  );
  return {
    count,
    route: { path: '/metrics', endpoint },
  };
}

function detailOf(event: AuditEvent): string {
  if ('rule' in event) return event.rule;
  if ('limit' in event) return event.limit;
  if ('error' in event) return event.error;
  if (event.type === 'token.issued') return event.grantType;
  return 'reason' in event ? event.reason : '';
}
