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
import { ROWS_IN_ORDER } from './015-rows-in-order.ts';
import { FAMILIES_IN_GRANTS } from './016-families-in-grants.ts';
import { DESCRIBED_CLIENTS } from './017-described-clients.ts';
import { NO_TEMPORARY_TABLES } from './018-no-temporary-tables.ts';
import { DUE_DOCUMENTS } from './019-due-documents.ts';
import { GROUPS } from './020-groups.ts';
import { PROVIDER_TOKENS } from './021-provider-tokens.ts';

/** Each entry migrates the schema by one version, beginning at 0. Append only. */
export const MIGRATIONS: readonly string[] = [
  STORES,
  RATE_LIMITS,
  CLIENT_CLAIMS,
  GOVERNANCE,
  TRUST,
  EXPIRED_CLIENTS,
  BOUNDS,
  DISPLAYED_CLIENTS,
  TOKEN_FAMILIES,
  GRANTS_OF_PERSON,
  GRANTS_NOT_YET_OPENED,
  CLIENT_KINDS,
  SIGN_IN,
  ACTIVE_CLIENTS,
  ROWS_IN_ORDER,
  FAMILIES_IN_GRANTS,
  DESCRIBED_CLIENTS,
  NO_TEMPORARY_TABLES,
  DUE_DOCUMENTS,
  GROUPS,
  PROVIDER_TOKENS,
];
