/**
 * A linter plugin for what a machine can check of a test title: it is a sentence of its own, so it does not begin with a
 * word that continues another sentence, and it has no phrase that the style guide replaces. Looks through `cite(…)`, and at
 * the first column of a table whose title begins with `%s`.
 */

import { dialectIn } from './dialect.ts';

interface Node {
  readonly type: string;
}
interface Call extends Node {
  readonly callee: Expression;
  readonly arguments: readonly Expression[];
}
interface Expression extends Node {
  readonly name?: string;
  readonly value?: unknown;
  readonly object?: Expression;
  readonly callee?: Expression;
  readonly arguments?: readonly Expression[];
  readonly elements?: readonly (Expression | null)[];
  readonly quasis?: readonly { readonly value: { readonly cooked: string } }[];
}
interface Context {
  readonly report: (problem: { readonly node: Node; readonly message: string }) => void;
}

const FRAGMENT = /^(?:that|and|or|nor|but|of|with)\b/i;

/** The text at the beginning of a title: of a string, a template, or the first argument of `cite`. */
function beginningOf(title: Expression | null | undefined): string | undefined {
  if (title?.type === 'Literal') return typeof title.value === 'string' ? title.value : undefined;
  if (title?.type === 'TemplateLiteral') return title.quasis?.[0]?.value.cooked;
  const isCited = title?.type === 'CallExpression' && title.callee?.name === 'cite';
  return isCited ? beginningOf(title.arguments?.[0]) : undefined;
}

/** The name of the function that a call starts from: `test` in `test.each(…)(…)` and in `test.skipIf(…)(…)`. */
const rootOf = (callee: Expression): string | undefined => {
  if (callee.type === 'Identifier') return callee.name;
  const inner = callee.type === 'CallExpression' ? callee.callee : callee.object;
  return inner && rootOf(inner);
};

/** The first column of a table that is written as a literal. */
const firstColumn = ({ arguments: [table] = [] }: Expression): readonly (Expression | null | undefined)[] =>
  (table?.elements ?? []).map((row) => (row?.type === 'ArrayExpression' ? row.elements?.[0] : row));

export const plugin = {
  meta: { name: 'vestibule' },
  rules: {
    'test-title': {
      create: (context: Context) => ({
        CallExpression({ callee, arguments: [title] }: Call): void {
          if (rootOf(callee) !== 'test') return;
          const begins = beginningOf(title);
          const labels = begins?.startsWith('%s') === true ? firstColumn(callee) : [];
          for (const node of [title, ...labels]) {
            const word = FRAGMENT.exec(beginningOf(node) ?? '')?.[0];
            if (!node || word === undefined) continue;
            const message = `A test title is a sentence of its own. It does not begin with “${word}”.`;
            context.report({ node, message });
          }
          if (!title) return;
          for (const message of dialectIn(begins ?? '')) context.report({ node: title, message });
        },
      }),
    },
  },
};

// oxlint-disable-next-line import/no-default-export -- The linter loads the default export of a plugin.
export default plugin;
