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
  for (const file of globSync('_astro/ec.*.js', { cwd: dist })) {
    writeFileSync(join(dist, file), withoutRegions(read(file)));
  }
  const address = (path: string): string =>
    site === undefined ? `${path}.md` : new URL(`${base}${path}.md`, site).href;
  writeFileSync(join(dist, 'llms.txt'), llmsText(allGroups(pages), address));
  const prose = pages.filter(({ path }) => !path.startsWith('reference/api/'));
  writeFileSync(join(dist, 'llms-full.txt'), llmsFullText(prose, address));
}

/** How the script of code blocks makes one that scrolls a landmark. */
const REGION = /\.setAttribute\((["'`])role\1, ?(["'`])region\2\)/g;

/**
 * Leaves out the landmarks of code blocks: they have no names, so they could not be told apart. Blocks stay reachable with the keyboard.
 *
 * @throws {Error} if the script is another one
 */
function withoutRegions(script: string): string {
  const changed = script.replaceAll(REGION, '');
  if (changed === script) {
    throw new Error('The script of code blocks has changed: look how it makes landmarks.');
  }
  return changed;
}
