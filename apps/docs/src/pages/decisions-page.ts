import { readPage } from './page.ts';
import type { Source } from './source.ts';

const RECORD = /^decisions\/(\d{4}-\d{2}-\d{2})-/;

/** Lists the decision records on a page, the newest first. */
export function decisionsPage(sources: readonly Source[]): Source {
  const records = sources
    .filter(({ path }) => RECORD.test(path))
    .toSorted((one, other) => (one.path < other.path ? 1 : -1));
  const rows = records.map(({ path, markdown }) => {
    const [, date = ''] = RECORD.exec(path) ?? [];
    return `| ${date} | [${readPage(markdown).title}](${path}.md) |`;
  });
  const markdown = `# Decisions

What was decided about the design of Vestibule, and why. The title of a record states the decision.

| date | decision |
| ---- | -------- |
${rows.join('\n')}
`;
  return { path: 'decisions', source: 'apps/docs/decisions', markdown };
}
