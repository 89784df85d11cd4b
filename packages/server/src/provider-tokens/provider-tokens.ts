import {
  after,
  type Clock,
  equalInConstantTime,
  type GenerateToken,
  type Instant,
  sameResource,
  type Seconds,
} from '@vestibule/core';
import type { KeyCipher } from '../key/key-cipher.ts';
import type { Grant } from '../records/grant.ts';
import type { ProviderTokenOptions } from './provider-token-options.ts';
import type { SealedContents } from './seal-tokens.ts';
import type { ProvidedTokens, TokenProvider } from './token-provider.ts';
import { pause, tokenRecords, type VersionedContents } from './token-records.ts';

/** How long a refresh may take. Longer than a provider is waited for, twice: its metadata may be fetched before. */
const LEASE: Seconds = 60;

/** How often it is looked at: in sum about as long as clients wait. */
const TURNS = 50;

/** An access token that expires sooner is not returned again. */
const WORTHWHILE: Seconds = 30;

/** A refresh for a presented refresh token of this server. */
export interface GrantRefresh {
  readonly grant: Pick<Grant, 'id' | 'resource' | 'scopes'>;
  /** The hash of the presented token. */
  readonly presented: string;
  /** The scopes that are allowed now. */
  readonly scopes: readonly string[];
  /** When the grant expires if it is refreshed. */
  readonly expiresAt: Instant;
}

/** The result of a refresh. */
export type GrantRefreshOutcome =
  | { readonly kind: 'tokens'; readonly tokens: ProvidedTokens }
  | { readonly kind: 'ended' | 'too-wide' | 'unavailable' };

/** The tokens of a provider, for the grants of a realm. */
export interface ProviderTokens {
  readonly provider: TokenProvider;
  /** Whether the tokens of an API come from the provider. */
  isFor(resource: string): boolean;
  /** Stores the tokens of a grant whose code was not issued yet. `conflict`: it has tokens. */
  add(grantId: string, tokens: ProvidedTokens, expiresAt: Instant): Promise<'stored' | 'conflict'>;
  /** Stores tokens that no grant has, so that they are revoked at the provider like those of a grant that has ended. */
  discard(tokens: ProvidedTokens): Promise<void>;
  /** The stored tokens of a grant. */
  find(grantId: string): Promise<SealedContents | undefined>;
  /** Refreshes the tokens of a grant, or returns those that were obtained for the presented token before. */
  refresh(refresh: GrantRefresh): Promise<GrantRefreshOutcome>;
}

interface ProviderTokenContext extends ProviderTokenOptions {
  readonly realm: string;
  readonly cipher: KeyCipher;
  readonly clock: Clock;
  readonly generateToken: GenerateToken;
}

/** Keeps the tokens of a provider. One refresh of a grant at a time asks the provider, on whatever node. */
export function createProviderTokens({
  provider,
  store,
  leases,
  realm,
  cipher,
  clock,
  generateToken,
}: ProviderTokenContext): ProviderTokens {
  const { put, putObtained, read } = tokenRecords({ store, realm, cipher });

  async function discard({ refreshToken, ...tokens }: ProvidedTokens): Promise<void> {
    if (refreshToken === undefined) return;
    const obtainedAt = clock();
    const place = { grantId: generateToken(), version: 1 };
    await put(place, { ...tokens, refreshToken, obtainedAt }, obtainedAt);
  }

  /** The tokens that were obtained for this presented token, if they can still be used. */
  function obtained({ contents }: VersionedContents, { presented, scopes }: GrantRefresh): boolean {
    const { obtainedFor, obtainedAt, expiresAt = after(obtainedAt, 2 * WORTHWHILE) } = contents;
    const isAllowed = contents.scopes.every((scope) => scopes.includes(scope));
    return obtainedFor === presented && isAllowed && expiresAt > after(clock(), WORTHWHILE);
  }

  async function ask(refresh: GrantRefresh): Promise<GrantRefreshOutcome> {
    const { grant, presented, scopes, expiresAt } = refresh;
    const known = await read(grant.id);
    if (known?.contents.refreshToken === undefined) return { kind: 'ended' };
    if (obtained(known, refresh)) return { kind: 'tokens', tokens: known.contents };
    const { refreshToken } = known.contents;
    const isNarrowed = grant.scopes.some((scope) => !scopes.includes(scope));
    const { resource } = grant;
    const asked = await provider.refresh({ resource, scopes, isNarrowed, refreshToken, clock });
    if (asked.kind === 'ended' || asked.kind === 'unavailable') return { kind: asked.kind };
    const place = { grantId: grant.id, version: known.version + 1 };
    const obtainedAt = clock();
    if (asked.kind === 'too-wide') {
      const { obtainedFor: _, ...before } = known.contents;
      const next = { ...before, refreshToken: asked.refreshToken ?? refreshToken };
      await put(place, next, expiresAt);
      return { kind: 'too-wide' };
    }
    const tokens = { ...asked.tokens, refreshToken: asked.tokens.refreshToken ?? refreshToken };
    const contents = { ...tokens, obtainedAt, obtainedFor: presented };
    if ((await putObtained(place, contents, expiresAt)) === 'stored') return { kind: 'tokens', tokens };
    const standing = await read(grant.id);
    // The first attempt had stored them.
    if (standing !== undefined && equalInConstantTime(standing.contents.accessToken, tokens.accessToken)) {
      return { kind: 'tokens', tokens };
    }
    // Another node took over because this one was too slow: what it stored counts. Or the grant ended meanwhile, and the tokens before
    // were revoked and deleted.
    if (standing === undefined) await discard(tokens);
    return { kind: 'unavailable' };
  }

  return {
    provider,
    isFor: (resource) => provider.apis.some((api) => sameResource(api.resource, resource)),
    add: (grantId, tokens, expiresAt) =>
      put({ grantId, version: 1 }, { ...tokens, obtainedAt: clock() }, expiresAt),
    discard,
    find: async (grantId) => (await read(grantId))?.contents,
    async refresh(refresh) {
      const lease = `provider-tokens:${realm}:${refresh.grant.id}`;
      const holder = generateToken();
      for (let turn = 0; turn < TURNS; turn += 1) {
        const now = clock();
        if (await leases.take(lease, holder, now, after(now, LEASE))) {
          try {
            return await ask(refresh);
          } finally {
            // A lease that cannot be released expires: the result must not be lost with it.
            await leases.release(lease, holder).catch(() => undefined);
          }
        }
        const known = await read(refresh.grant.id);
        const isObtained = known !== undefined && obtained(known, refresh);
        if (isObtained) return { kind: 'tokens', tokens: known.contents };
        await pause();
      }
      return { kind: 'unavailable' };
    },
  };
}
