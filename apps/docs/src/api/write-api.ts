/**
 * Writes the API reference from the doc comments of the published packages: `reference/api`, one page for each entry point.
 * TypeDoc needs the compiler API of TypeScript 6, which this package therefore depends on.
 *
 *     node src/api/write-api.ts
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Application, type ProjectReflection } from 'typedoc';
import { publishedPackages } from '../../../../scripts/installs/packed-packages.ts';
import { readPage } from '../pages/page.ts';
import { apiPage, apiPath, type Entry, mendLinks } from './api-page.ts';

const DOCS = join(import.meta.dirname, '../..');
const ROOT = join(DOCS, '../..');
const PAGES = join(DOCS, 'reference/api');
const RAW = join(DOCS, '.site/api');

/** The entry points of all published packages. */
const entries = publishedPackages(ROOT).flatMap(({ folder, manifest }): readonly Entry[] =>
  Object.entries(manifest.exports).map(([subpath, file]) => ({
    name: join(manifest.name, subpath),
    file: join(folder, file),
    module: relative(join(ROOT, 'packages'), join(folder, file)).replace(/(?:\/index)?\.ts$/, ''),
    description: manifest.description,
  })),
);

const app = await Application.bootstrapWithPlugins({
  plugin: ['typedoc-plugin-markdown'],
  entryPoints: entries.map(({ file }) => file),
  tsconfig: join(import.meta.dirname, 'tsconfig.json'),
  readme: 'none',
  // `pnpm run typecheck` checks the types.
  skipErrorChecking: true,
  excludeInternal: true,
  excludePrivate: true,
  disableSources: true,
  sort: ['source-order'],
  groupOrder: ['Functions', 'Classes', 'Variables', 'Interfaces', 'Type Aliases', '*'],
  // A type that a package does not export is named, and has no page.
  validation: { notExported: false, invalidLink: true },
  router: 'module',
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  logLevel: 'Warn',
  outputs: [{ name: 'markdown', path: RAW }],
} as object);
const project = await app.convert();
if (project === undefined) throw new Error('TypeDoc could not read the sources.');
nameModules(project);
rmSync(RAW, { recursive: true, force: true });
await app.generateOutputs(project);
rmSync(PAGES, { recursive: true, force: true });
mkdirSync(PAGES, { recursive: true });
const pages = new Map(
  entries.map((entry) => {
    const file = `${apiPath(entry.name)}.md`;
    return [file, apiPage(readFileSync(join(RAW, file), 'utf8'), entry)];
  }),
);
const anchors = new Map([...pages].map(([file, page]) => [file, readPage(page).headings]));
for (const [file, page] of pages) {
  const mended = mendLinks(page, (path) => anchors.get(path === '' ? file : path) ?? new Map());
  writeFileSync(join(PAGES, file), mended);
}
process.exitCode = app.logger.hasErrors() || app.logger.hasWarnings() ? 1 : 0;

/** Gives each module the name of its page. */
function nameModules({ children = [] }: ProjectReflection): void {
  for (const module of children) {
    const entry = entries.find((one) => one.module === module.name);
    if (entry === undefined) throw new Error(`${module.name} is not an entry point.`);
    module.name = apiPath(entry.name);
  }
}
