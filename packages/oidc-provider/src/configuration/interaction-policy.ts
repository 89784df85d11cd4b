import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import type { BridgeContext } from '../bridge-context.ts';
import { isSelfRegistered } from '../client/client-kind.ts';
import { approvedGrantOf } from '../consent/approval.ts';
import { requireRules } from '../rules/require-rules.ts';

const { Check, Prompt, base } = interactionPolicy;

type Policy = readonly interactionPolicy.Prompt[];

/** The reason of a consent prompt that only a self-registered client has. */
const REASON = 'self_registered_client';

/**
 * The interaction policy of the provider with two additions for self-registered clients: the five rules are checked first, and the
 * consent page is displayed at every authorization, whatever was granted before.
 */
export function policyWithRules(context: BridgeContext, theirs: Policy = base()): Policy {
  const rules = new Prompt(
    { name: 'vestibule' },
    new Check('rules', 'the rules for self-registered clients', 'invalid_request', async (ctx) => {
      if (isSelfRegistered(ctx.oidc.client)) await requireRules(context, ctx);
      return Check.NO_NEED_TO_PROMPT;
    }),
  );
  const consent = theirs.find(({ name }) => name === 'consent');
  if (consent === undefined) {
    const prompt = new Prompt({ name: 'consent', requestable: true }, consentEachTime());
    return [rules, ...theirs, prompt];
  }
  if (consent.checks.get(REASON) === undefined) consent.checks.add(consentEachTime());
  return [rules, ...theirs];
}

const consentEachTime = (): interactionPolicy.Check =>
  new Check(
    REASON,
    'a client that registered itself requires consent each time',
    'interaction_required',
    (ctx: KoaContextWithOIDC) =>
      isSelfRegistered(ctx.oidc.client) && approvedGrantOf(ctx.oidc.result) === undefined
        ? Check.REQUEST_PROMPT
        : Check.NO_NEED_TO_PROMPT,
  );
