import type { AuditEvent } from '@vestibule/core/audit';
import type { Evidence } from './invariant.ts';

/** The events of a type. */
export const eventsOfType = <Type extends AuditEvent['type']>(
  { stored }: Evidence,
  ...types: readonly Type[]
): readonly Extract<AuditEvent, { readonly type: Type }>[] =>
  stored.events.flatMap((event) => (isOf(event, types) ? [event] : []));

const isOf = <Type extends AuditEvent['type']>(
  event: AuditEvent,
  types: readonly Type[],
): event is Extract<AuditEvent, { readonly type: Type }> => types.some((type) => type === event.type);
