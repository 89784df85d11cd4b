import { STORES } from './001-stores.ts';
import { RATE_LIMITS } from './002-rate-limits.ts';
import { CLIENT_CLAIMS } from './003-client-claims.ts';
import { GOVERNANCE } from './004-governance.ts';
import { TRUST } from './005-trust.ts';
import { EXPIRED_CLIENTS } from './006-expired-clients.ts';
import { BOUNDS } from './007-bounds.ts';
import { DISPLAYED_CLIENTS } from './008-displayed-clients.ts';
import { TOKEN_FAMILIES } from './009-token-families.ts';
import { GRANTS_OF_PERSON } from './010-grants-of-person.ts';
import { GRANTS_NOT_YET_OPENED } from './011-grants-not-yet-opened.ts';
import { CLIENT_KINDS } from './012-client-kinds.ts';
import { SIGN_IN } from './013-sign-in.ts';
import { ACTIVE_CLIENTS } from './014-active-clients.ts';
import { COMMIT } from './015-commit.ts';
import { DESCRIBED_CLIENTS } from './016-described-clients.ts';
import { FAMILIES_IN_GRANTS } from './017-families-in-grants.ts';
import { ACTS } from './018-acts.ts';
import { FEWER_INDEXES } from './019-fewer-indexes.ts';
import { COMMITS_TOGETHER } from './020-commits-together.ts';
import { DUE_DOCUMENTS } from './021-due-documents.ts';
import { GROUPS } from './022-groups.ts';
import { PROVIDER_TOKENS } from './023-provider-tokens.ts';

/** A step from one version of the schema to the next. */
export interface Migration {
  readonly sql: string;
  /**
   * The earliest version of the schema whose nodes can work with the result. A migration that only adds something repeats
   * the number of the one before, unless nodes without it would do harm.
   */
  readonly compatibleFrom: number;
}

/** Each entry migrates the schema by one version, beginning at 0. Append only. */
export const MIGRATIONS: readonly Migration[] = [
  { sql: STORES, compatibleFrom: 1 },
  { sql: RATE_LIMITS, compatibleFrom: 1 },
  { sql: CLIENT_CLAIMS, compatibleFrom: 1 },
  { sql: GOVERNANCE, compatibleFrom: 4 },
  { sql: TRUST, compatibleFrom: 5 },
  { sql: EXPIRED_CLIENTS, compatibleFrom: 5 },
  { sql: BOUNDS, compatibleFrom: 5 },
  { sql: DISPLAYED_CLIENTS, compatibleFrom: 5 },
  { sql: TOKEN_FAMILIES, compatibleFrom: 9 },
  { sql: GRANTS_OF_PERSON, compatibleFrom: 9 },
  { sql: GRANTS_NOT_YET_OPENED, compatibleFrom: 9 },
  { sql: CLIENT_KINDS, compatibleFrom: 9 },
  { sql: SIGN_IN, compatibleFrom: 9 },
  { sql: ACTIVE_CLIENTS, compatibleFrom: 9 },
  { sql: COMMIT, compatibleFrom: 9 },
  { sql: DESCRIBED_CLIENTS, compatibleFrom: 16 },
  { sql: FAMILIES_IN_GRANTS, compatibleFrom: 17 },
  { sql: ACTS, compatibleFrom: 17 },
  { sql: FEWER_INDEXES, compatibleFrom: 19 },
  { sql: COMMITS_TOGETHER, compatibleFrom: 19 },
  { sql: DUE_DOCUMENTS, compatibleFrom: 19 },
  { sql: GROUPS, compatibleFrom: 22 },
  { sql: PROVIDER_TOKENS, compatibleFrom: 22 },
];
