import * as z from 'zod';
import { lazily } from '../../lazily.ts';
import type { ServerLimits } from '../server-limits.ts';
import type {
  AuthorizationSettings,
  ConsentSettings,
  KeySettings,
  Lifecycle,
  Lifetimes,
  PartialRealmSettings,
  RealmSettings,
} from '../settings.ts';
import { metadataDocumentSchema } from './metadata-document-schema.ts';
import { registrationSchema } from './registration-schema.ts';
import { atLeastOne, count, DAY, MONTH, percent, secondsFrom, TEN_YEARS, YEAR } from './values.ts';

const lifetimes = () =>
  z.strictObject({
    // An API that verifies access tokens locally accepts them until they expire, whatever was revoked.
    accessToken: secondsFrom(1, MONTH).exactOptional(),
    refreshToken: secondsFrom(1, TEN_YEARS).exactOptional(),
    refreshGrace: secondsFrom(0, DAY).exactOptional(),
    code: secondsFrom(1, DAY).exactOptional(),
    transaction: secondsFrom(1, DAY).exactOptional(),
    session: secondsFrom(1, YEAR).exactOptional(),
    pushedRequest: secondsFrom(1, DAY).exactOptional(),
    idToken: secondsFrom(1, DAY).exactOptional(),
  } satisfies Record<keyof Lifetimes, z.ZodType>);

const duration = () =>
  z.union([z.literal('until-revoked'), secondsFrom(1)], {
    error: 'must be a duration such as 30d or a whole number of seconds, or "until-revoked"',
  });

const durations = () =>
  z.array(duration()).transform(([first, ...others], context) => {
    if (first !== undefined) return [first, ...others] as const;
    context.addIssue({ code: 'custom', message: 'must name at least one duration, or "until-revoked"' });
    return z.NEVER;
  });

const consent = () =>
  z.strictObject({
    durations: durations().exactOptional(),
    // In milliseconds. A longer wait would leave too little of an interaction's lifetime to decide in.
    minimumReadingTime: z.int().min(0).max(60_000).exactOptional(),
  } satisfies Record<keyof ConsentSettings, z.ZodType>);

const authorization = () =>
  z.strictObject({
    pushedRequestsOnly: z.boolean().exactOptional(),
  } satisfies Record<keyof AuthorizationSettings, z.ZodType>);

const lifecycle = () =>
  z.strictObject({
    unused: secondsFrom(1).exactOptional(),
    deferred: secondsFrom(1, YEAR).exactOptional(),
    dormant: secondsFrom(1).exactOptional(),
    asleep: secondsFrom(1).exactOptional(),
    restorable: secondsFrom(0).exactOptional(),
    restorableClients: count().exactOptional(),
  } satisfies Record<keyof Lifecycle, z.ZodType>);

const keys = () =>
  z.strictObject({
    algorithm: z.enum(['ES256', 'EdDSA', 'RS256']).exactOptional(),
    rotateAfter: secondsFrom(1).exactOptional(),
    publishBefore: secondsFrom(0).exactOptional(),
    replaceMadeBefore: z.int().min(0).exactOptional(),
    compromised: z.boolean().exactOptional(),
  } satisfies Record<keyof KeySettings, z.ZodType>);

const limits = () =>
  z.strictObject({
    tokenRequestsPerAddressPerHour: count().exactOptional(),
    tokenRequestsPerClientPerHour: count().exactOptional(),
    pendingAuthorizations: atLeastOne().exactOptional(),
    pendingPushedRequests: atLeastOne().exactOptional(),
    organizationPercentOfPending: percent().exactOptional(),
    sessionsPerPerson: atLeastOne().exactOptional(),
    revokedTokensPerGrant: count().exactOptional(),
    revocationListEntries: count().exactOptional(),
  } satisfies Record<keyof ServerLimits, z.ZodType>);

/** The settings of a realm, each of which may be left out. What settings contradict each other is not checked here. */
export const settingsSchema: () => z.ZodType<PartialRealmSettings> = /* @__PURE__ */ lazily(() =>
  z.strictObject({
    registration: registrationSchema().exactOptional(),
    metadataDocuments: metadataDocumentSchema().exactOptional(),
    lifetimes: lifetimes().exactOptional(),
    authorization: authorization().exactOptional(),
    consent: consent().exactOptional(),
    limits: limits().exactOptional(),
    lifecycle: lifecycle().exactOptional(),
    keys: keys().exactOptional(),
  } satisfies Record<keyof RealmSettings, z.ZodType>),
);

/** The path of every setting: `registration.limits.perRealmPerDay`. */
export const settingPaths: () => readonly string[] = /* @__PURE__ */ lazily(() => leavesOf(settingsSchema()));

/** A list is one setting. */
const leavesOf = (schema: z.core.$ZodType): readonly string[] =>
  groupOf(schema).flatMap(([name, member]) => {
    const below = leavesOf(member);
    return below.length === 0 ? [name] : below.map((path) => `${name}.${path}`);
  });

const groupOf = (schema: z.core.$ZodType): readonly (readonly [string, z.core.$ZodType])[] => {
  if (schema instanceof z.ZodExactOptional) return groupOf(schema.unwrap());
  return schema instanceof z.ZodObject ? Object.entries<z.core.$ZodType>(schema.shape) : [];
};
