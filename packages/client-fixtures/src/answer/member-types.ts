import { quote } from '../server/say.ts';
import { type AnswerCheck, isListOfTexts } from './check.ts';

type MemberType = 'text' | 'number' | 'list of texts';

const TYPES: ReadonlyMap<string, MemberType> = new Map([
  ['client_id', 'text'],
  ['client_secret', 'text'],
  ['client_id_issued_at', 'number'],
  ['client_secret_expires_at', 'number'],
  ['redirect_uris', 'list of texts'],
  ['grant_types', 'list of texts'],
  ['response_types', 'list of texts'],
  ['token_endpoint_auth_method', 'text'],
  ['application_type', 'text'],
  ['client_name', 'text'],
  ['client_uri', 'text'],
  ['logo_uri', 'text'],
  ['tos_uri', 'text'],
  ['policy_uri', 'text'],
  ['jwks_uri', 'text'],
  ['contacts', 'list of texts'],
  ['scope', 'text'],
  ['software_id', 'text'],
  ['software_version', 'text'],
]);

/**
 * Agents validate the response with a schema that refuses `null`. Members without a value are left out.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2 RFC 7591 §2}
 */
export const memberTypes: AnswerCheck = {
  id: 'answer.member-types',
  title: 'every member of the response is of its type, or left out',
  problem: (answer) => {
    const wrong = Object.entries(answer).flatMap(([member, value]) => {
      const type = TYPES.get(member);
      return type === undefined || isOfType(type, value)
        ? []
        : `${member} is ${quote(value)} and should be a ${type}`;
    });
    return wrong.length === 0 ? undefined : `${wrong.join('; ')}, or left out.`;
  },
};

function isOfType(type: MemberType, value: unknown): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'list of texts':
      return isListOfTexts(value);
  }
}
