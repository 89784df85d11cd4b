import * as z from 'zod';
import type {
  EgressRange,
  ManagementSettings,
  PolicySettings,
  RegistrationLimits,
  RegistrationSettings,
  SoftwareStatementSettings,
} from '../registration-settings.ts';
import type { PartialRealmSettings } from '../settings.ts';
import { trustedIssuer, vendor } from './trust-schema.ts';
import { atLeastOne, count, hostPattern, percent, text } from './values.ts';

const policy = () =>
  ({
    unsupportedTypes: z.enum(['refuse', 'narrow']).exactOptional(),
    privateUseSchemes: z.boolean().exactOptional(),
    reservedNames: z.array(text()).exactOptional(),
    allowedRedirectHosts: z.array(hostPattern()).exactOptional(),
    refusedRedirectHosts: z.array(hostPattern()).exactOptional(),
    vendors: z.array(vendor()).exactOptional(),
  }) satisfies Record<keyof Omit<PolicySettings, 'softwareStatements'>, z.ZodType>;

const softwareStatements = () =>
  z.strictObject({
    issuers: z.array(trustedIssuer()).exactOptional(),
    untrusted: z.enum(['refuse', 'ignore']).exactOptional(),
  } satisfies Record<keyof SoftwareStatementSettings, z.ZodType>);

const management = () =>
  z.strictObject({
    enabled: z.boolean().exactOptional(),
    rotateToken: z.boolean().exactOptional(),
  } satisfies Record<keyof ManagementSettings, z.ZodType>);

const egressRange = () =>
  z.strictObject({
    name: text(),
    ranges: z
      .array(
        z.union([z.cidrv4(), z.cidrv6()], {
          error: 'must be a network in CIDR notation, such as 192.0.2.0/24 or 2001:db8::/32',
        }),
      )
      .min(1),
    perHour: count(),
    perDay: count().exactOptional(),
    attemptsPerHour: count().exactOptional(),
  } satisfies Record<keyof EgressRange, z.ZodType>);

const limits = () =>
  z.strictObject({
    attemptsPerAddressPerHour: count().exactOptional(),
    perAddressPerHour: count().exactOptional(),
    siteTimes: atLeastOne().exactOptional(),
    organizationTimes: atLeastOne().exactOptional(),
    perRealmPerDay: count().exactOptional(),
    organizationPercentOfDay: percent().exactOptional(),
    updatesPerRealmPerDay: count().exactOptional(),
    organizationPercentOfHour: percent().exactOptional(),
    perOriginPerHour: count().exactOptional(),
    authorizationsPerAddressPerHour: count().exactOptional(),
    perRedirectUrisPerHour: count().exactOptional(),
    awakeClients: count().exactOptional(),
    egressRanges: z.array(egressRange()).exactOptional(),
  } satisfies Record<keyof RegistrationLimits, z.ZodType>);

/** How clients may register. */
export const registrationSchema = (): z.ZodType<NonNullable<PartialRealmSettings['registration']>> =>
  z.strictObject({
    ...policy(),
    open: z.boolean().exactOptional(),
    mode: z.enum(['anonymous', 'initial-access-token', 'both']).exactOptional(),
    softwareStatements: softwareStatements().exactOptional(),
    management: management().exactOptional(),
    coalesce: z.boolean().exactOptional(),
    persistence: z.enum(['immediate', 'deferred']).exactOptional(),
    candidate: z.strictObject(policy()).exactOptional(),
    limits: limits().exactOptional(),
  } satisfies Record<keyof RegistrationSettings, z.ZodType>);
