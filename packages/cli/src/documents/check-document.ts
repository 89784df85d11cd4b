import { findRule } from '@vestibule/core/policy';
import type { Judged } from '@vestibule/core/registration';
import { PATHS } from '@vestibule/server';
import type { CommandContext } from '../context/command-context.ts';
import { explained } from '../explain/explain-registration.ts';
import { ruleParagraphs } from '../explain/explain-report.ts';
import type { RealmOptions } from '../options/common.ts';
import { harmless } from '../output/harmless.ts';
import { type Paint, painter } from '../output/paint.ts';
import { printResult, toJson } from '../output/print.ts';
import { inRealm, type RealmContext } from '../realm/in-realm.ts';
import { copyOf, sayCopy } from './copy-state.ts';
import { type Examined, examine, fetchDocument } from './examine-document.ts';
import { obstaclesTo } from './obstacles.ts';

/**
 * Fetches a document as the server does, and prints how the policy of the realm judges it. Changes nothing; exits with 1 if the document
 * cannot be fetched or is refused.
 */
export async function checkDocument(
  context: CommandContext,
  options: RealmOptions,
  url: string,
): Promise<void> {
  const { realm, now, examined, known, snapshotRefused } = await inRealm(
    context,
    options,
    async (realmContext) => ({
      ...realmContext,
      examined: await examine(realmContext, url, () => fetchDocument(context, url)),
      known: await realmContext.stores.clients.find(realmContext.realm.id, url),
      snapshotRefused: await ruleAgainstSnapshot(realmContext, url),
    }),
  );
  const rulesUri = `${realm.issuer}${PATHS.rules}`;
  const copy = copyOf(known, realm, url, now, snapshotRefused);
  for (const obstacle of obstaclesTo(realm, known)) context.stderr.write(`${obstacle}\n`);
  printResult(context, options, {
    document: {
      realm: realm.id,
      clientId: url,
      ...(examined.outcome === 'judged'
        ? explained(examined.judged, rulesUri)
        : { outcome: 'unavailable', reason: examined.failure.reason, detail: examined.failure.detail }),
      ...(copy !== undefined && { copy }),
    },
    text: () =>
      report(examined, realm.id, rulesUri, copy && sayCopy(copy, realm.id), painter(context, context.stdout)),
  });
  if (examined.outcome === 'unavailable' || !examined.judged.ok) context.setExitCode(1);
}

/** The rule by which the realm refuses the snapshot of a document now; `undefined` if there is none, or it is acceptable. */
async function ruleAgainstSnapshot(context: RealmContext, url: string): Promise<string | undefined> {
  const { snapshots } = context.realm.settings.metadataDocuments;
  const snapshot = snapshots.find(({ document: { client_id: uri } }) => uri === url);
  if (snapshot === undefined) return undefined;
  const examined = await examine(context, url, () => Promise.resolve({ ok: true, body: snapshot.document }));
  return examined.outcome === 'judged' && !examined.judged.ok ? examined.judged.refusal.rule : undefined;
}

function report(
  examined: Examined,
  realm: string,
  rulesUri: string,
  copy: string | undefined,
  paint: Paint,
): string {
  if (examined.outcome === 'unavailable') {
    const { reason, detail } = examined.failure;
    const what = `${paint('bad', 'Unavailable')} (${reason}): ${harmless(detail)}`;
    return `${what}\n${copy ?? 'Nothing is stored of it, so its client cannot be used.'}`;
  }
  const { judged } = examined;
  const rules = ruleParagraphs(judged.trace, paint);
  return [...rules, conclusionOf(judged, realm, rulesUri, paint)].join('\n\n');
}

function conclusionOf(judged: Judged, realm: string, rulesUri: string, paint: Paint): string {
  if (judged.ok) {
    return `${paint('good', 'Accepted')} by the realm ${realm}. The client would be:\n${toJson(judged.metadata)}`;
  }
  const { rule } = judged.refusal;
  const refused = `${paint('bad', 'Refused')} by the realm ${realm} [${harmless(rule)}].`;
  // The page does not describe the rules that a program added.
  return findRule(rule) === undefined ? refused : `${refused}\n          ${rulesUri}#${harmless(rule)}`;
}
