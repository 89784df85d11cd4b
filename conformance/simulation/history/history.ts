import type { Instant } from '@vestibule/core';

/** A moment: its place in the order of everything, and the time of the clock. */
export interface Moment {
  readonly order: number;
  readonly at: Instant;
}

/** What an actor learned or did. Secrets have names, such as `code 3`, so that a seed always has the same history. */
export type Fact =
  /** A registration was answered with this client. */
  | { readonly kind: 'registered'; readonly realm: string; readonly clientId: string }
  /** A client deleted its own registration. */
  | { readonly kind: 'deregistered'; readonly realm: string; readonly clientId: string }
  /** A person submitted their approval in their own browser, whatever the answer was. */
  | {
      readonly kind: 'approved';
      readonly realm: string;
      readonly tab: string;
      readonly clientId: string;
      readonly subject: string;
      readonly resource: string;
      readonly scopes: readonly string[];
    }
  /** A browser was led back to the client with a code. */
  | { readonly kind: 'code'; readonly realm: string; readonly tab: string; readonly code: string }
  /** The token endpoint issued tokens. */
  | TokensIssued
  /** A refresh by the client that has every reason to succeed, and its status. */
  | { readonly kind: 'continued'; readonly realm: string; readonly clientId: string; readonly status: number }
  /** An API asked about a token. */
  | {
      readonly kind: 'introspected';
      readonly realm: string;
      readonly resource: string;
      readonly isActive: boolean;
      readonly scopes: readonly string[];
      readonly token: TokensIssued;
    }
  /** Access was ended, and the one who ended it was told so. */
  | {
      readonly kind: 'ended';
      readonly realm: string;
      readonly clientId?: string;
      readonly subject?: string;
      readonly grantId?: string;
      readonly tokenId?: string;
    }
  /** An operator began to act on a client or a person. Their changes and events are separate writes. */
  | {
      readonly kind: 'operated';
      readonly realm: string;
      readonly clientId?: string;
      readonly subject?: string;
    };

export interface TokensIssued {
  readonly kind: 'tokens';
  readonly realm: string;
  readonly clientId: string;
  /** What was presented: the name of a code or of a refresh token. */
  readonly presented: string;
  readonly grantType: 'authorization_code' | 'refresh_token';
  readonly tokenId: string;
  readonly grantId: string;
  readonly subject: string;
  readonly resource: string;
  readonly scopes: readonly string[];
  /** The name of the new refresh token. */
  readonly refreshToken?: string;
}

/** One act with everything that the actor learned. */
export interface Entry {
  readonly number: number;
  readonly actor: string;
  readonly act: string;
  readonly began: Moment;
  /** Absent: it was never answered. */
  readonly ended?: Moment;
  readonly answer: string;
  readonly facts: readonly Fact[];
}

/** A fact with the entry that it is in. */
export interface Happened<Kind extends Fact['kind']> {
  readonly fact: Extract<Fact, { readonly kind: Kind }>;
  readonly entry: Entry;
}

/** The facts of one kind, in the order of the history. */
export const factsOf = <Kind extends Fact['kind']>(
  history: readonly Entry[],
  kind: Kind,
): readonly Happened<Kind>[] =>
  history.flatMap((entry) => entry.facts.flatMap((fact) => (isOf(fact, kind) ? [{ fact, entry }] : [])));

const isOf = <Kind extends Fact['kind']>(
  fact: Fact,
  kind: Kind,
): fact is Extract<Fact, { readonly kind: Kind }> => fact.kind === kind;
