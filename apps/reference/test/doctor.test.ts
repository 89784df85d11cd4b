import { documents } from '@vestibule/client-fixtures';
import { examine, type Report } from '@vestibule/doctor';
import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { startApp } from './support/app.ts';
import { startOpenToDocuments } from './support/document-app.ts';
import { publishedDocuments } from './support/published-documents.ts';

const failuresIn = ({ findings }: Report): readonly (readonly [string, string | undefined])[] =>
  findings.filter(({ outcome }) => outcome === 'failed').map(({ check, message }) => [check, message]);

test(
  cite(
    'the doctor finds no fault at a realm that is open to registration and to documents',
    'vestibule:doctor:ours',
  ),
  async () => {
    const { notes, issuer } = await startOpenToDocuments(publishedDocuments, { isOpenToRegistration: true });
    const report = await examine(notes.href);
    expect([report.kind, report.issuer, failuresIn(report)]).toEqual(['resource', issuer, []]);
  },
);

test(
  cite(
    'the doctor finds no fault there with each agent registered and with each document',
    'vestibule:doctor:ours',
  ),
  async () => {
    const { notes } = await startOpenToDocuments(publishedDocuments, { isOpenToRegistration: true });
    const report = await examine(notes.href, { register: true });
    expect([failuresIn(report), report.notTried]).toEqual([[], []]);
    expect(new Set(report.agents.map(({ verdict }) => verdict))).toEqual(new Set(['works']));
    expect(report.agents.filter(({ way }) => way === 'document')).toHaveLength(documents.length);
  },
);

test('the doctor advises a realm without documents to support them', async () => {
  const { notes } = await startApp();
  expect(failuresIn(await examine(notes.href)).map(([check]) => check)).toEqual(['registration.documents']);
});
