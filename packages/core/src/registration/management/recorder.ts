import type { AuditFacts, LifecycleEvent, ManagementEvent, RegistrationEvent } from '../../audit/event.ts';
import type { Options } from '../registrar-options.ts';
import type { ManagementRequest } from './request.ts';

/** Records what a client does with its registration, with realm, time and address. */
export const recorder =
  ({ audit, clock }: Options, { realm, source }: ManagementRequest) =>
  (event: AuditFacts<ManagementEvent | LifecycleEvent | RegistrationEvent>): Promise<void> =>
    audit.record({ ...event, realm, at: clock(), ip: source.ip });
