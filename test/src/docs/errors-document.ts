import { explainAll } from '@isthmus/core';
// Loading a package fills its part of the table.
import '@isthmus/cli';
import '@isthmus/dataverse';
import '@isthmus/finops';
import '@isthmus/odata';
import '@isthmus/project-accounting';
import '@isthmus/sandbox';
import '@isthmus/store';
import '@isthmus/sync';

const RECOVERY = `| class | what the engine does |
|---|---|
| fatal | the command ends; what was delivered is remembered |
| retry | the same request is made again, within a budget |
| defer | the record waits for another one and follows by itself |
| quarantine | the record is kept whole with the reason; the others go on |
| skip | nothing is lost by leaving it out |
`;

/** docs/errors.md, made from the catalogues. */
export function errorsDocument(): string {
  const explanations = explainAll();
  const packages = [...new Set(explanations.map((explanation) => explanation.package))].sort();
  const sections = packages.map((name) => {
    const rows = explanations
      .filter((explanation) => explanation.package === name)
      .map(({ code, recovery, cause, remedy }) => `| \`${code}\` | ${recovery} | ${cell(cause)} | ${cell(remedy)} |`);
    return [`## ${name}`, '', '| code | class | cause | what to do |', '|---|---|---|---|', ...rows, ''].join('\n');
  });
  return [
    '# Errors',
    '',
    'Every error has a code, a cause and a remedy. `isthmus explain CODE` shows the same offline. This page is made from the catalogues by',
    '`npm run docs`; a test holds them together.',
    '',
    RECOVERY,
    ...sections,
  ].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
