import type { Refusal } from '../refusal.ts';
import type { Admission, Admitted } from './admit.ts';
import type { ClientInformationResponse } from './respond.ts';

/** What became of a registration. Every outcome but `closed` is an audit event. */
export type RegistrationOutcome =
  | { readonly outcome: 'registered'; readonly response: ClientInformationResponse }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** One of the limits has no room. */
  | Exclude<Admission, Admitted>;
