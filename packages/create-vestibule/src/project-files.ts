import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Answers, apiIdOf } from './answers.ts';
import { manifestOf } from './manifest.ts';
import { environmentOf } from './environment.ts';
import { readmeOf } from './readme.ts';

/** The files of a project by their paths, with `/`. */
export type ProjectFiles = ReadonlyMap<string, string>;

const TEMPLATES = fileURLToPath(new URL('../template', import.meta.url));

/** The path of the sample API at the issuer. */
const SAMPLE_PATH = '/mcp';

/** The folders of templates that a project consists of; a later one replaces files of an earlier one. */
const templatesOf = ({ kind, apiUrl }: Answers): readonly string[] => [
  'common',
  kind,
  ...(kind === 'server' && apiUrl === undefined ? ['sample-api'] : []),
];

/**
 * The files of a project.
 *
 * @param version the version of this package, and so of all packages of Vestibule
 */
export function projectFiles(answers: Answers, version: string): ProjectFiles {
  const files = new Map<string, string>();
  const { apiName, apiUrl = SAMPLE_PATH } = answers;
  for (const template of templatesOf(answers)) {
    for (const path of filesIn(join(TEMPLATES, template))) {
      const content = readFileSync(join(TEMPLATES, template, path), 'utf8')
        .replaceAll('{{apiId}}', apiIdOf(apiName))
        .replaceAll('{{apiName}}', apiName)
        .replaceAll('{{resource}}', literal(apiUrl));
      files.set(path.replaceAll('\\', '/').replace(/^_/, '.'), content);
    }
  }
  const name = projectNameOf(answers);
  for (const [path, content] of Object.entries(
    environmentOf(answers, () => randomBytes(18).toString('base64url')),
  )) {
    files.set(path, content);
  }
  files.set('package.json', manifestOf(answers, name, version));
  files.set('README.md', readmeOf(answers, name));
  return files;
}

/** npm leaves out a file that is called `.gitignore`, so templates begin such names with `_`. */
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

/** The content of a literal in single quotes. */
const literal = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll("'", "\\'");

const projectNameOf = ({ folder }: Answers): string =>
  basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[._-]+/g, '') || 'my-vestibule';
