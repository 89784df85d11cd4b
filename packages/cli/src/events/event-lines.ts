import type { AuditEvent } from '@vestibule/core/audit';
import { eventDocument } from './event-document.ts';

/** Who caused an event: the operator, as `cli ada`, or the network address. Empty if no request caused it. */
export const causeOf = (event: AuditEvent): string =>
  'actor' in event ? `${event.actor.kind} ${event.actor.id}` : (event.ip ?? '');

/** What else an event says: its other members as `name=value`, then what an operator changed. */
export function factsOf(event: AuditEvent): string {
  const {
    type: _type,
    at: _at,
    ip,
    realm: _realm,
    actor,
    before,
    after,
    paths,
    ...facts
  } = eventDocument(event);
  const others = {
    ...facts,
    ...(actor !== undefined && ip !== undefined && { ip }),
    // The changes name the paths. Events of older versions have no changes.
    ...(after === undefined && paths !== undefined && { paths }),
  };
  return [
    ...Object.entries(others).map(([name, value]) => `${name}=${textOf(value)}`),
    ...changesOf(before, after),
  ].join(' ');
}

/** What an operator changed: `open: false → true`. Of what is new or gone, the side that there is: `+name: Acme`. */
function changesOf(before: unknown, after: unknown): readonly string[] {
  const [old, next] = [membersOf(before), membersOf(after)];
  return Array.from(new Set([...old.keys(), ...next.keys()])).map((path) => {
    if (!old.has(path)) return `+${path}: ${textOf(next.get(path))}`;
    if (!next.has(path)) return `-${path}: ${textOf(old.get(path))}`;
    return `${path}: ${textOf(old.get(path))} → ${textOf(next.get(path))}`;
  });
}

const membersOf = (state: unknown): ReadonlyMap<string, unknown> =>
  new Map(typeof state === 'object' && state !== null ? Object.entries(state) : []);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
