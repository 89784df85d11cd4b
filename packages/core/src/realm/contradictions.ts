import { refusesHost } from '../redirect-uri/host-pattern.ts';
import { overlaps, readNetwork } from './network.ts';
import type { Problem } from './problem.ts';
import { placeOf } from './problem.ts';
import type { EgressRange, PolicySettings } from './registration-settings.ts';
import type { RealmSettings } from './settings.ts';

/** A problem of several settings that exclude each other. */
export interface Contradiction extends Problem {
  /** The paths of the settings: a change of any of them can end it. */
  readonly between: readonly string[];
}

/**
 * The settings that contradict each other, although each of them is valid by itself. They are looked for where settings are
 * chosen, not where they are read: a realm that has such settings from an earlier release is still served.
 */
export const contradictions = (settings: RealmSettings): readonly Contradiction[] =>
  RULES.flatMap((rule) => rule(settings));

const RULES: readonly ((settings: RealmSettings) => readonly Contradiction[])[] = [
  ({ registration: { limits } }) =>
    when(limits.siteTimes > limits.organizationTimes, {
      between: ['registration.limits.siteTimes', 'registration.limits.organizationTimes'],
      problem: `must be at most organizationTimes, which is ${limits.organizationTimes}: a site is a part of an organization`,
    }),
  ({ lifetimes: { accessToken, refreshToken } }) =>
    when(accessToken > refreshToken, {
      between: ['lifetimes.accessToken', 'lifetimes.refreshToken'],
      problem: `must be at most lifetimes.refreshToken, which is ${refreshToken}: an access token must not outlive the refresh token of its grant`,
    }),
  ({ lifetimes: { refreshGrace, refreshToken } }) =>
    when(refreshGrace >= refreshToken, {
      between: ['lifetimes.refreshGrace', 'lifetimes.refreshToken'],
      problem: `must be shorter than lifetimes.refreshToken, which is ${refreshToken}: otherwise a replay is never noticed`,
    }),
  ({ lifecycle: { dormant }, lifetimes: { accessToken } }) =>
    when(dormant <= accessToken, {
      between: ['lifecycle.dormant', 'lifetimes.accessToken'],
      problem: `must be longer than lifetimes.accessToken, which is ${accessToken}: otherwise a client is dormant before it can refresh its token`,
    }),
  ({ lifecycle: { unused }, lifetimes: { transaction } }) =>
    when(unused < transaction, {
      between: ['lifecycle.unused', 'lifetimes.transaction'],
      problem: `must be at least lifetimes.transaction, which is ${transaction}: otherwise a client expires while a person decides`,
    }),
  ({ lifecycle: { deferred }, lifetimes: { transaction } }) =>
    when(deferred < transaction, {
      between: ['lifecycle.deferred', 'lifetimes.transaction'],
      problem: `must be at least lifetimes.transaction, which is ${transaction}: otherwise a client expires while a person decides`,
    }),
  ({ registration: { persistence, management } }) =>
    when(persistence === 'deferred' && management.enabled, {
      between: ['registration.persistence', 'registration.management.enabled'],
      problem:
        'must be "immediate" while registration.management.enabled is true: a client that is not stored cannot manage its registration',
    }),
  ({ consent: { minimumReadingTime }, lifetimes: { transaction } }) =>
    when(minimumReadingTime >= transaction * 1_000, {
      between: ['consent.minimumReadingTime', 'lifetimes.transaction'],
      problem: `must be shorter than lifetimes.transaction, which is ${transaction} seconds: otherwise no approval counts`,
    }),
  ({ keys: { publishBefore, rotateAfter } }) =>
    when(publishBefore >= rotateAfter, {
      between: ['keys.publishBefore', 'keys.rotateAfter'],
      problem: `must be shorter than keys.rotateAfter, which is ${rotateAfter}`,
    }),
  ({ keys: { rotateAfter }, lifetimes: { accessToken } }) =>
    when(rotateAfter < accessToken, {
      between: ['keys.rotateAfter', 'lifetimes.accessToken'],
      problem: `must be at least lifetimes.accessToken, which is ${accessToken}: each key is published until its last token has expired`,
    }),
  ({ consent: { durations } }) =>
    durations.flatMap((duration, index) =>
      when(durations.indexOf(duration) !== index, {
        between: ['consent.durations'],
        place: placeOf(['consent', 'durations', index]),
        problem: 'is a duplicate',
      }),
    ),
  ({ registration: { softwareStatements } }) => {
    const issuers = softwareStatements.issuers.map(({ issuer }) => issuer);
    return issuers.flatMap((issuer, index) =>
      when(issuers.indexOf(issuer) !== index, {
        between: ['registration.softwareStatements.issuers'],
        place: placeOf(['registration', 'softwareStatements', 'issuers', index, 'issuer']),
        problem: 'is the issuer of another entry. Merge their keys and algorithms into one entry',
      }),
    );
  },
  ({ registration: { limits } }) =>
    limits.egressRanges.flatMap((range, index) =>
      rangeProblems(range, limits.egressRanges.slice(0, index)).map(({ place, problem }) => ({
        between: ['registration.limits.egressRanges'],
        place: `${placeOf(['registration', 'limits', 'egressRanges', index])}.${place}`,
        problem,
      })),
    ),
  ({ registration }) => [
    ...hostProblems('registration', registration),
    ...hostProblems('registration.candidate', registration.candidate ?? {}),
  ],
];

/** The contradiction if it holds. Its place is that of the first setting unless it says another. */
const when = (
  holds: boolean,
  { between, place = between[0] ?? '', problem }: Omit<Contradiction, 'place'> & Partial<Problem>,
): readonly Contradiction[] => (holds ? [{ between, place, problem }] : []);

/** A network of two ranges would count for the first of them only. */
function rangeProblems({ name, ranges }: EgressRange, earlier: readonly EgressRange[]): readonly Problem[] {
  if (earlier.some((other) => other.name === name)) {
    return [
      {
        place: 'name',
        problem: 'is the name of another network. Merge their ranges into one entry, or rename one',
      },
    ];
  }
  return ranges.flatMap((range, index) => {
    const other = earlier.find(({ ranges: others }) =>
      others.some((one) => overlaps(readNetwork(one), readNetwork(range))),
    );
    const problem = `overlaps with a range of ${JSON.stringify(other?.name)}, which would count for both. Remove it from one of the two`;
    return other === undefined ? [] : [{ place: `ranges[${index}]`, problem }];
  });
}

type HostLists = Partial<Pick<PolicySettings, 'allowedRedirectHosts' | 'refusedRedirectHosts'>>;

/** Allowed hosts that are refused entirely. A part of an allowed pattern may be refused. */
const hostProblems = (
  path: string,
  { allowedRedirectHosts = [], refusedRedirectHosts = [] }: HostLists,
): readonly Contradiction[] =>
  allowedRedirectHosts.flatMap((allowed, index) =>
    when(
      refusedRedirectHosts.some((refused) => refusesHost(refused, allowed)),
      {
        between: [`${path}.allowedRedirectHosts`, `${path}.refusedRedirectHosts`],
        place: `${path}.allowedRedirectHosts[${index}]`,
        problem:
          'is also in refusedRedirectHosts, so it would be refused. Remove it from one of the two lists',
      },
    ),
  );
