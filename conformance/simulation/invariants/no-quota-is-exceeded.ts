import { withDefaultSettings, type RealmSettings } from '@vestibule/core/realm';
import { addressKey, sourceOf } from '@vestibule/http';
import type { Evidence, Invariant } from './invariant.ts';

const HOUR = 3_600_000;
const DAY = 86_400_000;

/** The largest value that a setting of a realm ever had. */
const most = ({ realmStates }: Evidence, realm: string, value: (settings: RealmSettings) => number): number =>
  Math.max(
    ...realmStates
      .filter((state) => state.realm.id === realm)
      .map((state) => value(withDefaultSettings(state.realm.settings))),
  );

/** The largest number of times in a window: the first opens one, and the first after its end opens the next. */
function mostInWindow(times: readonly number[], length: number): number {
  let largest = 0;
  let count = 0;
  let endsAt = -Infinity;
  for (const at of times) {
    if (at >= endsAt) [count, endsAt] = [0, at + length];
    count += 1;
    largest = Math.max(largest, count);
  }
  return largest;
}

export const noQuotaIsExceeded: Invariant = {
  name: 'no quota is exceeded',
  check: (evidence) => {
    const { stored, realmStates } = evidence;
    const violations: string[] = [];
    for (const realm of new Set(realmStates.map((state) => state.realm.id))) {
      const events = stored.events.filter((event) => event.realm === realm);
      const registered = events.flatMap((event) =>
        event.type === 'registration.accepted' || event.type === 'client.restored' ? [event] : [],
      );
      const uses = registered.filter(
        (event) => !('initialAccessTokenId' in event) || event.initialAccessTokenId === undefined,
      );
      const limited = (what: string, limit: number, length: number, isOf: (ip: string) => boolean): void => {
        const times = uses.filter(({ ip = '' }) => isOf(ip)).map(({ at }) => at);
        const count = mostInWindow(times, length);
        if (count > limit) {
          violations.push(`${what} of ${realm} registered ${count} clients instead of ${limit}.`);
        }
      };
      limited(
        'All',
        most(evidence, realm, ({ registration }) => registration.limits.perRealmPerDay),
        DAY,
        () => true,
      );
      const perAddress = most(evidence, realm, ({ registration }) => registration.limits.perAddressPerHour);
      for (const key of new Set(uses.map(({ ip = '' }) => addressKey(ip)))) {
        limited(`The address ${key}`, perAddress, HOUR, (ip) => addressKey(ip) === key);
      }
      const perOrganization = most(
        evidence,
        realm,
        ({ registration: { limits } }) => limits.perAddressPerHour * limits.organizationTimes,
      );
      for (const key of new Set(uses.map(({ ip = '' }) => sourceOf(ip).organization))) {
        limited(`The network ${key}`, perOrganization, HOUR, (ip) => sourceOf(ip).organization === key);
      }
      // Operators and people can make clients active again, beyond the limit.
      const added = events.filter(
        ({ type }) => type === 'client.unblocked' || type === 'client.revived',
      ).length;
      const active = stored.clients.filter(
        (client) =>
          client.realm === realm &&
          client.kind === 'dynamic' &&
          client.blockedAt === undefined &&
          client.registration.hibernatedAt === undefined,
      ).length;
      const mostActive = most(evidence, realm, ({ registration }) => registration.limits.awakeClients);
      if (active > mostActive + added) {
        violations.push(`${active} clients of ${realm} are active instead of ${mostActive}.`);
      }
      for (const { id, maxUses } of stored.initialAccessTokens.filter((token) => token.realm === realm)) {
        const count = registered.filter(
          (event) => 'initialAccessTokenId' in event && event.initialAccessTokenId === id,
        ).length;
        if (count > maxUses) {
          violations.push(`The token ${id} registered ${count} clients instead of ${maxUses}.`);
        }
      }
    }
    return violations;
  },
};
