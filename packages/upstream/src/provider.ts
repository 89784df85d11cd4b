import type { Instant, Milliseconds, Seconds } from '@vestibule/core';
import { isLoopbackUrl } from '@vestibule/http';
import {
  allowInsecureRequests,
  clockSkew,
  Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  getJwksCache,
  type ServerMetadata,
  setJwksCache,
} from 'openid-client';
import { clientAuthentication, UnusableKey } from './client-authentication.ts';
import type { UpstreamFailure } from './failure.ts';
import { findUnreachable, messageOf } from './judge-error.ts';
import type { UpstreamSettings } from './options.ts';
import { customFetchOf } from './provider-fetch.ts';

/** How long the metadata of a provider counts before it is fetched again. */
const FRESH: Milliseconds = 3_600_000;

/** How long old metadata counts if it cannot be fetched again. */
const STALE: Milliseconds = 24 * 3_600_000;

/** How long a failure counts: meanwhile people are told at once, and the provider is left alone. */
const FAILED: Milliseconds = 5_000;

/** The provider as it can be used now, or why it cannot. */
export type CurrentProvider =
  | { readonly ok: true; readonly configuration: Configuration }
  | { readonly ok: false; readonly failure: UpstreamFailure };

/** The metadata of the provider, fetched once for all sign-ins and kept. */
export interface Provider {
  current(now: Instant): Promise<CurrentProvider>;
}

/** @see {@link https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig OIDC Discovery §4} */
export function createProvider(settings: UpstreamSettings): Provider {
  const { issuer, clientId } = settings;
  const fetch = customFetchOf(settings.fetch);
  let known: Known | undefined;
  let failed: { readonly failure: UpstreamFailure; readonly at: Instant } | undefined;
  let discovering: Promise<void> | undefined;

  async function discover(now: Instant): Promise<void> {
    try {
      const execute = isLoopbackUrl(issuer) ? [allowInsecureRequests] : [];
      const found = await discovery(new URL(issuer), clientId, {}, undefined, {
        [customFetch]: fetch,
        execute,
      });
      const metadata: ServerMetadata = found.serverMetadata();
      const problem = problemOf(metadata, issuer);
      if (problem === undefined) {
        const skew = skewAt(now);
        known = { configuration: await configure(metadata, skew), skew, at: now };
        failed = undefined;
      } else {
        failed = { failure: { rule: 'upstream.metadata', detail: problem }, at: now };
      }
    } catch (error) {
      failed = { failure: failureOf(error), at: now };
    } finally {
      discovering = undefined;
    }
  }

  async function configure(metadata: ServerMetadata, skew: Seconds): Promise<Configuration> {
    const authentication = await clientAuthentication(settings, metadata);
    const configuration = new Configuration(metadata, clientId, { [clockSkew]: skew }, authentication);
    configuration[customFetch] = fetch;
    if (isLoopbackUrl(issuer)) allowInsecureRequests(configuration);
    // Verifies the signature of ID tokens too, although they come from the provider itself.
    enableNonRepudiationChecks(configuration);
    return configuration;
  }

  return {
    async current(now) {
      const age = known === undefined ? Infinity : Math.abs(now - known.at);
      const isQuiet = failed !== undefined && Math.abs(now - failed.at) < FAILED;
      if (age >= FRESH && !isQuiet) {
        discovering ??= discover(now);
        await discovering;
      }
      if (known === undefined || Math.abs(now - known.at) >= STALE) {
        const failure = failed?.failure ?? { rule: 'upstream.metadata', detail: 'There is no metadata.' };
        return { ok: false, failure };
      }
      known = await atSkew(known, skewAt(now));
      return { ok: true, configuration: known.configuration };
    },
  };

  /** The same for another difference of clocks. */
  async function atSkew(before: Known, skew: Seconds): Promise<Known> {
    if (Math.abs(before.skew - skew) <= 1) return before;
    const configuration = await configure(before.configuration.serverMetadata(), skew);
    const keys = getJwksCache(before.configuration);
    if (keys !== undefined) setJwksCache(configuration, keys);
    return { ...before, configuration, skew };
  }
}

/** The metadata that was fetched, ready for use. */
interface Known {
  readonly configuration: Configuration;
  /** The difference of clocks for which it was made. */
  readonly skew: Seconds;
  /** When the metadata was fetched. */
  readonly at: Instant;
}

/** openid-client reads the clock of the computer: the difference to the clock of this server, in seconds. */
const skewAt = (now: Instant): Seconds => Math.round((now - Date.now()) / 1_000);

/** The issuer is compared exactly, because subjects are bound to it. */
function problemOf({ issuer: found, ...metadata }: ServerMetadata, issuer: string): string | undefined {
  if (found !== issuer) return `The issuer is ${found} in the metadata of the provider, and ${issuer} here.`;
  const missing = (['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const).find(
    (name) => metadata[name] === undefined,
  );
  return missing === undefined ? undefined : `The metadata of the provider has no ${missing}.`;
}

function failureOf(error: unknown): UpstreamFailure {
  if (error instanceof UnusableKey) return { rule: 'upstream.client', detail: error.message };
  const unreachable = findUnreachable(error);
  return unreachable === undefined
    ? { rule: 'upstream.metadata', detail: messageOf(error) }
    : { rule: 'upstream.unreachable', detail: unreachable.message };
}
