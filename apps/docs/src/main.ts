/**
 * Builds the site into `dist`, or serves it while its pages are written, or as it was built:
 *
 *     node src/main.ts build | dev | preview [BASE]
 *
 * `BASE` is the path of the site at its host; by default that of the variable `BASE`, or `/`. The variable `SITE` is its origin, which
 * only absolute links need. A build that says a warning fails.
 */
import { join } from 'node:path';
import { finish } from './output/finish.ts';
import { preparePages } from './site/prepared.ts';
import { siteOptions } from './site/site-options.ts';
import { writePages } from './site/write-pages.ts';

// Read when the generator is loaded.
process.env.ASTRO_TELEMETRY_DISABLED = '1';
const { build, dev, preview } = await import('astro');

const root = join(import.meta.dirname, '..');
const [command = 'build', base = process.env.BASE ?? ''] = process.argv.slice(2);
// The configuration of the generator reads it.
process.env.BASE = base;
const options = siteOptions(process.env);

if (command === 'preview') {
  await preview({ root });
} else {
  const pages = preparePages(options);
  writePages(pages, options);
  if (command === 'dev') {
    await dev({ root });
  } else {
    const warnings = await outputOf(() => build({ root, logLevel: 'warn' }));
    finish(join(root, 'dist'), pages, options);
    process.stdout.write(`${pages.length} pages\n${warnings}`);
    process.exitCode = warnings === '' ? 0 : 1;
  }
}

/** What is written to standard output and standard error meanwhile: only warnings, at this log level. */
async function outputOf(act: () => Promise<void>): Promise<string> {
  const { stdout, stderr } = process;
  const written: string[] = [];
  const originals = [stdout, stderr].map((stream) => ({ stream, write: stream.write }));
  for (const { stream } of originals) {
    stream.write = (text: string | Uint8Array) => {
      written.push(typeof text === 'string' ? text : Buffer.from(text).toString());
      return true;
    };
  }
  try {
    await act();
  } finally {
    for (const { stream, write } of originals) stream.write = write;
  }
  return written.join('');
}
