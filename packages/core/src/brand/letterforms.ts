/**
 * Replaces letters in other shapes by plain ones, if neither NFKC nor the table of confusables does: letters in filled
 * squares and circles, the letters of flags, small capitals, letters with hooks, and letters of other scripts that replace
 * Latin ones in logos (`ΛMΛZON`). For comparison only, never for display.
 */
export function plainLetters(text: string): string {
  return Array.from(text, (letter) => SHAPES.get(letter) ?? framed(letter) ?? letter).join('');
}

/** The first letter of each block that runs from A to Z: filled circles, filled squares, regional indicators. */
const BLOCKS = [0x1f150, 0x1f170, 0x1f1e6];

function framed(letter: string): string | undefined {
  const point = letter.codePointAt(0) ?? 0;
  const start = BLOCKS.find((first) => point >= first && point < first + 26);
  return start === undefined ? undefined : String.fromCodePoint(0x41 + point - start);
}

/** A plain letter and its replacements. Those in UTS #39 are not repeated. */
const STAND_INS = `
  aᴀʌɐⱥᗩ bʙßβც cςᑕƈɔ₵Ꞓ dᴅ∂ðԃдᗪժ eᴇǝꞓʃξɘⱸᗴ fꜰғϝɟʄ gɢᏀꮆ hʜɥԋђ iᴉᏆꮖ jᴊʝ kᴋĸʞ lʟʅⱡꞁᒪ│┃❘⏐╷￨╵╹╻╎╏┆┇┊┋∣❙❚
  mᴍʍ nɴᴎπ oɸ pᴘ qᑫϙꝗ rʀᴙɹɾཞⱤ sᔕ tᴛʇɬ uцᥙບᑌ
  wɯшщω xχҳ yʎ zᴢʑ
`;

/** Han letters and Bopomofo that replace Latin letters on signs: `匚ㄥ卂ㄩ`. */
const ON_SIGNS = `a卂 b乃 c匚 e乇 f千 h卄 i丨 l乚ㄥ m爪 n几 oㄖ p卩 r尺 s丂 tㄒ uㄩ w山 x乂 yㄚ z乙`;

const SHAPES: ReadonlyMap<string, string> = new Map(
  `${STAND_INS} ${ON_SIGNS}`
    .trim()
    .split(/\s+/)
    .flatMap((line) => {
      const [plain = '', ...shapes] = Array.from(line);
      return shapes.map((shape): [string, string] => [shape, plain]);
    }),
);
