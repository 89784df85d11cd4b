import type { Page, Pages } from '@vestibule/server';

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
};

/** Pages without a template engine, which a Worker cannot run. A real application displays all of a view. */
export const plainPages: Pages = {
  signIn: ({ realmName, action, csrf, interaction, failure }) =>
    page(
      `Sign in to ${realmName}`,
      failure === undefined ? '' : '<p class="alert">Wrong name or password.</p>',
      form(
        action,
        { csrf, ...(interaction !== undefined && { transaction: interaction }) },
        '<input name="username"><input name="password" type="password"><button>Sign in</button>',
      ),
    ),
  consent: ({ client, api, scopes, held, durations, action, csrf, interaction }) =>
    page(
      `${client.name} [unverified] asks to use ${api.name}`,
      `<ul>${scopes.map(({ description }) => `<li>${escaped(description)}</li>`).join('')}</ul>`,
      form(
        action,
        { csrf, transaction: interaction, lasting: String(durations[0]) },
        [...scopes, ...held]
          .map(({ name }) => `<input type="checkbox" name="scope" value="${escaped(name)}" checked>`)
          .join('') +
          '<button name="decision" value="approve">Allow</button><button name="decision" value="deny">Deny</button>',
      ),
    ),
  notAllowed: ({ person, api, action, csrf, interaction }) =>
    page(
      `${person.name} may not connect apps to ${api.name}`,
      form(
        action,
        { csrf, transaction: interaction },
        '<button name="decision" value="deny">Go back</button>',
      ),
    ),
  handBack: ({ clientName, location }) =>
    page('Go back', `<a class="primary" href="${escaped(location)}">Go back to ${escaped(clientName)}</a>`),
  onward: ({ location }) => page('Continue', `<a class="primary" href="${escaped(location)}">Continue</a>`),
  connectedApps: ({ apps }) => page('Connected apps', apps.map(({ name = '' }) => escaped(name)).join(', ')),
  signOut: ({ realmName }) => page(`Sign out of ${realmName}`),
  problem: ({ problem }) => page(`This did not work: ${problem}`),
  rules: ({ rules }) =>
    page('Rules', rules.map(({ id }) => `<p id="${escaped(id)}">${escaped(id)}</p>`).join('')),
};

const page = (heading: string, ...parts: readonly string[]): Page => ({
  html: `<!doctype html><title>${escaped(heading)}</title><main><h1>${escaped(heading)}</h1>${parts.join('')}</main>`,
  headers: HEADERS,
});

const form = (action: string, fields: Readonly<Record<string, string>>, inputs: string): string =>
  `<form method="post" action="${escaped(action)}">${Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`)
    .join('')}${inputs}</form>`;

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
