import { isDocumentId, judgeClientIdUrl } from '../../client/client-id-url.ts';
import type { ApiAccess } from '../../client/preregistration.ts';
import { cleanName, MAX_NAME_LENGTH } from '../../brand/clean-name.ts';
import { MAX_REDIRECT_URIS } from '../../policy/rules/redirect-uris.ts';
import type { Realm } from '../../realm/realm.ts';
import { parseRedirectUri } from '../../redirect-uri/parse-redirect-uri.ts';
import { sameResource } from '../../identifiers/resource.ts';
import { quoteConfigured } from '../../text/quote.ts';
import { judgeAuthentication } from './authentication.ts';
import type { PreregistrationTerms, TermsRefused } from './terms.ts';

/** URL-safe, not a URL, and without the prefix of dynamic clients. */
const ID = /^(?!dyn-)[A-Za-z0-9][A-Za-z0-9._~-]{2,127}$/;

/** What is wrong with a `client_id`, which can also be the URL of a metadata document. */
function idProblem(id: string): string | undefined {
  if (ID.test(id)) return undefined;
  if (!isDocumentId(id)) {
    return 'must be 3 to 128 of A-Z a-z 0-9 . _ ~ - and must not begin with dyn-, or be the https URL of a metadata document';
  }
  const judged = judgeClientIdUrl(id);
  return judged.ok ? undefined : `is not the URL of a metadata document: ${judged.refusal.description}`;
}

/** What is wrong with what an operator wants a client to be; `undefined` where it can be made. */
export function judgeTerms(
  terms: PreregistrationTerms,
  realm: Pick<Realm, 'apis'>,
): TermsRefused | undefined {
  const { id, name, redirectUris, access, authentication } = terms;
  const wrongId = id === undefined ? undefined : idProblem(id);
  if (wrongId !== undefined) return refused('id', wrongId);
  if (cleanName(name) !== name) {
    return refused(
      'name',
      `must be 1 to ${MAX_NAME_LENGTH} characters that can be seen, on one line, without brackets`,
    );
  }
  const redirectUri = redirectUriProblem(redirectUris);
  if (redirectUri !== undefined) return refused('redirectUris', redirectUri);
  const api = accessProblem(access, realm);
  if (api !== undefined) return refused('access', api);
  const problem = judgeAuthentication(authentication);
  return problem === undefined ? undefined : refused('authentication', problem);
}

function redirectUriProblem(uris: readonly string[]): string | undefined {
  if (uris.length === 0 || uris.length > MAX_REDIRECT_URIS) {
    return `must be 1 to ${MAX_REDIRECT_URIS} URIs; there are ${uris.length}`;
  }
  for (const [index, raw] of uris.entries()) {
    if (uris.indexOf(raw) !== index) return `${quoteConfigured(raw)} is there twice`;
    const parsed = parseRedirectUri(raw);
    if (!parsed.ok) return `${quoteConfigured(raw)} ${parsed.problem}`;
  }
  return undefined;
}

function accessProblem(access: readonly ApiAccess[], { apis }: Pick<Realm, 'apis'>): string | undefined {
  if (access.length === 0) return 'names no API, so that the client could have nothing';
  for (const [index, { resource, scopes }] of access.entries()) {
    const api = apis.find((candidate) => sameResource(candidate.resource, resource));
    if (api === undefined) return `${quoteConfigured(resource)} is not the resource of an API of this realm`;
    if (access.findIndex((other) => sameResource(other.resource, resource)) !== index) {
      return `${quoteConfigured(resource)} is there twice`;
    }
    if (scopes.length === 0) {
      return `${quoteConfigured(resource)} has no scope, so that it could have nothing there`;
    }
    const unknown = scopes.find((name) => !api.scopes.includes(name));
    if (unknown !== undefined) {
      return `${quoteConfigured(unknown)} is not a scope of the API ${quoteConfigured(api.id)}`;
    }
  }
  return undefined;
}

const refused = (member: TermsRefused['member'], problem: string): TermsRefused => ({
  outcome: 'refused',
  member,
  problem,
});
