import { type Requirement, requirements } from '@vestibule/requirements';
import {
  anchor,
  code,
  contents,
  type Page,
  page,
  paragraphs,
  prose,
  slugOf,
  table,
} from '../markdown/markdown.ts';
import { citations } from './citations.ts';

type Entry = readonly [id: string, requirement: Requirement];

/** The page of all requirements, each with the number of tests that cite it. */
export function conformancePage(): Page {
  const counts = citations();
  const all = Object.entries(requirements);
  const bySpecification = Map.groupBy(all, ([, { source }]) => placeOf(source).specification);
  return page(
    'conformance.md',
    'Conformance',
    `The ${all.length} requirements that Vestibule meets, by specification, each with the number of tests that cite it.`,
    'A test cites a requirement by its id at the end of its title; one title can stand for a table of cases. The whole test run fails if a requirement is cited by no test that passed. Search the repository for an id to find its tests.',
    contents([...bySpecification.keys()]),
    ...[...bySpecification].map(([specification, entries]) =>
      paragraphs(
        anchor(slugOf(specification)),
        `## ${specification}`,
        ...[...Map.groupBy(entries, ([, { source }]) => placeOf(source).part)].map(([part, some]) =>
          paragraphs(part === '' ? '' : `### ${part}`, requirementsTable(some, counts)),
        ),
      ),
    ),
  );
}

const requirementsTable = (entries: readonly Entry[], counts: ReadonlyMap<string, number>): string =>
  table(
    ['requirement', 'tests'],
    entries.map(([id, { behavior }]) => [`${prose(behavior)} ${code(id)}`, String(counts.get(id) ?? 0)]),
  );

/** `RFC 7591 §3.2.2` is in `RFC 7591`, and `Vestibule, gates` is in `Vestibule`, in the part `Gates`. */
function placeOf(source: string): { readonly specification: string; readonly part: string } {
  const [specification = '', part = ''] = source.split(', ');
  if (part !== '') return { specification, part: `${part.slice(0, 1).toUpperCase()}${part.slice(1)}` };
  return { specification: source.slice(0, source.indexOf(' §')), part };
}
