import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { behaviours } from '../behaviours.ts';
import { requirementIds } from '../requirements.ts';
import { collectCitations } from './collect.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** What the tests of this repository cite, and what none of them does. */
export interface Coverage {
  readonly cited: readonly string[];
  /** Each with what it stands for. */
  readonly uncited: readonly string[];
  readonly problems: readonly string[];
}

export function readCoverage(): Coverage {
  const { cited, problems } = collectCitations(testFiles(), (file) =>
    existsSync(file) ? readFileSync(file, 'utf8') : undefined,
  );
  return {
    cited: requirementIds.filter((id) => cited.has(id)),
    uncited: requirementIds.filter((id) => !cited.has(id)).map((id) => `${id}: ${behaviours[id]}`),
    problems: problems.map((problem) => problem.replace(ROOT, '')),
  };
}

/** The files that Vitest runs, in every package and app. */
export function testFiles(): readonly string[] {
  return ['packages', 'apps'].flatMap((kind) =>
    readdirSync(join(ROOT, kind)).flatMap((name) =>
      ['src', 'test']
        .map((folder) => join(ROOT, kind, name, folder))
        .filter((folder) => existsSync(folder))
        .flatMap((folder) =>
          readdirSync(folder, { recursive: true, encoding: 'utf8' })
            .filter((file) => file.endsWith('.test.ts'))
            .map((file) => join(folder, file)),
        ),
    ),
  );
}
