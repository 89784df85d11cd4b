import type { AgentVerdict } from '../agents/verdicts.ts';
import type { Finding } from './finding.ts';
import { failuresIn, type Report, summaryOf } from './doctor-report.ts';
import { forWhom, resultOf, wordsOf } from './report-words.ts';

/** The report as one HTML page without scripts and without anything to load. */
export function htmlOf(report: Report): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(report.target)}: doctor</title>
<style>${STYLE}</style>
<h1>${text(report.target)}</h1>
<p>${wordsOf(report).map(text).join('<br>')}</p>
<p><strong>${text(summaryOf(report))}</strong></p>
${report.notTried.map((sentence) => `<p>${text(sentence)}</p>`).join('\n')}
${failuresIn(report).map(failure).join('\n')}
<h2>Agents</h2>
<table>
<tr><th>Agent<th>Becomes known by<th>Result
${report.agents.map(agent).join('\n')}
</table>
<h2>Other checks</h2>
<ul>
${report.findings
  .filter(({ outcome }) => outcome !== 'failed')
  .map(other)
  .join('\n')}
</ul>
</html>
`;
}

const failure = ({
  severity,
  check,
  title,
  message = '',
  details,
  why,
  mend,
  section,
  seen,
  ...rest
}: Finding): string =>
  `<article class="${severity}">
<h2>${severity}: <code>${text(check)}</code></h2>
<p>${text(message)}</p>
${details.length > 1 ? `<details><summary>${details.length} observations</summary><ul>${details.map((detail) => `<li>${text(detail)}`).join('')}</ul></details>` : ''}
<dl>
<dt>Should<dd>${text(title)}
<dt>For<dd>${text(forWhom(rest))}
<dt>Why<dd>${text(why)} <a href="${text(section.url)}">${text(section.name)}</a>
<dt>Mend<dd>${text(mend)}
${seen.length > 0 ? `<dt>Seen at<dd>${seen.map((url) => `<a href="${text(url)}">${text(url)}</a>`).join('<br>')}` : ''}
</dl>
</article>`;

const agent = (each: AgentVerdict): string =>
  `<tr><td>${text(each.client)}<td>${each.way ?? ''}<td>${text(resultOf(each))}`;

const other = ({ outcome, check, title, message = '' }: Finding): string =>
  outcome === 'passed'
    ? `<li>✓ <code>${text(check)}</code> ${text(title)}`
    : `<li>– <code>${text(check)}</code> ${text(message)}`;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const text = (value: string): string => value.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere }
article { border-left: .4rem solid; padding: .1rem 1rem; margin: 1.5rem 0 }
.error { border-color: #b3261e } .warning { border-color: #b26a00 } .note { border-color: #2a6f97 }
h2 { font-size: 1.1rem } dt { font-weight: 600 } dd { margin: 0 0 .5rem 1rem }
table { border-collapse: collapse } th, td { text-align: left; padding: .2rem 1rem .2rem 0; vertical-align: top }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee } a { color: #8cf } }
`;
