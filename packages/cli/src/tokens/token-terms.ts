import { after, type Instant, type Realm, type Seconds, type TokenTerms } from '@vestibule/core';
import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { Refused, WrongUsage } from '../errors/refused.ts';

/** What a token is to allow, as the options have it. */
export interface IssueOptions extends RealmOptions {
  /** @default 1 */
  readonly uses?: number;
  /** @default a week */
  readonly expiresIn?: Seconds;
  readonly expiresAt?: Instant;
  readonly redirectHost?: readonly string[];
  readonly scope?: readonly string[];
  /** By their ids. */
  readonly api?: readonly string[];
  readonly note?: string;
}

/** A week. */
const DEFAULT_LIFETIME: Seconds = 604_800;

/**
 * When the token is to expire.
 *
 * @throws WrongUsage where that has been already
 */
export function expiryOf({ expiresIn = DEFAULT_LIFETIME, expiresAt }: IssueOptions, now: Instant): Instant {
  if (expiresAt === undefined) return after(now, expiresIn);
  if (expiresAt > now) return expiresAt;
  throw new WrongUsage('--expires-at is in the past.');
}

/**
 * What the token allows in a realm.
 *
 * @throws Refused where the realm has no such scope or API
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

function known<T>(noun: string, name: string, there: readonly T[], nameOf: (one: T) => string): T {
  const found = there.find((one) => nameOf(one) === name);
  if (found !== undefined) return found;
  const names = there.map(nameOf).map(quoted).join(', ');
  throw new Refused(
    `The realm has no ${noun} ${quoted(name)}. ${names === '' ? 'There is none at all.' : `There is ${names}.`} No token was issued.`,
  );
}
