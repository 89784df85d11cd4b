import type { Use } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { networksOf } from '@vestibule/core/registration';
import { type PlainRequest, type RequestInfo, sourceOf } from '@vestibule/http';

const HOUR = 3_600;

/** The limits of the address of an authorization request, or of a pushed one, and of the networks around it. */
export function networkUses(
  kind: 'authorization' | 'pushed-request',
  realm: Realm,
  request: Pick<PlainRequest, 'headers'>,
  { ip }: RequestInfo,
): readonly Use<'address'>[] {
  const { limits } = realm.settings.registration;
  return networksOf(sourceOf(ip, request.headers.get('origin')), limits).map(({ key, times }) => ({
    name: 'address',
    key: `${kind}:${realm.id}:${key}`,
    limit: { uses: limits.authorizationsPerAddressPerHour * times, seconds: HOUR },
  }));
}
