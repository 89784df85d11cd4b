import type { UnverifiedReason, Verification } from '@vestibule/core';

type Unverified = Verification & { readonly ok: false };

/** Why a metadata document does not verify a client, in words that follow its URL. */
export const reasonWords = ({ reason, detail }: Unverified): string =>
  detail === undefined ? WORDS[reason] : `${WORDS[reason]}: ${detail}`;

const WORDS: Readonly<Record<UnverifiedReason, string>> = {
  'redirect-uris': 'does not list all of its redirect URIs',
  name: 'does not have its name',
  refused: 'is not acceptable',
  unavailable: 'cannot be fetched',
  limited: 'was not fetched, because there were too many',
  overruled: 'is that of a client that an operator blocked or created',
};
