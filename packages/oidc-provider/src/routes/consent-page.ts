import { commitRecorded } from '@vestibule/core/audit';
import { errors, type Interaction, type KoaContextWithOIDC, type Provider } from 'oidc-provider';
import { type BridgeContext, currentRealm } from '../bridge-context.ts';
import { addressOf } from '../client/request-source.ts';
import { approval, approvedGrantOf } from '../consent/approval.ts';
import { consentEvent, storeGrant } from '../consent/approve.ts';
import { type ConsentCase, consentCase } from '../consent/consent-facts.ts';
import { judgeForm } from '../consent/form-token.ts';
import { recordGrant } from '../consent/record-grant.ts';
import { choiceOf, display } from './display-consent.ts';
import { readForm } from './read-form.ts';
import { sendPage } from './send-page.ts';

/** What is needed of a request of Koa. */
export type PageContext = Pick<KoaContextWithOIDC, 'req' | 'res' | 'ips' | 'method' | 'get'>;

/**
 * The consent page of self-registered clients: displays who asks for what, and takes the decision. oidc-provider binds the interaction to
 * the browser by a cookie for this path, and to the person who is signed in.
 *
 * @param uid the last segment of the path
 */
export async function respondConsent(
  context: BridgeContext,
  provider: Provider,
  ctx: PageContext,
  uid: string,
): Promise<void> {
  const { pages } = context;
  const realmName = (await currentRealm(context)).name;
  const interaction = await interactionOf(provider, ctx);
  if (interaction?.uid !== uid || interaction.prompt.name !== 'consent') {
    sendPage(ctx.res, 410, pages.problem({ realmName, problem: 'transaction-unknown' }));
    return;
  }
  // The first decision is final.
  const { result, returnTo } = interaction;
  if (approvedGrantOf(result) !== undefined || result?.error !== undefined) {
    sendPage(ctx.res, 200, pages.onward({ realmName, location: returnTo }));
    return;
  }
  try {
    const asked = await consentCase(context, interaction);
    if (ctx.method === 'POST') await decide(context, provider, ctx, interaction, asked);
    else display(context, provider, ctx, interaction, asked);
  } catch (error) {
    if (!(error instanceof errors.OIDCProviderError)) throw error;
    const refused = { error: error.error, error_description: error.error_description ?? error.message };
    await finish(context, provider, ctx, realmName, refused);
  }
}

async function decide(
  context: BridgeContext,
  provider: Provider,
  ctx: PageContext,
  interaction: Interaction,
  asked: ConsentCase,
): Promise<void> {
  const { clock, pages } = context;
  const { facts, allowed } = asked;
  const fields = ctx.get('sec-fetch-site') === 'cross-site' ? undefined : await readForm(ctx.req);
  if (fields?.get('transaction') !== interaction.uid) {
    sendPage(ctx.res, 400, pages.problem({ realmName: facts.realmName, problem: 'form-unreadable' }));
    return;
  }
  const now = clock();
  const minimum = allowed.realm.settings.consent.minimumReadingTime;
  const verdict = judgeForm(fields.get('csrf') ?? '', { uid: interaction.uid, facts, now, minimum });
  const isDenied = fields.get('decision') === 'deny';
  if (verdict === 'stale') return display(context, provider, ctx, interaction, asked, { stale: true });
  const shared = { at: now, ip: addressOf(ctx) };
  if (isDenied) {
    await commitRecorded(
      context,
      [],
      [consentEvent(asked, { ...shared, scopes: facts.scopes.map(({ name }) => name) })],
    );
    const denied = { error: 'access_denied', error_description: 'the person denied the request' };
    return finish(context, provider, ctx, facts.realmName, denied);
  }
  if (verdict === 'too-soon') return display(context, provider, ctx, interaction, asked, { tooSoon: true });
  const choice = choiceOf(fields, asked);
  if (choice.scopes.length === 0) {
    return display(context, provider, ctx, interaction, asked, { nothingTicked: true });
  }
  const grantId = await storeGrant(provider, interaction, asked, choice);
  await recordGrant(context, interaction, asked, choice, { grantId, at: now });
  const { realm, client } = allowed;
  await commitRecorded(
    context,
    [{ kind: 'client.use', realm: realm.id, id: client.id, at: now }],
    [consentEvent(asked, { ...shared, scopes: choice.scopes, grantId })],
  );
  return finish(context, provider, ctx, facts.realmName, approval(grantId));
}

/**
 * Ends the interaction. The response is a page that leads on instead of a redirect, because browsers apply `form-action` to the redirects
 * after a form, and the last one leads to the client.
 *
 * @see {@link https://www.w3.org/TR/CSP3/#directive-form-action CSP 3, form-action}
 */
async function finish(
  { pages }: BridgeContext,
  provider: Provider,
  { req, res }: PageContext,
  realmName: string,
  result: Parameters<Provider['interactionResult']>[2],
): Promise<void> {
  const location = await provider.interactionResult(req, res, result, {
    mergeWithLastSubmission: !('error' in result),
  });
  sendPage(res, 200, pages.onward({ realmName, location }));
}

/** The interaction of the cookie. `undefined` if it is over, or another person has signed in since. */
async function interactionOf(
  provider: Provider,
  { req, res }: PageContext,
): Promise<Interaction | undefined> {
  try {
    return await provider.interactionDetails(req, res);
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return undefined;
    throw error;
  }
}
