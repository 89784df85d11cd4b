import { type Realm, type StoredClient, statementIssuerOf } from '@vestibule/core';
import Negotiator from 'negotiator';

/** Browsers send a handful; whoever sends more is not choosing a language. */
const MAX_RANGES = 20;

/** A client as one person is shown it. */
export interface LocalizedClient extends StoredClient {
  /** The language that its name is in: a BCP 47 tag. Absent: nobody said. */
  readonly nameLanguage?: string;
  /** Who vouches for it, by the name that the realm knows them by. */
  readonly verifiedBy?: string;
}

/**
 * The client with the name that it gave itself in a language this person reads, by what the client says of them
 * (`ui_locales`) and by `Accept-Language`. Where there is none it is the plain name, of whose language nothing may be
 * assumed.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2.2 RFC 7591 §2.2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4 RFC 9110 §12.5.4}
 */
export function localizedClient(
  request: Request,
  realm: Realm,
  stored: StoredClient,
  languages: readonly string[] = [],
): LocalizedClient {
  const voucher = statementIssuerOf(stored, realm);
  const client = voucher === undefined ? stored : { ...stored, verifiedBy: voucher.name };
  const names = Object.entries(client.translations ?? {}).flatMap(([language, { name }]) =>
    name === undefined ? [] : [[language, name] as const],
  );
  const accepted = [...languages, ...(request.headers.get('accept-language') ?? '').split(',', MAX_RANGES)];
  // Whoever reads anything (`*`) reads the plain name, too.
  const named = accepted.filter((range) => !range.trim().startsWith('*')).join(',');
  if (named.trim() === '' || names.length === 0) return client;
  const negotiator = new Negotiator({ headers: { 'accept-language': named } });
  const [nameLanguage] = negotiator.languages(names.map(([language]) => language));
  const name = names.find(([language]) => language === nameLanguage)?.[1];
  return name === undefined || nameLanguage === undefined ? client : { ...client, name, nameLanguage };
}
