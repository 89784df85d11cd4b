import type { ApiDocument, PartialRealmSettings, PreregistrationDocument, Realm } from '@vestibule/core';

/** A realm to create, with its scopes, APIs, people and pre-registered clients. It has the form of a seed file. */
export interface NewRealm {
  readonly realm: Pick<Realm, 'id' | 'name' | 'issuer'> & {
    /** The settings that are chosen; all others have their defaults. */
    readonly settings?: PartialRealmSettings;
  };
  readonly scopes?: Realm['scopes'];
  readonly apis?: readonly ApiDocument[];
  readonly people?: readonly NewPerson[];
  readonly clients?: readonly PreregistrationDocument[];
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
