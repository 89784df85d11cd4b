import { findRule, type InitialAccessToken, type Judged } from '@vestibule/core';
import { explanation } from '@vestibule/http/registration';
import { PATHS } from '@vestibule/server';
import { harmless } from '../output/harmless.ts';
import { painter } from '../output/paint.ts';
import { tell } from '../output/print.ts';
import type { Surroundings } from '../context/context.ts';
import { tokenState } from '../tokens/token-document.ts';
import { judgeBytes } from './judge-body.ts';
import { readBytes } from './read-body.ts';
import { type ExplainOptions, explainingRealm } from './realm-for-explain.ts';
import { report } from './explain-report.ts';
import { whyUseless } from './token.ts';

/** Shows what the realm's policy makes of a registration, rule by rule. Nothing is stored; ends with 1 where it refuses. */
export async function explain(
  surroundings: Surroundings,
  options: ExplainOptions,
  file: string,
): Promise<void> {
  const bytes = await readBytes(file, surroundings);
  const { realm, beside = [], token, standsInBecause } = await explainingRealm(surroundings, options);
  const judged = await judgeBytes(realm, beside, bytes, surroundings, token);
  const isDefault = standsInBecause !== undefined;
  const rulesUri = isDefault ? undefined : `${realm.issuer}${PATHS.rules}`;
  if (isDefault) {
    surroundings.stderr.write(
      `${standsInBecause}, so that this is what the default settings make of it. No scope is open there.\n`,
    );
  }
  const now = surroundings.clock();
  const useless = token && whyUseless(token, realm, now);
  if (useless !== undefined) surroundings.stderr.write(`${useless}\n`);
  tell(surroundings, options, {
    document: {
      ...(isDefault ? {} : { realm: realm.id }),
      ...(token !== undefined && { initialAccessToken: { id: token.id, state: tokenState(token, now) } }),
      ...documentOf(judged, rulesUri),
    },
    text: () =>
      report(
        judged,
        isDefault ? 'the default settings' : `the realm ${realm.id}${withToken(token)}`,
        rulesUri,
        painter(surroundings, surroundings.stdout),
      ),
  });
  if (!judged.ok) surroundings.endWith(1);
}

const withToken = (token: InitialAccessToken | undefined): string =>
  token === undefined ? '' : `, with the initial access token ${harmless(token.id)}`;

/** As a preview over HTTP has it, and with what each rule asks. */
function documentOf(judged: Judged, rulesUri: string | undefined): object {
  const explained = explanation(judged, rulesUri);
  const trace = explained.trace.map((entry) => {
    const asks = findRule(entry.rule)?.asks;
    return asks === undefined ? entry : { ...entry, asks };
  });
  return { ...explained, trace };
}
