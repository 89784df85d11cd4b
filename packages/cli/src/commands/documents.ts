import type { Command } from 'commander';
import type { CommandContext } from '../context/command-context.ts';
import { checkDocument } from '../documents/check-document.ts';
import { listDocuments } from '../documents/list-documents.ts';
import { pinDocument, unpinDocument } from '../documents/pin-document.ts';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';

/** `vestibule documents`: the metadata documents of clients. */
export function addDocuments(program: Command, context: CommandContext): void {
  const documents = program
    .command('documents')
    .summary('list, check and pin the metadata documents of clients')
    .description('Works with metadata documents: clients whose client_id is the URL of one.');
  const about = (verb: string, summary: string, description: string): Command =>
    withRealmOptions(documents.command(verb))
      .summary(summary)
      .description(description)
      .argument('<url>', 'the URL of the document');

  const list = withRealmOptions(documents.command('list'))
    .summary('list the known documents')
    .description(
      'Lists the documents of clients that the realm knows, and its snapshots, sorted by URL: the age of the copy, the number of people who gave the client access, and when it was last used.',
    );
  onCall(list, (options) => listDocuments(context, options));
  onCall(
    about(
      'check',
      'show how the policy judges the document at a URL',
      'Fetches the document at a URL as the server does, and shows how the realm’s policy judges it, rule by rule, even if the realm is closed to documents. Nothing is stored.',
    ).addHelpText('after', NOTE),
    (options, [url = '']) => checkDocument(context, options, url),
  );
  onCall(
    about(
      'pin',
      'store a copy of a document in the settings',
      'Stores a copy of the document at a URL in the settings of the realm. It is used while the document cannot be fetched, for example because its host responds with a challenge for browsers. The document itself takes precedence as soon as it can be fetched.',
    ).option('--file <file>', 'the document, instead of fetching it; - is standard input'),
    (options, [url = '']) => pinDocument(context, options, url),
  );
  onCall(
    about(
      'unpin',
      'remove the copy of a document from the settings',
      'Removes the copy of a document from the settings of the realm. A client that is used as it says is used for metadataDocuments.stale more while the document cannot be fetched.',
    ),
    (options, [url = '']) => unpinDocument(context, options, url),
  );
}

const NOTE = `
Exits with 0 if the document would be accepted, and with 1 if it cannot be fetched or would be refused. Limits are not
checked.`;
