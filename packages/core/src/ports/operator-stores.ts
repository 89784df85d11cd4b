import type { Memberships } from '../gates/allows-person.ts';
import type { Instant } from '../time.ts';
import type { Page, PageRequest } from './page.ts';

/** A person, as an operator manages them. */
export interface KnownPerson extends Memberships {
  readonly realm: string;
  /** The `sub` of tokens: stable, never reused. */
  readonly subject: string;
  /** In canonical form; unique in its realm. */
  readonly username: string;
  readonly name: string;
  readonly email?: string;
  readonly emailVerified?: boolean;
  /** In PHC string format. Absent: the person has no password. */
  readonly passwordHash?: string;
}

/** The people of a realm, as far as an operator needs them. */
export interface KnownPeople {
  findByUsername(realm: string, username: string): Promise<KnownPerson | undefined>;
  findBySubject(realm: string, subject: string): Promise<KnownPerson | undefined>;
  list(realm: string, page: PageRequest): Promise<Page<KnownPerson>>;
}

/** A grant, as an operator lists it. */
export interface KnownGrant {
  readonly realm: string;
  readonly id: string;
  readonly clientId: string;
  readonly subject: string;
  readonly resource: string;
  readonly scopes: readonly string[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  /** When it ends, however often it is refreshed. Absent: until the person or an operator ends it. */
  readonly endsAt?: Instant;
  /** Its code has not been exchanged yet. */
  readonly isUnopened?: true;
  /** What the person saw when they allowed it, as far as an operator needs it. */
  readonly displayed?: {
    /** Where the person was sent, exactly. */
    readonly redirectUri: string;
  };
}

/** Grants, as far as an operator needs them. */
export interface KnownGrants {
  /** The grant with this id, unless it has ended or was not opened. */
  find(realm: string, id: string): Promise<KnownGrant | undefined>;
  /** The grants of a person at `now`, to one client or to all of them, oldest first. */
  listOf(realm: string, subject: string, now: Instant, clientId?: string): Promise<readonly KnownGrant[]>;
  /** The grants of a client at `now`, of all people. */
  listOfClient(realm: string, clientId: string, now: Instant, page: PageRequest): Promise<Page<KnownGrant>>;
}
