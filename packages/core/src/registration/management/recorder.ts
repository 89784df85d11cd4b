import type { AuditEvent, AuditFacts, LifecycleEvent, ManagementEvent } from '../../audit/event.ts';
import type { RegistrationEvent } from '../../audit/registration-event.ts';
import type { Options } from '../registrar-options.ts';
import type { ManagementRequest } from './request.ts';

type Facts = AuditFacts<ManagementEvent | LifecycleEvent | RegistrationEvent>;

/** Creates events of what a client does with its registration, with realm, time and address. */
export const eventsOf =
  ({ clock }: Pick<Options, 'clock'>, { realm, source }: ManagementRequest) =>
  (facts: Facts): AuditEvent => ({ ...facts, realm, at: clock(), ip: source.ip });

/** Records what a client does with its registration. */
export const recorder = (options: Options, request: ManagementRequest) => {
  const eventOf = eventsOf(options, request);
  return (facts: Facts): Promise<void> => options.audit.record(eventOf(facts));
};
