import { demoPage, type DemoPage } from '../demo-page.ts';
import { html } from '../html.ts';

/** What the toy agent did once it was connected. */
export interface ToyAgentReport {
  readonly scopes: readonly string[];
  readonly notes: readonly string[];
  /** What the API said to a tool that no dynamic client may use. */
  readonly refusal: string;
}

/** Links of the toy agent's pages. */
export interface ToyAgentLinks {
  readonly frontPage: string;
  readonly connectedApps: string;
  readonly again: string;
}

/** The page after approval: what the agent may do, what it read, and what it was refused. */
export const connectedPage = (report: ToyAgentReport, links: ToyAgentLinks): DemoPage =>
  demoPage(
    'The toy agent is connected',
    html`<p class="lead">It exchanged its code for an access token that only Notes accepts.</p>

      <h2>It may use</h2>
      <ul>
        ${report.scopes.map((scope) => html`<li><code>${scope}</code></li>`)}
      </ul>

      <h2>It read your notes</h2>
      <ul>
        ${report.notes.map((note) => html`<li>${note}</li>`)}
      </ul>

      <h2>It tried to delete them all</h2>
      <p>Notes refused: “${report.refusal}” Agents that registered themselves cannot get that scope here.</p>

      <h2>End it</h2>
      <p>
        Under <a href="${links.connectedApps}">Connected apps</a> you sign in again, see the toy agent, and
        can end its access at once.
      </p>
      <p><a href="${links.frontPage}">Back to the start</a></p>`,
  );

/** The page if the agent was not connected. `reason` is a whole sentence. */
export const notConnectedPage = (reason: string, links: ToyAgentLinks): DemoPage =>
  demoPage(
    'The toy agent is not connected',
    html`<p class="lead">${reason}</p>
      <p><a class="button" href="${links.again}">Try again</a></p>
      <p><a href="${links.frontPage}">Back to the start</a></p>`,
  );
