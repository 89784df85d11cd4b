import type { RegistrationLimits } from '../realm/settings.ts';
import type { RegistrationSource } from './registration-source.ts';

/** A network whose uses are counted. */
export interface CountedNetwork {
  readonly name: 'address' | 'site' | 'organization';
  readonly key: string;
  /** How many times the limit for one address it has. */
  readonly times: number;
}

/**
 * The networks that a request comes from, the nearest first, and how many times the limits of an address each has. What
 * web pages send with an `Origin` is counted apart from the programs at an address: a page may be anybody's, and its
 * visitors did not ask.
 */
export function networksOf(
  { addressKey, site, organization, origin }: RegistrationSource,
  { siteTimes, organizationTimes }: Pick<RegistrationLimits, 'siteTimes' | 'organizationTimes'>,
): readonly CountedNetwork[] {
  const address = origin === undefined ? addressKey : `page:${addressKey}`;
  return [
    { name: 'address', key: `address:${address}`, times: 1 },
    ...(site === undefined ? [] : [{ name: 'site', key: `site:${site}`, times: siteTimes } as const]),
    { name: 'organization', key: `organization:${organization}`, times: organizationTimes },
  ];
}
