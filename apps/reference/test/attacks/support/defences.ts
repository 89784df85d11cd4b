import { readdir, readFile } from 'node:fs/promises';
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
  /** Its file, within this folder. */
  readonly name: string;
  readonly sources: readonly string[];
  readonly defences: readonly Defence[];
}

const FOLDER = fileURLToPath(new URL('..', import.meta.url));

/** The root of the repository. */
export const ROOT: string = fileURLToPath(new URL('../../../../../', import.meta.url));

const HEAD = /^\/\*\*(.*?)\*\//s;
const SOURCE = /@see \{@link (https:\/\/\S+)/g;
const SAID = /^(?:Taken out: (\S+): `(.+?)` → `(.*?)`|Then fails: (.+))$/;

/** Every attack of this folder. */
export async function readAttacks(): Promise<readonly Attack[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.test.ts')).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const [, head = ''] = HEAD.exec(await readFile(`${FOLDER}${name}`, 'utf8')) ?? [];
      const sources = [...head.matchAll(SOURCE)].map(([, url = '']) => url);
      return { name, sources, defences: defencesIn(head) };
    }),
  );
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
