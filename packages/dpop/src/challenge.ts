import { PROOF_ALGORITHMS } from './algorithms.ts';
import type { PresentedToken } from './authorization.ts';
import { toWireText } from './wire-text.ts';

type Scheme = PresentedToken['scheme'];

/** Which tokens an API accepts: bearer tokens (`off`), sender-constrained tokens (`required`), or both (`offered`). */
export type AcceptedTokens = 'off' | 'offered' | 'required';

/** What a `WWW-Authenticate` header says about tokens and proofs. */
export interface Challenge {
  readonly accepted: AcceptedTokens;
  /** The scheme of the rejected token. Absent if no token was sent. */
  readonly presented?: Scheme;
  /** The parameters by name. A character that a value cannot hold becomes `?`. */
  readonly parameters: Readonly<Record<string, string>>;
}

const SCHEMES: Readonly<Record<AcceptedTokens, readonly [Scheme, ...Scheme[]]>> = {
  off: ['Bearer'],
  offered: ['Bearer', 'DPoP'],
  required: ['DPoP'],
};

/**
 * The value of `WWW-Authenticate`. The parameters belong to the challenge of the scheme that the client used. After an
 * invalid proof only DPoP is offered, so that the client does not fall back to bearer tokens.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3 RFC 6750 §3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7.1 RFC 9449 §7.1}
 */
export function challengeHeader({ accepted, presented, parameters }: Challenge): string {
  const schemes = SCHEMES[accepted];
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
