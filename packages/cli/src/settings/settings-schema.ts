import {
  canonicalHostPattern,
  refusesHost,
  type AuthorizationSettings,
  type ConsentSettings,
  type EgressRange,
  type Lifecycle,
  type Lifetimes,
  type ManagementSettings,
  type PartialRealmSettings,
  type PolicySettings,
  type RegistrationSettings,
  type Seconds,
  type ServerLimits,
  type SoftwareStatementSettings,
  STATEMENT_ALGORITHMS,
  type TrustedIssuer,
  type Vendor,
} from '@vestibule/core';
import { z } from 'zod';
import { MOST, readDuration } from '../options/duration.ts';

const count = z.int().min(0);
const atLeastOne = z.int().min(1);
/** What an organization may use of something: none would close it for everybody. */
const percent = z.int().min(1).max(100);

/** In milliseconds. A longer wait would leave too little of an interaction's lifetime to decide in. */
const readingTime = z.int().min(0).max(60_000);

/** A duration: a whole number of seconds, or a text with units, such as `90d` or `12h 30m`. */
const secondsFrom = (least: number, most: Longest = LONGEST): z.ZodType<Seconds> =>
  z.union([z.int(), z.string()], { error: DURATION }).transform((given, context) => {
    const length = typeof given === 'number' ? given : readDuration(given);
    if (length !== undefined && length > most.seconds) {
      context.addIssue({ code: 'custom', message: `must be at most ${most.words}` });
      return z.NEVER;
    }
    if (length !== undefined && length >= least) return length;
    context.addIssue({ code: 'custom', message: `${DURATION}, and at least ${least} second` });
    return z.NEVER;
  });

const DURATION = 'must be a duration: 5m, 12h 30m, 90d, or a whole number of seconds';

/** The maximum of a duration, and its text in messages. */
interface Longest {
  readonly seconds: Seconds;
  readonly words: string;
}

const LONGEST: Longest = { seconds: MOST, words: '365000d' };
const DAY: Longest = { seconds: 86_400, words: '1d' };
/** For access tokens, which cannot be revoked at APIs that verify them locally. */
const MONTH: Longest = { seconds: 30 * 86_400, words: '30d' };
const YEAR: Longest = { seconds: 365 * 86_400, words: '365d' };
const TEN_YEARS: Longest = { seconds: 3_650 * 86_400, words: '3650d' };

const seconds = secondsFrom(1);
const secondsOrNone = secondsFrom(0);

const duration = z.union([z.literal('until-revoked'), seconds], {
  error: 'must be a duration such as 30d or a whole number of seconds, or "until-revoked"',
});

const durations = z.array(duration).transform(([first, ...others], context) => {
  if (first !== undefined) return [first, ...others] as const;
  context.addIssue({ code: 'custom', message: 'must name at least one duration, or "until-revoked"' });
  return z.NEVER;
});

/** Text for people: one line, without control characters or marks that change its direction. */
export const text: z.ZodString = z
  .string()
  .trim()
  .min(1)
  .regex(/^[^\p{Cc}\p{Bidi_Control}\u2028\u2029]*$/u, {
    error: 'must not contain line breaks, control characters or direction marks',
  });

const hostPattern = z.string().transform((pattern, context) => {
  const canonical = canonicalHostPattern(pattern);
  if (canonical === undefined) {
    context.addIssue({ code: 'custom', message: 'must be a host such as app.example, or *.app.example' });
  }
  return canonical ?? z.NEVER;
});

const vendor = z.strictObject({
  name: text,
  aliases: z.array(text).exactOptional(),
  commonWords: z.array(text).exactOptional(),
  neighbours: z.array(text).exactOptional(),
  hosts: z.array(hostPattern),
  schemes: z
    .array(
      z.string().regex(/^[a-z][a-z0-9+.-]*(?::\/\/[^\s/?#@]+)?$/, {
        error:
          'must be a scheme in lower case, without the colon, or one with its authority, such as app://acme.sync',
      }),
    )
    .exactOptional(),
} satisfies Record<keyof Vendor, z.ZodType>);

/**
 * Public keys as a JWK Set.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7517#section-5 RFC 7517 §5}
 */
export const keySet: z.ZodType<{ keys: Record<string, unknown>[] }> = z.strictObject({
  keys: z.array(z.record(z.string(), z.unknown())).min(1),
});

const isHttps = (url: string): boolean => URL.parse(url)?.protocol === 'https:';

const trustedIssuer = z
  .strictObject({
    name: text.max(80),
    issuer: z.string().min(1),
    jwks: keySet.exactOptional(),
    jwksUri: z.string().refine(isHttps, { error: 'must be an https URL' }).exactOptional(),
    algorithms: z
      .array(
        z.enum(STATEMENT_ALGORITHMS, {
          error: `must be one of ${STATEMENT_ALGORITHMS.join(', ')}. none and symmetric algorithms are not accepted`,
        }),
      )
      .min(1),
    softwareIds: z.array(z.string().min(1)).exactOptional(),
  } satisfies Record<keyof TrustedIssuer, z.ZodType>)
  .refine(({ jwks, jwksUri }) => (jwks === undefined) !== (jwksUri === undefined), {
    error: 'must have either jwks or jwksUri',
  });

const policy = {
  unsupportedTypes: z.enum(['refuse', 'narrow']).exactOptional(),
  privateUseSchemes: z.boolean().exactOptional(),
  reservedNames: z.array(text).exactOptional(),
  allowedRedirectHosts: z.array(hostPattern).exactOptional(),
  refusedRedirectHosts: z.array(hostPattern).exactOptional(),
  vendors: z.array(vendor).exactOptional(),
} satisfies Record<keyof Omit<PolicySettings, 'softwareStatements'>, z.ZodType>;

const egressRange = z.strictObject({
  name: text,
  ranges: z
    .array(
      z.union([z.cidrv4(), z.cidrv6()], {
        error: 'must be a network in CIDR notation, such as 192.0.2.0/24 or 2001:db8::/32',
      }),
    )
    .min(1),
  perHour: count,
  perDay: count.exactOptional(),
  attemptsPerHour: count.exactOptional(),
} satisfies Record<keyof EgressRange, z.ZodType>);

const limits = z.strictObject({
  attemptsPerAddressPerHour: count.exactOptional(),
  perAddressPerHour: count.exactOptional(),
  siteTimes: count.exactOptional(),
  organizationTimes: count.exactOptional(),
  perRealmPerDay: count.exactOptional(),
  organizationPercentOfDay: percent.exactOptional(),
  updatesPerRealmPerDay: count.exactOptional(),
  organizationPercentOfHour: percent.exactOptional(),
  perOriginPerHour: count.exactOptional(),
  authorizationsPerAddressPerHour: count.exactOptional(),
  perRedirectUrisPerHour: count.exactOptional(),
  awakeClients: count.exactOptional(),
  egressRanges: z
    .array(egressRange)
    .superRefine((networks, context) => {
      const names = networks.map(({ name }) => name);
      for (const [index, name] of names.entries()) {
        if (names.indexOf(name) === index) continue;
        const message = 'is the name of another network. Merge their ranges into one entry, or rename one';
        context.addIssue({ code: 'custom', path: [index, 'name'], message });
      }
    })
    .exactOptional(),
} satisfies Record<keyof RegistrationSettings['limits'], z.ZodType>);

const WHOLLY_REFUSED =
  'is also in refusedRedirectHosts, so it would be refused. Remove it from one of the two lists';

/** The indexes of allowed hosts that are refused entirely. A part of an allowed pattern may be refused. */
const whollyRefused = ({
  allowedRedirectHosts = [],
  refusedRedirectHosts = [],
}: HostLists): readonly number[] =>
  allowedRedirectHosts.flatMap((allowed, index) =>
    refusedRedirectHosts.some((refused) => refusesHost(refused, allowed)) ? [index] : [],
  );

type HostLists = Partial<Pick<PolicySettings, 'allowedRedirectHosts' | 'refusedRedirectHosts'>>;

const registration = z
  .strictObject({
    ...policy,
    open: z.boolean().exactOptional(),
    mode: z.enum(['anonymous', 'initial-access-token', 'both']).exactOptional(),
    softwareStatements: z
      .strictObject({
        issuers: z
          .array(trustedIssuer)
          .refine((issuers) => new Set(issuers.map(({ issuer }) => issuer)).size === issuers.length, {
            error: 'contains an issuer twice. Merge its keys and algorithms into one entry',
          })
          .exactOptional(),
        untrusted: z.enum(['refuse', 'ignore']).exactOptional(),
      } satisfies Record<keyof SoftwareStatementSettings, z.ZodType>)
      .exactOptional(),
    management: z
      .strictObject({
        enabled: z.boolean().exactOptional(),
        rotateToken: z.boolean().exactOptional(),
      } satisfies Record<keyof ManagementSettings, z.ZodType>)
      .exactOptional(),
    coalesce: z.boolean().exactOptional(),
    candidate: z.strictObject(policy).exactOptional(),
    limits: limits.exactOptional(),
  } satisfies Record<keyof RegistrationSettings, z.ZodType>)
  .superRefine(({ candidate, ...current }, context) => {
    for (const index of whollyRefused(current)) {
      context.addIssue({ code: 'custom', path: ['allowedRedirectHosts', index], message: WHOLLY_REFUSED });
    }
    for (const index of candidate === undefined ? [] : whollyRefused(candidate)) {
      context.addIssue({
        code: 'custom',
        path: ['candidate', 'allowedRedirectHosts', index],
        message: WHOLLY_REFUSED,
      });
    }
  });

/** The settings of a realm; a setting that is left out has its default. */
export const settingsSchema: z.ZodType<PartialRealmSettings> = z.strictObject({
  registration: registration.exactOptional(),
  lifetimes: z
    .strictObject({
      accessToken: secondsFrom(1, MONTH).exactOptional(),
      refreshToken: secondsFrom(1, TEN_YEARS).exactOptional(),
      refreshGrace: secondsFrom(0, DAY).exactOptional(),
      code: secondsFrom(1, DAY).exactOptional(),
      transaction: secondsFrom(1, DAY).exactOptional(),
      session: secondsFrom(1, YEAR).exactOptional(),
      pushedRequest: secondsFrom(1, DAY).exactOptional(),
      idToken: secondsFrom(1, DAY).exactOptional(),
    } satisfies Record<keyof Lifetimes, z.ZodType>)
    .exactOptional(),
  authorization: z
    .strictObject({
      pushedRequestsOnly: z.boolean().exactOptional(),
    } satisfies Record<keyof AuthorizationSettings, z.ZodType>)
    .exactOptional(),
  consent: z
    .strictObject({
      durations: durations.exactOptional(),
      minimumReadingTime: readingTime.exactOptional(),
    } satisfies Record<keyof ConsentSettings, z.ZodType>)
    .exactOptional(),
  limits: z
    .strictObject({
      tokenRequestsPerAddressPerHour: count.exactOptional(),
      tokenRequestsPerClientPerHour: count.exactOptional(),
      pendingAuthorizations: atLeastOne.exactOptional(),
      pendingPushedRequests: atLeastOne.exactOptional(),
      organizationPercentOfPending: percent.exactOptional(),
      sessionsPerPerson: atLeastOne.exactOptional(),
      revokedTokensPerGrant: count.exactOptional(),
      revocationListEntries: count.exactOptional(),
    } satisfies Record<keyof ServerLimits, z.ZodType>)
    .exactOptional(),
  lifecycle: z
    .strictObject({
      unused: seconds.exactOptional(),
      dormant: seconds.exactOptional(),
      asleep: seconds.exactOptional(),
      restorable: secondsOrNone.exactOptional(),
      restorableClients: count.exactOptional(),
    } satisfies Record<keyof Lifecycle, z.ZodType>)
    .exactOptional(),
  keys: z
    .strictObject({
      algorithm: z.enum(['ES256', 'EdDSA', 'RS256']).exactOptional(),
      rotateAfter: seconds.exactOptional(),
      publishBefore: secondsOrNone.exactOptional(),
    })
    .refine(({ rotateAfter = 7_776_000, publishBefore = 3_600 }) => publishBefore < rotateAfter, {
      error: 'publishBefore must be shorter than rotateAfter',
    })
    .exactOptional(),
});
