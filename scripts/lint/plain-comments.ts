/** A linter plugin that finds phrases in comments that the style guide replaces. */

import { dialectIn } from './dialect.ts';

interface Comment {
  readonly type: string;
  readonly value: string;
}
interface Context {
  readonly sourceCode: { readonly getAllComments: () => readonly Comment[] };
  readonly report: (problem: { readonly node: Comment; readonly message: string }) => void;
}

/** The lines that name code in the head of an attack file; what follows the names is a title of a test. */
const NAMES = /^ \* (?:Taken out|Then fails): .*$/gm;

const plugin = {
  meta: { name: 'english' },
  rules: {
    'plain-comments': {
      create: (context: Context) => ({
        Program(): void {
          for (const comment of context.sourceCode.getAllComments()) {
            for (const message of dialectIn(comment.value.replaceAll(NAMES, ''))) {
              context.report({ node: comment, message });
            }
          }
        },
      }),
    },
  },
};

// oxlint-disable-next-line import/no-default-export -- The linter loads the default export of a plugin.
export default plugin;
