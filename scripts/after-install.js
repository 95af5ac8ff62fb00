import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Runs after `npm ci`, on whatever Node npm finds, and so in plain JavaScript. Says at once when the other scripts
 * would run on a Node that is too old, and removes 95 MB that packages bring and nothing here reads.
 */

const neededMajor = 24;

const modules = fileURLToPath(new URL('../node_modules', import.meta.url));

/** Node's headers and manual, for compiling add-ons; the AWS CLI as a Lambda layer; elkjs before it was minified. */
const unread = [
  ...readdirSync(modules)
    .filter((name) => /^node-(linux|darwin)-/.test(name))
    .flatMap((name) => [join(name, 'include'), join(name, 'share')]),
  '@aws-cdk/asset-awscli-v1/lib/layer.zip',
  'elkjs/lib/elk-worker.js',
];
for (const path of unread) rmSync(join(modules, path), { recursive: true, force: true });

if (Number.parseInt(process.versions.node, 10) < neededMajor) {
  console.error(
    `Stint's scripts need Node ${neededMajor}, and this is Node ${process.versions.node}. The install brings its own Node ` +
      'for Linux and for Macs with an Intel processor only: install Node 24 yourself and run this again.',
  );
  process.exitCode = 1;
}
