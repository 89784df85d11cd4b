import type { Log, ReportingDescriptor, Result } from 'sarif';
import { checks } from '../checks/every-check.ts';
import type { Check } from '../checks/check.ts';
import type { Finding } from './finding.ts';
import { failuresIn, type Report } from './doctor-report.ts';
import { forWhom } from './report-words.ts';

/**
 * The findings that failed, for tools that read static analysis results. The location of a result is a URL.
 *
 * @see {@link https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html SARIF 2.1.0}
 */
export function sarifOf(report: Report): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'vestibule doctor',
            informationUri: 'https://www.npmjs.com/package/@vestibule/doctor',
            rules: checks.map(rule),
          },
        },
        results: failuresIn(report).map((finding) => result(finding, report)),
      },
    ],
  } satisfies Log;
}

const rule = ({ id, title, severity, why, mend, section }: Check): ReportingDescriptor => ({
  id,
  shortDescription: { text: title },
  fullDescription: { text: why },
  help: { text: `${mend} (${section.name})` },
  helpUri: section.url,
  defaultConfiguration: { level: severity },
});

const result = (finding: Finding, { target }: Report): Result => ({
  ruleId: finding.check,
  ruleIndex: checks.findIndex(({ id }) => id === finding.check),
  level: finding.severity,
  message: {
    text: `${finding.message ?? ''} It matters for ${forWhom(finding)}. ${finding.why} ${finding.mend}`,
  },
  locations: [
    {
      physicalLocation: { artifactLocation: { uri: uriOf(finding.where ?? target) } },
      logicalLocations: [{ fullyQualifiedName: finding.check }],
    },
  ],
  // The same fault at the same server is the same result, whatever the message quotes.
  partialFingerprints: { 'check/v1': `${target} ${finding.check}` },
});

const uriOf = (where: string): string => URL.parse(where)?.href ?? encodeURI(where);
