import { lazily } from '../lazily.ts';
import { comparable } from './comparable.ts';
import { bitOf, hasLength } from './lengths.ts';
import type { Word } from './word.ts';
import { runsOf } from './words.ts';

/** A set of words in comparable form, made at the first use: only a name that is judged needs it. */
const setOf = (words: string): (() => ReadonlySet<string>) =>
  lazily(() => new Set(words.trim().split(/\s+/).map(comparable)));

const OFFICIAL = `
  official officially original real genuine verified trusted secure the by for from of to your our and with s
  oficial officiel officielle offiziell offizielle ufficiale oficjalna oficjalny resmi officieel
  официальный официальное официальная офіційний 官方 公式 공식
`;

const PROGRAM = `
  app apps application client connector connectors connection connect connected integration integrations plugin extension
  addon bot agent assistant helper desktop mobile web cli ide mcp server remote proxy bridge gateway api sdk ai pro plus premium
  enterprise business beta update updater installer setup portal console dashboard workspace messenger
  aplicación aplicativo applicazione anwendung приложение бот アプリ コネクタ 助手 客户端 应用 앱
`;

const ACCOUNT = `
  login logon signin signon signup sso log sign account accounts auth authentication authenticator authorization oauth verify
  verification verifier recovery confirm security admin billing
  anmeldung konto connexion compte cuenta conta entrar accesso вход аккаунт ログイン 登录 登入 登錄 로그인 계정
`;

const PEOPLE = `
  support help helpdesk service services customer care team staff center centre desk
  soporte suporte supporto assistance aide hilfe ayuda ajuda поддержка підтримка サポート 客服 支持 지원 고객센터
`;

const COMPANY = `inc llc ltd gmbh corp corporation company co com org net io dev hq tm sm`;

/**
 * Words that do not identify a vendor, in several languages. A name that consists of a vendor's name and these claims to
 * belong to the vendor.
 */
const GENERIC = /* @__PURE__ */ setOf([OFFICIAL, PROGRAM, ACCOUNT, PEOPLE, COMPANY].join(' '));

/**
 * Words for kinds of programs and products, and for unambiguous systems. After a name they do not identify a vendor: `Acme
 * Code Editor`.
 */
const KINDS = /* @__PURE__ */ setOf('editor code cloud search exchange card linux macos ios ipados');

/** Platforms. After `for` they do not identify a vendor: `Acme for Windows`. */
const PLATFORMS = /* @__PURE__ */ setOf(
  'windows mac iphone ipad chrome chromeos firefox safari edge android ubuntu debian',
);
const FOR = /* @__PURE__ */ lazily(() => comparable('for'));

/** Further words that are joined to a name without a space: `mygithub`, `paypalwallet`. */
const JOINED_TOO = /* @__PURE__ */ setOf(`
  my get use go try ask hey via new free safe notes mail inbox drive calendar wallet sync chat code docs files photos cloud online
  shop store pay payment payments bank banking card cards rewards manager viewer reader editor browser vpn backup scanner tracker
  studio hub lab labs space link bridge pass key keys user users member members community news crypto swap trade exchange
  password passwords search one two next now
`);
const JOINED = /* @__PURE__ */ lazily(() => new Set([...GENERIC(), ...JOINED_TOO()]));

/** Words that are generic after some others: `sign in`. */
const PARTICLES = /* @__PURE__ */ setOf('in on up');
const BEFORE_PARTICLES = /* @__PURE__ */ setOf('sign log signed logged');

const NUMBER = /^(?:v|v?\p{N}+)$/u;

/**
 * Whether all words are generic. Numbers and versions are generic.
 *
 * @param named the number of words up to the end of the first name
 */
export function areGeneric(words: readonly Word[], named: number): readonly boolean[] {
  const runs = runsOf(words).map((run) => run.map(({ form }) => form).join(''));
  return words.map(({ plain, form, run }, index) => {
    const before = words[index - 1]?.form ?? '';
    return (
      GENERIC().has(form) ||
      NUMBER.test(plain) ||
      (PARTICLES().has(form) && BEFORE_PARTICLES().has(before)) ||
      (index >= named &&
        (isAmong(KINDS(), form, runs[run]) ||
          (runs[run - 1] === FOR() && isAmong(PLATFORMS(), form, runs[run]))))
    );
  });
}

/** Whether a word is one of these, or its run of letters is: `macOS`. */
const isAmong = (words: ReadonlySet<string>, form: string, run = ''): boolean =>
  words.has(form) || words.has(run);

/** Whether all words of a name are generic. */
export const isGenericName = (words: readonly Word[]): boolean =>
  areGeneric(words, words.length).every(Boolean);

/** Whether a word, in comparable form, is generic. */
export const isGeneric = (form: string): boolean => GENERIC().has(form);

/** Generic words that can be joined with a name, and their lengths by their first two and by their last two characters. */
const AFFIXES = /* @__PURE__ */ lazily(() => {
  const words = new Set(Array.from(JOINED()).filter(({ length }) => length >= 2));
  const byHead = Array.from({ length: PAIRS }, () => 0);
  const byTail = Array.from({ length: PAIRS }, () => 0);
  for (const word of words) {
    const [head, tail] = [pairAt(word, 0), pairAt(word, word.length - 2)];
    byHead[head] = (byHead[head] ?? 0) | bitOf(word.length);
    byTail[tail] = (byTail[tail] ?? 0) | bitOf(word.length);
  }
  return { words, byHead, byTail, longest: Math.max(...Array.from(words, ({ length }) => length)) };
});

/** The number of different pairs. */
const PAIRS = 1_024;

/** A number for two characters of a text. Different pairs may have the same. */
const pairAt = (text: string, at: number): number =>
  ((text.charCodeAt(at) & 31) << 5) | (text.charCodeAt(at + 1) & 31);

/** Whether a word can begin or end with a generic word, judged by two characters at each end alone. */
export function mayBeJoined(word: string): boolean {
  const { byHead, byTail } = AFFIXES();
  return byHead[pairAt(word, 0)] !== 0 || byTail[pairAt(word, word.length - 2)] !== 0;
}

/** Positions in a word at which the rest begins after generic words: `officialappacme` at 0, 8 and 11. */
export function genericHeads(word: string): readonly number[] {
  const { words, byHead, longest } = AFFIXES();
  const reached = [0];
  for (const from of reached) {
    const lengths = byHead[pairAt(word, from)];
    if (lengths === 0) continue;
    for (let length = 2; length <= Math.min(longest, word.length - from); length += 1) {
      if (!hasLength(lengths, length) || reached.includes(from + length)) continue;
      if (words.has(word.slice(from, from + length))) reached.push(from + length);
    }
  }
  return reached;
}

/** Positions in a word at which the rest ends before generic words: `acmeconnector` at 13 and 4. */
export function genericTails(word: string): readonly number[] {
  const { words, byTail, longest } = AFFIXES();
  const reached = [word.length];
  for (const to of reached) {
    const lengths = byTail[pairAt(word, to - 2)];
    if (lengths === 0) continue;
    for (let length = 2; length <= Math.min(longest, to); length += 1) {
      if (!hasLength(lengths, length) || reached.includes(to - length)) continue;
      if (words.has(word.slice(to - length, to))) reached.push(to - length);
    }
  }
  return reached;
}
