import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A change to a source that removes a defense. */
export interface Cut {
  /** Relative to the root of the repository. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** One defense in the head of an attack. */
export interface Defence {
  readonly cuts: readonly Cut[];
  /** The test, or the group of tests, that fails without it. */
  readonly fails: string;
}

/** An attack, as described in the head of its file. */
export interface Attack {
  /** The name of its file. */
  readonly name: string;
  /** The folder of its file, from the root of the repository. */
  readonly folder: string;
  /** What the attacker does, in one paragraph or a few. */
  readonly description: string;
  readonly sources: readonly string[];
  readonly defences: readonly Defence[];
}

/** Attacks on any server, and attacks on what only the app has, such as its log. */
const FOLDERS = ['conformance/attacks', 'apps/reference/test/attacks'];

/** The root of the repository. */
export const ROOT: string = fileURLToPath(new URL('../../../', import.meta.url));

const HEAD = /^\/\*\*(.*?)\*\//s;
const SOURCE = /@see \{@link (https:\/\/\S+)/g;
const SAID = /^(?:Taken out: (\S+): `(.+?)` → `(.*?)`|Then fails: (.+))$/;

/** Every attack of the repository. */
export async function readAttacks(): Promise<readonly Attack[]> {
  return (await Promise.all(FOLDERS.map(attacksIn))).flat();
}

async function attacksIn(folder: string): Promise<readonly Attack[]> {
  const names = (await readdir(join(ROOT, folder))).filter((name) => name.endsWith('.test.ts')).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const [, head = ''] = HEAD.exec(await readFile(join(ROOT, folder, name), 'utf8')) ?? [];
      const sources = [...head.matchAll(SOURCE)].map(([, url = '']) => url);
      return { name, folder, description: descriptionIn(head), sources, defences: defencesIn(head) };
    }),
  );
}

/** The text of a head before its sources and defenses. Lines of one paragraph become one line. */
function descriptionIn(head: string): string {
  const lines = head.split('\n').map((line) => line.replace(/^ \* ?/, '').trim());
  const end = lines.findIndex((line) => line.startsWith('@see') || SAID.test(line));
  const paragraphs = lines
    .slice(0, end)
    .join('\n')
    .trim()
    .split(/\n{2,}/);
  return paragraphs.map((paragraph) => paragraph.replaceAll('\n', ' ')).join('\n\n');
}

function defencesIn(head: string): readonly Defence[] {
  const defences: Defence[] = [];
  let cuts: Cut[] = [];
  for (const line of head.split('\n')) {
    const [, file, from = '', to = '', fails] = SAID.exec(line.replace(/^ \* ?/, '')) ?? [];
    if (file !== undefined) cuts.push({ file, from, to });
    if (fails === undefined) continue;
    defences.push({ cuts, fails });
    cuts = [];
  }
  return defences;
}
