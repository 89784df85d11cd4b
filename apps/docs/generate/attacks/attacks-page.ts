import { basename } from 'node:path';
import { type Attack, readAttacks } from '@vestibule/conformance/attacks';
import {
  anchor,
  code,
  contents,
  link,
  list,
  type Page,
  page,
  paragraphs,
  prose,
} from '../markdown/markdown.ts';
import { inRepository, sourceUrl } from '../source/paths.ts';
import { type TestTitle, testTitles } from './test-titles.ts';
import { OTHERS, topicOf, TOPICS } from './topics.ts';

const END = '.test.ts';

/** Files beside the attacks that check all of them. */
const NO_ATTACK: ReadonlySet<string> = new Set(['every-attack']);

/** The page of all attacks that tests try. */
export async function attacksPage(): Promise<Page> {
  const attacks = (await readAttacks()).filter((attack) => !NO_ATTACK.has(idOf(attack)));
  const byTopic = Map.groupBy(attacks, (attack) => topicOf(idOf(attack)));
  const headings = [...Object.keys(TOPICS), OTHERS].filter((heading) => byTopic.has(heading));
  return page(
    'attacks.md',
    'Attacks and their tests',
    `The threat model, attack by attack: what an attacker does, the line of code that stops it, and the test that tries it.`,
    `There are ${attacks.length} files of attacks. Each says which code is the defense, and a command takes every defense out and expects the attack to succeed:`,
    '```sh\nnpx -y pnpm@12 --filter @vestibule/conformance run take-out-defences\n```',
    contents(headings),
    ...headings.map((heading) =>
      paragraphs(`## ${heading}`, ...(byTopic.get(heading) ?? []).map(attackSection)),
    ),
  );
}

const idOf = ({ name }: Attack): string => name.slice(0, -END.length);

/** `token-of-another-api` is `Token of another API`. */
function titleOf(id: string): string {
  const words = id
    .replaceAll('-', ' ')
    .replaceAll(/\b(?:api|csrf|dns|dpop|html|id|jwks|kid|pkce|uris?)\b/g, (word) =>
      word === 'uris' ? 'URIs' : word === 'dpop' ? 'DPoP' : word === 'kid' ? '`kid`' : word.toUpperCase(),
    );
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

function attackSection(attack: Attack): string {
  const { name, folder, description, sources, defences } = attack;
  const id = idOf(attack);
  const file = `${folder}/${name}`;
  return paragraphs(
    anchor(id),
    `### ${titleOf(id)}`,
    prose(description),
    '**What stops it:**',
    list(
      defences.flatMap(({ cuts, fails }) =>
        cuts.map(
          ({ file: place, from }) =>
            `${link(code(basename(place)), sourceUrl(place))}: ${code(from.trim())}. Without it fails: ${prose(fails)}`,
        ),
      ),
    ),
    `**Tests** in ${link(code(file), sourceUrl(file))}:`,
    titleList(testTitles(inRepository(file))),
    sources.length === 0 ? '' : `**Sources:** ${sources.map((url) => link(nameOf(url), url)).join(', ')}`,
  );
}

/** Titles as a list in a list. What a table puts into a title is not known, so a title that is nothing else is left out. */
const titleList = (titles: readonly TestTitle[], indent = ''): string =>
  titles
    .map(({ title, inside }) => ({ title: title.replaceAll(/%[sdifjo]|\$[a-z]\w*/g, '…'), inside }))
    .filter(({ title, inside }) => inside.length > 0 || /\p{Letter}/u.test(title))
    .flatMap(({ title, inside }) => [
      `${indent}- ${prose(title === '…' ? 'each case of a table' : title)}`,
      titleList(inside, `${indent}  `),
    ])
    .filter((line) => line !== '')
    .join('\n');

/** The name of a source: its RFC and section if it is one, otherwise its host. */
function nameOf(url: string): string {
  const [, rfc, section] =
    /^https:\/\/www\.rfc-editor\.org\/rfc\/rfc(\d+)(?:#section-([\d.]+))?/.exec(url) ?? [];
  if (rfc !== undefined) return `RFC ${rfc}${section === undefined ? '' : ` §${section}`}`;
  return URL.parse(url)?.host ?? url;
}
