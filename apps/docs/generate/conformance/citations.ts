import { globSync, readFileSync } from 'node:fs';
import { parseSync, Visitor } from 'oxc-parser';
import { ROOT } from '../source/paths.ts';

/** Where tests and their cases are. */
const FOLDERS =
  '{packages/*/{src,test},apps/*/{src,test},examples/*/{src,test},conformance,testing/src}/**/*.ts';

/** How often each requirement is cited in the title of a test, of a group of tests or of a case. */
export function citations(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const file of globSync(FOLDERS, { cwd: ROOT, exclude: ['**/node_modules/**', '**/dist/**'] })) {
    const text = readFileSync(`${ROOT}${file}`, 'utf8');
    if (!text.includes('cite(')) continue;
    new Visitor({
      CallExpression: ({ callee, arguments: [, ...ids] }) => {
        if (callee.type !== 'Identifier' || callee.name !== 'cite') return;
        for (const id of ids) {
          if (id.type !== 'Literal' || typeof id.value !== 'string') continue;
          counts.set(id.value, (counts.get(id.value) ?? 0) + 1);
        }
      },
    }).visit(parseSync(file, text).program);
  }
  return counts;
}
