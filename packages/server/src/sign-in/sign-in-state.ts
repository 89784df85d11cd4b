import { equalInConstantTime } from '@vestibule/core';
import { hmac, sha256 } from '../web/digest.ts';

/** What a sign-in is for: an interaction, or a visit of a person who came by themselves. */
export interface SignInSubject {
  readonly kind: 'interaction' | 'visit';
  /** Of the interaction, or of the visit's place; empty where places have no ids. */
  readonly id: string;
}

/** A `state` that was received. Whether it is genuine is not known yet. */
export interface ReceivedState extends SignInSubject {
  readonly text: string;
  readonly nonce: string;
}

const STATE = /^(interaction|visit)\.([\w-]{0,128})\.([\w-]{1,128})\.[\w-]{43}$/;

/**
 * The `state` of a sign-in that continues elsewhere. It is derived from the secret of this browser, so no other program can
 * make one for the browser of another person, and nothing has to be stored until the browser returns.
 *
 * @param nonce random: each begun sign-in has a `state` of its own
 */
export function signInState(browserSecret: string, { kind, id }: SignInSubject, nonce: string): string {
  const begun = `${kind}.${id}.${nonce}`;
  return `${begun}.${hmac(browserSecret, `sign-in-state:${begun}`)}`;
}

/** A secret for one purpose in the sign-in of a `state`. No program that lacks the secret of this browser can derive it. */
export const signInSecret = (browserSecret: string, purpose: string, state: string): string =>
  hmac(browserSecret, `sign-in-secret:${JSON.stringify([purpose, state])}`);

/** Reads a `state`. `undefined`: this server does not write such. */
export function readSignInState(text: string | null): ReceivedState | undefined {
  const [, kind, id, nonce] = STATE.exec(text ?? '') ?? [];
  if (text === null || id === undefined || nonce === undefined) return undefined;
  return { kind: kind === 'visit' ? 'visit' : 'interaction', id, text, nonce };
}

/** Whether a `state` was made for the browser that holds this secret. */
export const isOfBrowser = (state: ReceivedState, browserSecret: string): boolean =>
  equalInConstantTime(state.text, signInState(browserSecret, state, state.nonce));

/** The hash under which a `state` is noted as used, and to which a ticket is bound. */
export const stateHash = (text: string): string => sha256(`sign-in-state:${text}`);
