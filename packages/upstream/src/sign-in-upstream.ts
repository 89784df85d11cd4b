import type { SignIn, SignInMethod, SignInStep, SignOut, SignOutElsewhere } from '@vestibule/server';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  type Configuration,
  fetchUserInfo,
} from 'openid-client';
import { authenticatedAt } from './authenticated-at.ts';
import { authorizationParameters } from './authorization-parameters.ts';
import type { UpstreamFailure, UpstreamRule } from './failure.ts';
import { groupsOf } from './groups.ts';
import { readOptions, type UpstreamOptions } from './options.ts';
import { type Claims, methodsOf, nameOf, profileOf } from './person.ts';
import { createProvider } from './provider.ts';
import { missingClaim } from './required-claims.ts';
import { subjectOf } from './subject.ts';
import { useProvider } from './use-provider.ts';

/**
 * People sign in at an OpenID Connect provider, with the authorization code flow. State, PKCE verifier and nonce are of the browser
 * that began it. The ID token is verified, and no token of the provider is kept. A person is known by the provider's issuer and
 * their subject there alone.
 *
 * @throws TypeError that names each option that is unknown, missing or wrong
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth OIDC Core §3.1}
 * @example
 * ```ts
 * import { createVestibule } from '@vestibule/node';
 * import { signInUpstream } from '@vestibule/upstream';
 *
 * const signIn = signInUpstream({
 *   issuer: 'https://login.example/realms/acme',
 *   clientId: 'vestibule',
 *   clientSecret: 'the secret that the provider made',
 * });
 * const vestibule = await createVestibule({ database: 'sqlite:./vestibule.db', signIn });
 * ```
 */
export function signInUpstream(options: UpstreamOptions): SignInMethod {
  const settings = readOptions(options);
  const { onFailure } = settings;
  const provider = createProvider(settings);

  const fail = (failure: UpstreamFailure): SignInStep => {
    onFailure(failure);
    return stepOf(failure.rule);
  };

  async function complete(
    configuration: Configuration,
    signIn: SignIn,
    parameters: URLSearchParams,
  ): Promise<SignInStep> {
    const { clock, interaction } = signIn;
    const claims = await claimsFor(configuration, signIn, parameters);
    const { sub } = claims;
    const missing = missingClaim(claims, settings.requiredClaims);
    if (missing !== undefined) {
      return fail({
        rule: 'upstream.required-claim',
        detail: `The person lacks a required value of ${missing}.`,
      });
    }
    const now = clock();
    const reported = authenticatedAt(claims, now);
    const since = interaction?.authenticatedSince;
    if (reported === undefined && since !== undefined) {
      onFailure({
        rule: 'upstream.auth-time',
        detail: 'The ID token has no auth_time, which the app needs.',
      });
    }
    const { groups, problem } = settings.groups === undefined ? NO_GROUPS : groupsOf(claims, settings.groups);
    if (problem !== undefined) onFailure({ rule: 'upstream.groups', detail: problem });
    return {
      kind: 'authenticated',
      person: { subject: subjectOf(settings.issuer, sub), name: nameOf(claims, sub, settings.nameClaim) },
      methods: methodsOf(claims),
      // A sign-in of unknown time is not a recent one.
      at: reported ?? (since === undefined ? now : since - 1),
      profile: { ...profileOf(claims), groups },
    };
  }

  /** The claims of the ID token, and of userinfo as far as the ID token leaves them out. */
  async function claimsFor(
    configuration: Configuration,
    { returnTo, secretFor }: SignIn,
    parameters: URLSearchParams,
  ): Promise<Claims & { readonly sub: string }> {
    const state = parameters.get('state') ?? '';
    const returned = new URL(returnTo);
    returned.search = parameters.toString();
    const tokens = await authorizationCodeGrant(configuration, returned, {
      expectedState: state,
      expectedNonce: secretFor('nonce', state),
      pkceCodeVerifier: secretFor('pkce', state),
      idTokenExpected: true,
    });
    const verified = tokens.claims();
    if (verified === undefined) throw new TypeError('The token response has no ID token.');
    const { userinfo_endpoint: userinfo } = configuration.serverMetadata();
    const wanted = [
      settings.nameClaim ?? 'name',
      'email',
      ...Object.keys(settings.requiredClaims),
      ...(settings.groups?.path.slice(0, 1) ?? []),
    ];
    if (userinfo === undefined || wanted.every((name) => verified[name] !== undefined)) return verified;
    return { ...(await fetchUserInfo(configuration, tokens.access_token, verified.sub)), ...verified };
  }

  return {
    asksEachTime: true,
    begin: (signIn) =>
      useProvider(
        provider,
        signIn.clock,
        async (configuration) => {
          const { state, secretFor, clock } = signIn;
          const proof = {
            nonce: secretFor('nonce', state),
            challenge: await calculatePKCECodeChallenge(secretFor('pkce', state)),
          };
          const parameters = authorizationParameters(signIn, settings, proof, clock());
          return { kind: 'redirect', location: buildAuthorizationUrl(configuration, parameters) };
        },
        fail,
      ),
    resume: (signIn, parameters) =>
      useProvider(
        provider,
        signIn.clock,
        (configuration) => complete(configuration, signIn, parameters),
        fail,
      ),
    async signOutElsewhere({ returnTo, clock }: SignOut): Promise<SignOutElsewhere | undefined> {
      if (settings.signOut === 'none') return undefined;
      const found = await provider.current(clock());
      const endpoint = found.ok && found.configuration.serverMetadata().end_session_endpoint;
      if (!found.ok || endpoint === undefined) return undefined;
      const back: Record<string, string> =
        settings.signOut === 'no-return' ? {} : { [settings.signOut]: returnTo };
      const { href } = buildEndSessionUrl(found.configuration, back);
      return { name: settings.name, href };
    },
  };
}

/** Of a provider whose groups are not read. */
const NO_GROUPS: ReturnType<typeof groupsOf> = { groups: [] };

/** What the person is told. */
function stepOf(rule: UpstreamRule): SignInStep {
  switch (rule) {
    case 'upstream.required-claim':
      return { kind: 'refused' };
    case 'upstream.declined':
    case 'upstream.token':
    case 'upstream.ended':
    case 'upstream.response':
    case 'upstream.auth-time':
    case 'upstream.groups':
      return { kind: 'failed', problem: 'sign-in-declined' };
    case 'upstream.unreachable':
    case 'upstream.metadata':
    case 'upstream.client':
      return { kind: 'failed', problem: 'sign-in-unavailable' };
  }
}
