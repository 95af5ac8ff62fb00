import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { descriptionPart, linesOf } from '../test/witness/description-part.ts';

/**
 * Takes out of GitHub's own description of its API what the tests read, and puts it into the repository: the whole
 * package has 385 MB, and this part some hundred KB. To refresh it, raise the version and run
 * `npm run github-description`; to have more of it, add to `paths` or `webhooks`.
 */

const source = '@octokit/openapi@23.0.2';
const target = 'test/witness/github-description.json';

/** Operations that the functions and the maintenance commands use, and their neighbours. */
const paths = [
  /^\/app($|\/hook\/|\/installations)/,
  /^\/(installation\/repositories|rate_limit|orgs\/\{org\}|repos\/\{owner\}\/\{repo\})$/,
  /^\/(orgs\/\{org\}|repos\/\{owner\}\/\{repo\})\/installation$/,
  /^\/(orgs\/\{org\}|repos\/\{owner\}\/\{repo\})\/actions\/(runners|runner-groups)($|\/)/,
  /^\/repos\/\{owner\}\/\{repo\}\/actions\/(runs|jobs)($|\/\{(run|job)_id\}($|\/attempts|\/jobs|\/cancel|\/rerun))/,
  /^\/repos\/\{owner\}\/\{repo\}\/hooks($|\/)/,
  // What doctor asks to see whether a credential may do more than it needs.
  /^\/(orgs\/\{org\}|repos\/\{owner\}\/\{repo\})\/actions\/(permissions|secrets|variables)$/,
  /^\/orgs\/\{org\}\/(hooks|teams)$/,
  /^\/repos\/\{owner\}\/\{repo\}\/dependabot\/alerts$/,
];
const webhooks = [/^ping$/, /^workflow-job-/, /^workflow-run-/, /^installation-/];

const folder = mkdtempSync(join(tmpdir(), 'github-description-'));
try {
  const pack = ['pack', '--silent', '--pack-destination', folder, source];
  const archive = execFileSync('npm', pack, { encoding: 'utf8' }).trim();
  execFileSync('tar', ['-xzf', join(folder, archive), '-C', folder]);
  const read = (file: string) => readFileSync(join(folder, 'package', file), 'utf8');
  const part = descriptionPart(JSON.parse(read('generated/api.github.com.json')), { paths, webhooks });
  writeFileSync(target, linesOf({ source, license: read('LICENSE'), ...part }));
} finally {
  rmSync(folder, { recursive: true });
}
