import type { PartialRealmSettings, PreregistrationTerms, Realm } from '@vestibule/core';

/** A realm to create, with its scopes, APIs, people and pre-registered clients. It has the form of a seed file. */
export interface NewRealm {
  readonly realm: Pick<Realm, 'id' | 'name' | 'issuer'> & {
    /** Settings that differ from their defaults. */
    readonly settings?: PartialRealmSettings;
  };
  readonly scopes?: Realm['scopes'];
  readonly apis?: Realm['apis'];
  readonly people?: readonly NewPerson[];
  readonly clients?: readonly PreregistrationTerms[];
}

/** A person to create. */
export interface NewPerson {
  readonly username: string;
  readonly name: string;
  readonly email?: string;
  /** The `sub` of tokens. @default a random one */
  readonly subject?: string;
  /** Only its hash is stored. */
  readonly password: string;
}
