import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes docs/adr/README.md, the index of the decisions, from the decisions themselves: `npm run adr-index`. */

const folder = join(import.meta.dirname, '..', 'docs', 'adr');

const line = (file: string): string => {
  const text = readFileSync(join(folder, file), 'utf8');
  const [, number = '', title = ''] = /^# (\d{4}): (.*)$/m.exec(text) ?? [];
  const [, status = ''] = /^## Status\n\n(.*)$/m.exec(text) ?? [];
  const said = status === 'Accepted.' ? '' : status;
  return `| [${number}](${file}) | ${/^superseded/i.test(status) ? `~~${title}~~` : title} | ${said} |`;
};

const files = readdirSync(folder).filter((name) => /^\d{4}-.*\.md$/.test(name));

writeFileSync(
  join(folder, 'README.md'),
  `# Decisions

One page for each decision that somebody might undo: status, context, decision, consequences, alternatives. A title that is struck through has been superseded; its page says by what. A page is not rewritten when the decision changes: a new one supersedes it. This index is made by \`npm run adr-index\`.

| | decision | status, if not just accepted |
| --- | --- | --- |
${files.map(line).join('\n')}
`,
);
