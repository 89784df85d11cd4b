import { resolve, type Scope } from './scope.ts';
import { nameOf, part, parts, type Syntax, within } from './syntax.ts';

/** A call that tells Vitest of tests. */
export interface Registration {
  readonly kind: 'test' | 'describe';
  /** Whether all of it runs, and has to succeed, wherever it is run. What cannot be told counts as no. */
  readonly runs: boolean;
  /** Its title, and the table that the title is filled from. */
  readonly titles: readonly Syntax[];
  readonly body: Syntax | undefined;
}

const KINDS: ReadonlyMap<string, Registration['kind']> = new Map([
  ['test', 'test'],
  ['it', 'test'],
  ['describe', 'describe'],
  ['suite', 'describe'],
]);

/** What is called once more before there is a test: `test.each(table)(title, body)`. */
const IN_TWO_STEPS: ReadonlySet<string> = new Set(['each', 'for', 'skipIf', 'runIf']);

/** What changes nothing of whether a test runs. Everything else does, or might: `skip`, `todo`, `fails`, `skipIf`. */
const HARMLESS: ReadonlySet<string> = new Set(['each', 'for', 'concurrent', 'sequential', 'shuffle', 'only']);

/** The same, among the options of a test. */
const HARMFUL_OPTIONS: ReadonlySet<string> = new Set(['skip', 'todo', 'fails']);

/** Reads a call as a registration, where it is one. */
export function registrationOf(call: Syntax, scope: Scope): Registration | undefined {
  const called = part(call, 'callee');
  const chain = called && chainOf(called, scope);
  if (called === undefined || chain === undefined) return undefined;
  const isFirstStep = called.type === 'MemberExpression' && IN_TWO_STEPS.has(chain.modifiers.at(-1) ?? '');
  if (isFirstStep) return undefined;

  const [title, ...others] = parts(call, 'arguments');
  const body = others.find(({ type }) => type !== 'ObjectExpression' && type !== 'Literal');
  return {
    kind: chain.kind,
    runs:
      chain.modifiers.every((modifier) => HARMLESS.has(modifier)) &&
      !others.some(saysOtherwise) &&
      body !== undefined &&
      (chain.kind === 'describe' || !skips(body)),
    titles: [...(title === undefined ? [] : [title]), ...chain.tables],
    body,
  };
}

interface Chain {
  readonly kind: Registration['kind'];
  readonly modifiers: readonly string[];
  readonly tables: readonly Syntax[];
}

/** What stands before the last parentheses: `test`, `describe.skip`, `test.each(table)`. */
function chainOf(called: Syntax, scope: Scope): Chain | undefined {
  switch (called.type) {
    case 'Identifier': {
      const binding = resolve(scope, nameOf(called) ?? '');
      if (binding?.kind !== 'import' || binding.from !== 'vitest') return undefined;
      const kind = KINDS.get(binding.name);
      return kind && { kind, modifiers: [], tables: [] };
    }
    case 'MemberExpression': {
      const chain = chainOf(part(called, 'object') ?? called, scope);
      const modifier = nameOf(part(called, 'property')) ?? '';
      return chain && { ...chain, modifiers: [...chain.modifiers, modifier] };
    }
    case 'CallExpression': {
      const chain = chainOf(part(called, 'callee') ?? called, scope);
      return chain && { ...chain, tables: [...chain.tables, ...parts(called, 'arguments')] };
    }
    case 'TaggedTemplateExpression': {
      const chain = chainOf(part(called, 'tag') ?? called, scope);
      const table = part(called, 'quasi');
      return chain && { ...chain, tables: [...chain.tables, ...(table === undefined ? [] : [table])] };
    }
    default:
      return undefined;
  }
}

/** Options such as `{ skip: true }`. */
const saysOtherwise = (argument: Syntax): boolean =>
  argument.type === 'ObjectExpression' &&
  parts(argument, 'properties').some(
    (property) =>
      HARMFUL_OPTIONS.has(nameOf(part(property, 'key')) ?? '') &&
      part(property, 'value')?.['value'] !== false,
  );

/** Whether a test calls itself off while it runs: `skip()`, `context.skip()`. */
function skips(body: Syntax): boolean {
  const called = body.type === 'CallExpression' ? part(body, 'callee') : undefined;
  const name = called?.type === 'MemberExpression' ? part(called, 'property') : called;
  return nameOf(name) === 'skip' || within(body).some(skips);
}
