import { describe, type RuleDescription } from './rule-description.ts';

/** The body of a request to register or to update. */
export const BODY_RULES: readonly RuleDescription[] = [
  describe(
    'body.media-type',
    'RFC 7591 §3.1',
    'The body is application/json, in UTF-8 and not compressed.',
    'Send Content-Type: application/json, without another charset and without Content-Encoding.',
    'Other media types and encodings are read differently by different programs.',
  ),
  describe(
    'body.size',
    'RFC 9110 §15.5.14',
    'A body has at most 64 KiB.',
    'Leave out members that servers do not need, such as long texts in many languages.',
    'Anyone can send a body, and reading a long one costs work.',
  ),
  describe(
    'body.utf-8',
    'RFC 8259 §8.1',
    'The body is UTF-8.',
    'Encode the JSON as UTF-8; other encodings are not detected.',
    'Bytes that are not UTF-8 become other characters in other programs.',
  ),
  describe(
    'body.json',
    'RFC 7591 §3.1',
    'The body is JSON.',
    'Send one JSON object, without comments and trailing commas.',
    'Registration has no other format.',
  ),
  describe(
    'body.repeated-member',
    'RFC 8259 §4',
    'Each member occurs once.',
    'Leave out the second member with the same name.',
    'Programs disagree on which of two values counts.',
  ),
  describe(
    'metadata.object',
    'RFC 7591 §3.1',
    'The body is one JSON object.',
    'Send an object with the metadata as its members, not a list or a text.',
    'The members of client metadata have names.',
  ),
  describe(
    'metadata.type',
    'RFC 7591 §2',
    'Each member has the JSON type that RFC 7591 gives it.',
    'Send lists as lists and texts as texts: redirect_uris is a list even if it has one entry, and scope is one text.',
    'A value of another type would have to be guessed.',
  ),
  describe(
    'metadata.language',
    'RFC 7591 §2.2',
    'A BCP 47 language tag follows the #, and each language occurs once.',
    'Write client_name#fr or client_name#pt-BR, and leave out repeated languages.',
    'People get the name in the language of their browser, so each language needs one value.',
  ),
];
