import type { Refusal } from '../refusal.ts';
import type { Admission, Admitted } from './admit.ts';
import type { ClientInformationResponse } from './respond.ts';

/** The result of a registration. Every outcome except `closed` is an audit event. */
export type RegistrationOutcome =
  | { readonly outcome: 'registered'; readonly response: ClientInformationResponse }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** One of the limits has no quota left. */
  | Exclude<Admission, Admitted>;
