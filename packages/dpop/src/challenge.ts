import { PROOF_ALGORITHMS } from './algorithms.ts';
import type { PresentedToken } from './authorization.ts';
import { toWireText } from './wire-text.ts';

type Scheme = PresentedToken['scheme'];

/** Which tokens an API takes: bearer tokens (`off`), bound ones (`required`), or both. */
export type TokensTaken = 'off' | 'offered' | 'required';

export interface Challenge {
  readonly taken: TokensTaken;
  /** How the token came that is not taken. Absent: there was none. */
  readonly presented?: Scheme;
  /** What there is to say, by name. Any character that a value may not hold becomes `?`. */
  readonly parameters: Readonly<Record<string, string>>;
}

const SCHEMES: Readonly<Record<TokensTaken, readonly [Scheme, ...Scheme[]]>> = {
  off: ['Bearer'],
  offered: ['Bearer', 'DPoP'],
  required: ['DPoP'],
};

/**
 * The value of `WWW-Authenticate`. What there is to say stands with the scheme that the client used; one that is wrong about
 * its proof is not sent to bearer tokens.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3 RFC 6750 §3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7.1 RFC 9449 §7.1}
 */
export function challengeHeader({ taken, presented, parameters }: Challenge): string {
  const schemes = SCHEMES[taken];
  const spoken = schemes.find((scheme) => scheme === presented) ?? schemes[0];
  const others = spoken === 'DPoP' ? [] : schemes.filter((scheme) => scheme !== spoken);
  return [spoken, ...others]
    .map((scheme) => {
      const said = { ...(scheme === spoken && parameters), ...(scheme === 'DPoP' && ALGORITHMS) };
      return `${scheme} ${Object.entries(said)
        .map(([name, value]) => `${name}="${toWireText(value)}"`)
        .join(', ')}`;
    })
    .join(', ');
}

const ALGORITHMS = { algs: PROOF_ALGORITHMS.join(' ') };
