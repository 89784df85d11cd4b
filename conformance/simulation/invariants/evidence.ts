import type { AuditEvent } from '@vestibule/core/audit';
import { factsOf } from '../history/history.ts';
import type { Evidence } from './invariant.ts';

/** Whether an act of an operator on this client or person was interrupted: its change and its event are separate writes. */
export const wasInterrupted = (
  { history }: Evidence,
  realm: string,
  { clientId, subject }: { readonly clientId?: string | undefined; readonly subject?: string | undefined },
): boolean =>
  factsOf(history, 'operated').some(
    ({ entry, fact }) =>
      entry.ended === undefined &&
      fact.realm === realm &&
      ((fact.clientId !== undefined && fact.clientId === clientId) ||
        (fact.subject !== undefined && fact.subject === subject)),
  );

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
