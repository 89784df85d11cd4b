import { findRule } from '@vestibule/core/policy';
import type { InitialAccessToken, Judged } from '@vestibule/core/registration';
import { explanation } from '@vestibule/http/registration';
import { PATHS } from '@vestibule/server';
import { harmless } from '../output/harmless.ts';
import { painter } from '../output/paint.ts';
import { printResult } from '../output/print.ts';
import type { CommandContext } from '../context/command-context.ts';
import { documentFetchOf } from '../context/document-fetch.ts';
import { tokenState } from '../tokens/token-document.ts';
import { judgeBytes } from './judge-body.ts';
import { readBytes } from './read-body.ts';
import { type ExplainOptions, explainingRealm } from './realm-for-explain.ts';
import { apisForGroups, groupsText } from './groups-of-apis.ts';
import { report } from './explain-report.ts';
import { explainVerification, verificationDocument, verificationText } from './explain-verification.ts';
import { unusableReason } from './token.ts';

/** Prints how the realm's policy judges a registration request, rule by rule. Stores nothing; exits with 1 if it is refused. */
export async function explain(context: CommandContext, options: ExplainOptions, file: string): Promise<void> {
  const bytes = await readBytes(file, context);
  const { realm, siblings = [], token, defaultsReason } = await explainingRealm(context, options);
  const judged = await judgeBytes(realm, siblings, bytes, context, token);
  const verifications = judged.ok
    ? await explainVerification(realm, siblings, judged, {
        fetch: documentFetchOf(context),
        clock: context.clock,
        onError: (error) => {
          throw error;
        },
      })
    : [];
  const isDefault = defaultsReason !== undefined;
  const rulesUri = isDefault ? undefined : `${realm.issuer}${PATHS.rules}`;
  if (isDefault) {
    context.stderr.write(`${defaultsReason}, so the default settings are used. In them no scope is open.\n`);
  }
  const now = context.clock();
  const useless = token && unusableReason(token, realm, now);
  if (useless !== undefined) context.stderr.write(`${useless}\n`);
  printResult(context, options, {
    document: {
      ...(isDefault ? {} : { realm: realm.id }),
      ...(token !== undefined && { initialAccessToken: { id: token.id, state: tokenState(token, now) } }),
      ...explained(judged, rulesUri),
      ...(verifications.length > 0 && { verifications: verifications.map(verificationDocument) }),
      ...(judged.ok && apisForGroups(realm).length > 0 && { apisForGroups: apisForGroups(realm) }),
    },
    text: () =>
      [
        report(
          judged,
          isDefault ? 'the default settings' : `the realm ${realm.id}${withToken(token)}`,
          rulesUri,
          painter(context, context.stdout),
        ),
        ...verifications.map(verificationText),
        ...(judged.ok ? groupsText(realm) : []),
      ].join('\n\n'),
  });
  if (!judged.ok) context.setExitCode(1);
}

const withToken = (token: InitialAccessToken | undefined): string =>
  token === undefined ? '' : `, with the initial access token ${harmless(token.id)}`;

/** The response of a preview over HTTP, with what each rule requires, and what to do about it. */
export function explained(judged: Judged, rulesUri: string | undefined): object {
  const response = explanation(judged, rulesUri);
  const trace = response.trace.map((entry) => {
    const rule = findRule(entry.rule);
    return rule === undefined ? entry : { ...entry, requires: rule.title, fix: rule.fix };
  });
  return { ...response, trace };
}
