import { type Refusal, type RegistrationErrorCode, toWireText } from '@vestibule/core';
import { jsonReply, type Reply } from '../program/reply.ts';

/** Every refusal of metadata is an error of the client. A new error code does not compile until it is listed here. */
const STATUS: Readonly<Record<RegistrationErrorCode, number>> = {
  invalid_redirect_uri: 400,
  invalid_client_metadata: 400,
  invalid_software_statement: 400,
  unapproved_software_statement: 400,
};

/**
 * A refusal as JSON. `error_uri` is the OAuth parameter for a page about the error.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2 RFC 7591 §3.2.2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 RFC 6749 §5.2}
 */
export const refusedReply = (
  { code, rule, description }: Refusal,
  rulesUri: string | undefined,
  status: number = STATUS[code],
): Reply =>
  jsonReply(status, {
    error: code,
    error_description: toWireText(description),
    ...(rulesUri !== undefined && { error_uri: ruleUri(rulesUri, rule) }),
  });

/** The URL of the description of a rule. */
export const ruleUri = (rulesUri: string, rule: string): string => `${rulesUri}#${rule}`;
