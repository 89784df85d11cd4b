import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { llmsFullText, llmsText } from '../site/llms.ts';
import { allGroups } from '../site/navigation.ts';
import type { PreparedPage } from '../site/prepared.ts';
import type { SiteOptions } from '../site/site-options.ts';
import { CONTENT_SECURITY_POLICY } from './content-security-policy.ts';
import { withoutRepeatedAnchors } from './repeated-anchors.ts';
import { selfContained } from './self-contained.ts';

/** The folder of scripts and styles that were inline, in `dist` and in URLs. */
const FOLDER = '_inline/';

/**
 * Finishes what the generator built in the folder `dist`: moves inline scripts and styles into files, adds the Content Security Policy
 * to each page, and writes `llms.txt` and `llms-full.txt`.
 */
export function finish(dist: string, pages: readonly PreparedPage[], { base, site }: SiteOptions): void {
  const meta = `<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">`;
  const read = (file: string): string => readFileSync(join(dist, file), 'utf8');
  mkdirSync(join(dist, FOLDER), { recursive: true });
  for (const file of globSync('**/*.html', { cwd: dist })) {
    const { html, files } = selfContained(withoutRepeatedAnchors(read(file)), base + FOLDER);
    writeFileSync(join(dist, file), html.replace('<head>', `<head>${meta}`));
    for (const [name, text] of files) writeFileSync(join(dist, FOLDER, name), text);
  }
  change(dist, '_astro/ec.*.js', withoutRegions);
  change(dist, '_astro/ec.*.css', coloredByClass);
  const address = (path: string): string =>
    site === undefined ? `${path}.md` : new URL(`${base}${path}.md`, site).href;
  writeFileSync(join(dist, 'llms.txt'), llmsText(allGroups(pages), address));
  const prose = pages.filter(({ path }) => !path.startsWith('reference/api/'));
  writeFileSync(join(dist, 'llms-full.txt'), llmsFullText(prose, address));
}

/**
 * Changes the files of code blocks, which another package writes.
 *
 * @throws {Error} if there is no such file, or nothing to change in it
 */
function change(dist: string, pattern: string, how: (text: string) => string): void {
  const files = globSync(pattern, { cwd: dist }).map((file) => join(dist, file));
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const changed = how(text);
    if (changed === text) throw new Error(`${file} is not what it was: look how it is made now.`);
    writeFileSync(file, changed);
  }
  if (files.length === 0) throw new Error(`No file is ${pattern}.`);
}

/** How the script of code blocks makes one that scrolls a landmark. */
const REGION = /\.setAttribute\((["'`])role\1, ?(["'`])region\2\)/g;

/** Leaves out the landmarks of code blocks: they have no names, so they could not be told apart. Blocks stay reachable with the keyboard. */
const withoutRegions = (script: string): string => script.replaceAll(REGION, '');

/** Finds colored parts of code by the classes that {@link selfContained} gives them instead of `style` attributes. */
const coloredByClass = (css: string): string =>
  css.replaceAll(/span\[style\^=(["'])--\1\]:not\(\[class\]\)/g, "span[class^='v-']");
