import type { RealmStore } from '@vestibule/core';
import type { PlannedChange } from '@vestibule/core/operator';
import { parseRealmDocument, type Problem, problemLine, type RealmDocument } from '@vestibule/core/realm';
import { Refused } from '@vestibule/database';
import type { CommandContext } from '../context/command-context.ts';
import { confirm, type ConfirmOption, requireConfirmable } from '../context/confirm.ts';
import { type DatabaseOption, nameDatabase } from '../database/named.ts';
import { withDatabase } from '../database/with-database.ts';
import { readJsonFile } from '../options/read-json-file.ts';
import { count } from '../output/count.ts';
import { type JsonOption, printResult } from '../output/print.ts';
import { hashPassword, isPasswordHash } from '../people/hash-password.ts';
import { operatorOf } from '../realm/in-realm.ts';
import { changeLine } from './change-line.ts';

export interface ApplyDocumentOptions extends DatabaseOption, JsonOption, ConfirmOption {
  readonly prune?: boolean;
  readonly dryRun?: boolean;
  /** The issuer of a realm that the document does not name one for. */
  readonly issuer?: string;
}

/**
 * Brings a realm to what a document says, after it has displayed the differences and asked for confirmation. With `--dry-run` it
 * changes nothing, and the exit code is 3 if there are differences.
 *
 * @throws Refused with all problems of the document, or if it is not confirmed
 * @throws WrongUsage if confirmation is necessary, and standard input is not a terminal
 */
export async function applyDocument(
  context: CommandContext,
  options: ApplyDocumentOptions,
  file: string,
): Promise<void> {
  const { dryRun = false, prune = false } = options;
  const value = await readJsonFile(file, context);
  await withDatabase(nameDatabase(options, context), async ({ stores, location }) => {
    const { actor, operator } = operatorOf(context, { stores, location });
    const document = await parsed(context, options, stores.realms, file, value);
    const plan = await operator.documents.plan(document, { prune });
    if (!plan.ok) throw cannotApply(file, plan.problems);
    const { changes } = plan;
    const id = document.realm.id;
    if (changes.length === 0 || dryRun) {
      printChanges(context, options, { realm: id, applied: false, changes });
      if (changes.length > 0) context.setExitCode(3);
      return;
    }
    if (options.json !== true) context.stdout.write(`${changes.map(changeLine).join('\n')}\n`);
    requireConfirmable(context, options);
    await confirm(context, options, `Apply ${count(changes.length, 'change')} to the realm ${id}?`);
    const applied = await operator.documents.apply(actor, document, hashPassword, { prune });
    if (applied.outcome === 'refused') throw cannotApply(file, applied.problems, applied.changes);
    if (options.json === true) {
      printChanges(context, options, { realm: id, applied: true, changes: applied.changes });
    } else {
      context.stdout.write(`Applied ${count(applied.changes.length, 'change')} to the realm ${id}.\n`);
    }
  });
}

async function parsed(
  { env }: Pick<CommandContext, 'env'>,
  { issuer }: ApplyDocumentOptions,
  realms: RealmStore,
  file: string,
  value: unknown,
): Promise<RealmDocument> {
  const stored = (await realms.list()).find(({ id }) => id === idOf(value));
  const base = issuer ?? (env['ISSUER'] || stored?.issuer) ?? '';
  const document = parseRealmDocument(value, base);
  if (!document.ok) throw cannotApply(file, document.problems);
  for (const [index, { passwordHash }] of document.value.people.entries()) {
    if (passwordHash === undefined || (await isPasswordHash(passwordHash))) continue;
    const place = `people[${index}].passwordHash`;
    throw cannotApply(file, [{ place, problem: 'must be an argon2 hash in PHC string format' }]);
  }
  return document.value;
}

const idOf = (value: unknown): unknown =>
  typeof value === 'object' &&
  value !== null &&
  'realm' in value &&
  typeof value.realm === 'object' &&
  value.realm !== null &&
  'id' in value.realm
    ? value.realm.id
    : undefined;

function printChanges(
  context: CommandContext,
  options: JsonOption,
  result: { readonly realm: string; readonly applied: boolean; readonly changes: readonly PlannedChange[] },
): void {
  const { realm, changes } = result;
  printResult(context, options, {
    document: result,
    text: () =>
      changes.length === 0
        ? `The realm ${realm} is as the file says. Nothing was changed.`
        : changes.map(changeLine).join('\n'),
  });
}

function cannotApply(
  file: string,
  problems: readonly Problem[],
  done: readonly PlannedChange[] = [],
): Refused {
  const lines = problems.map((problem) => `  ${problemLine(problem)}`).join('\n');
  const before =
    done.length === 0 ? 'Nothing was changed.' : `Applied before that:\n${done.map(changeLine).join('\n')}`;
  return new Refused(`${file} cannot be applied:\n${lines}\n${before}`);
}
