import { demoPage, type DemoPage } from './demo-page.ts';
import { html } from './html.ts';

/** The person of the demo, whose password everyone may read. */
export interface DemoPerson {
  readonly username: string;
  readonly password: string;
}

/** What the front page of the demo tells. */
export interface FrontPageFacts {
  readonly issuer: string;
  /** The URL of the Notes MCP server. */
  readonly notes: string;
  /** Where the toy agent begins. */
  readonly toyAgent: string;
  readonly person: DemoPerson;
}

/** The commands that attach an agent to the Notes server. */
export const attachCommands = (notes: string): readonly string[] => [
  `claude mcp add --transport http notes ${notes}`,
  `codex mcp add notes --url ${notes}`,
  `gemini mcp add --transport http notes ${notes}`,
];

/** The page at `/`: what runs here, an agent to try, the addresses to paste, and who to sign in as. */
export function frontPage({ issuer, notes, toyAgent, person }: FrontPageFacts): DemoPage {
  return demoPage(
    'The Vestibule demo',
    html`<p class="lead">
        An OAuth 2.1 authorization server runs here, and a small MCP server named Notes that it protects.
        Agents that have never been here can register and ask for access. You decide.
      </p>

      <h2>Try it now</h2>
      <p>
        The toy agent is a program that has never registered here. It finds the server, registers, and sends
        you to the consent page.
      </p>
      <p><a class="button" href="${toyAgent}">Connect the toy agent</a></p>
      <dl>
        <dt>Sign in as</dt>
        <dd><code>${person.username}</code></dd>
        <dt>Password</dt>
        <dd><code>${person.password}</code></dd>
      </dl>

      <h2>Attach an agent of your own</h2>
      <p>Paste this address where your agent asks for an MCP server:</p>
      <pre>${notes}</pre>
      <p>Or use the command line of your agent:</p>
      ${attachCommands(notes).map((command) => html`<pre>${command}</pre>`)}

      <h2>What else is here</h2>
      <ul>
        <li>
          <a href="${issuer}/connect/apps">Connected apps</a>: which agents may act for you, and how to end
          that
        </li>
        <li><a href="${issuer}/connect/rules">The rules</a> that a registration has to meet</li>
        <li><a href="${issuer}/.well-known/oauth-authorization-server">The metadata</a> that agents read</li>
      </ul>
      <p>Unless you gave it a database, the demo deletes its data when it stops.</p>`,
  );
}
