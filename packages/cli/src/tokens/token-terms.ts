import { after, type Instant, type Seconds } from '@vestibule/core';
import type { TokenTerms } from '@vestibule/core/operator';
import type { Realm } from '@vestibule/core/realm';
import { Refused } from '@vestibule/database';
import type { RealmOptions } from '../options/common.ts';
import { unknownName } from '../output/unknown-name.ts';
import { WrongUsage } from '../options/wrong-usage.ts';

/** The options that describe what a token allows. */
export interface IssueOptions extends RealmOptions {
  /** @default 1 */
  readonly uses?: number;
  /** @default a week */
  readonly expiresIn?: Seconds;
  readonly expiresAt?: Instant;
  readonly redirectHost?: readonly string[];
  readonly scope?: readonly string[];
  /** Ids of APIs. */
  readonly api?: readonly string[];
  readonly note?: string;
}

/** A week, in seconds. */
const DEFAULT_LIFETIME: Seconds = 604_800;

/**
 * When the token expires.
 *
 * @throws WrongUsage if that is in the past
 */
export function expiryOf({ expiresIn = DEFAULT_LIFETIME, expiresAt }: IssueOptions, now: Instant): Instant {
  if (expiresAt === undefined) return after(now, expiresIn);
  if (expiresAt > now) return expiresAt;
  throw new WrongUsage('--expires-at is in the past. Choose a later time.');
}

/**
 * What the token allows in a realm.
 *
 * @throws Refused if the realm has no such scope or API
 */
export function termsIn(realm: Realm, options: IssueOptions, expiresAt: Instant): TokenTerms {
  const { uses = 1, redirectHost, scope, api, note } = options;
  const scopes = scope?.map((name) => known('scope', name, realm.scopes, (one) => one.name).name);
  const resources = api?.map((id) => known('API', id, realm.apis, (one) => one.id).resource);
  return {
    expiresAt,
    maxUses: uses,
    ...(note !== undefined && { note }),
    ...(redirectHost !== undefined && { redirectHosts: redirectHost }),
    ...(scopes !== undefined && { scopes }),
    ...(resources !== undefined && { resources }),
  };
}

function known<T>(noun: 'API' | 'scope', name: string, there: readonly T[], nameOf: (one: T) => string): T {
  const found = there.find((one) => nameOf(one) === name);
  if (found !== undefined) return found;
  throw new Refused(`${unknownName(noun, name, there.map(nameOf))} No token was issued.`);
}
