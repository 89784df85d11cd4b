import type { RequestHead } from '@vestibule/http';
import type { Client, MetadataDocumentClient } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { statementIssuerOf } from '@vestibule/core/registration';
import Negotiator from 'negotiator';

/** The largest number of language ranges that are read. Browsers send a few. */
const MAX_RANGES = 20;

/** A client as it is displayed to one person. */
export type LocalizedClient = Client & {
  /** The language of its name: a BCP 47 tag. Absent if the client did not say. */
  readonly nameLanguage?: string;
  /** The statement issuer that verified it, by its name in the realm. */
  readonly verifiedBy?: string;
  /** The client of the metadata document that verifies this registered client where the person is sent to. */
  readonly verifier?: MetadataDocumentClient;
};

/**
 * The client with its name in a language of the person, by `ui_locales` and `Accept-Language`. Otherwise the main name,
 * whose language is unknown.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2.2 RFC 7591 §2.2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4 RFC 9110 §12.5.4}
 */
export function localizedClient(
  request: RequestHead,
  realm: Realm,
  stored: Client,
  languages: readonly string[] = [],
): LocalizedClient {
  const voucher = statementIssuerOf(stored, realm);
  const client = voucher === undefined ? stored : { ...stored, verifiedBy: voucher.name };
  const names = Object.entries(client.translations ?? {}).flatMap(([language, { name }]) =>
    name === undefined ? [] : [[language, name] as const],
  );
  const accepted = [...languages, ...(request.headers.get('accept-language') ?? '').split(',', MAX_RANGES)];
  // `*` accepts any language and selects the main name.
  const named = accepted.filter((range) => !range.trim().startsWith('*')).join(',');
  if (named.trim() === '' || names.length === 0) return client;
  const negotiator = new Negotiator({ headers: { 'accept-language': named } });
  const [nameLanguage] = negotiator.languages(names.map(([language]) => language));
  const name = names.find(([language]) => language === nameLanguage)?.[1];
  return name === undefined || nameLanguage === undefined ? client : { ...client, name, nameLanguage };
}
