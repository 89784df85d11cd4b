import { equalInConstantTime } from '@vestibule/core';
import { hmac, sha256 } from '../web/digest.ts';

/** A `state` of a trip that was received. Whether it is genuine is not known yet. */
export interface ReceivedTripState {
  readonly text: string;
  /** The id of the interaction. */
  readonly id: string;
  readonly nonce: string;
}

const STATE = /^tokens\.([\w-]{1,128})\.([\w-]{1,128})\.[\w-]{43}$/;

/**
 * The `state` of a trip to the provider for tokens. It is derived from the secret of this browser for this purpose alone: neither
 * another browser nor a sign-in has it.
 *
 * @param nonce random: each trip has a `state` of its own
 */
export function tripState(browserSecret: string, id: string, nonce: string): string {
  const begun = `tokens.${id}.${nonce}`;
  return `${begun}.${hmac(browserSecret, `provider-tokens-state:${begun}`)}`;
}

/** A secret for one purpose in the trip of a `state`. No program that lacks the secret of this browser can derive it. */
export const tripSecret = (browserSecret: string, purpose: string, state: string): string =>
  hmac(browserSecret, `provider-tokens-secret:${JSON.stringify([purpose, state])}`);

/** Reads a `state`. `undefined`: this server does not write such. */
export function readTripState(text: string): ReceivedTripState | undefined {
  const [, id, nonce] = STATE.exec(text) ?? [];
  return id === undefined || nonce === undefined ? undefined : { text, id, nonce };
}

/** Whether a `state` was made for the browser that holds this secret. */
export const isTripOfBrowser = ({ text, id, nonce }: ReceivedTripState, browserSecret: string): boolean =>
  equalInConstantTime(text, tripState(browserSecret, id, nonce));

/** The key under which a `state` is noted as used. */
export const usedTripKey = ({ text }: ReceivedTripState): string => sha256(`provider-tokens-state:${text}`);
