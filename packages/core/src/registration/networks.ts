import type { RegistrationLimits } from '../realm/registration-settings.ts';
import type { RegistrationSource } from './registration-source.ts';

/** A network whose uses are counted. */
export interface CountedNetwork {
  readonly name: 'address' | 'site' | 'organization';
  readonly key: string;
  /** Its limit, as a multiple of the limit of one address. */
  readonly times: number;
}

/**
 * The networks of a request, smallest first, with their limits as multiples of the limit of one address. Requests from web
 * pages, which have an `Origin`, are counted apart from those of programs: anyone can publish a page, and its visitors did
 * not decide to send the request.
 */
export function networksOf(
  { addressKey, site, organization, origin }: RegistrationSource,
  { siteTimes, organizationTimes }: Pick<RegistrationLimits, 'siteTimes' | 'organizationTimes'>,
): readonly CountedNetwork[] {
  const address = origin === undefined ? addressKey : `page:${addressKey}`;
  const networks: CountedNetwork[] = [{ name: 'address', key: `address:${address}`, times: 1 }];
  if (site !== undefined) networks.push({ name: 'site', key: `site:${site}`, times: siteTimes });
  networks.push({ name: 'organization', key: `organization:${organization}`, times: organizationTimes });
  return networks;
}
