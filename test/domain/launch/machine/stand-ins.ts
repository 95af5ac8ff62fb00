import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { systemctl } from './systemd.ts';

/** What changes nothing but files: the script gets the real thing. */
export const harmlessCommands = 'base64 bash cat chmod env grep gzip mkdir mv rm tail tar tr'.split(' ');

/** What would touch the world, or asks it: the script gets a stand-in. */
export const worldlyCommands =
  'chown curl date id ldconfig mount pgrep pkill poweroff setpriv sha256sum shutdown sleep sudo sync systemctl timeout useradd'.split(
    ' ',
  );

/** A command's file on this machine. */
export const pathOf = (command: string): string => {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, command);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // It may be in the next folder.
    }
  }
  throw new Error(`There is no ${command} on this machine`);
};

/**
 * What stands for every command: it appends its name and arguments to the record, does as its scene says, and
 * hands over to the real thing where there is one.
 */
export const standIn = (bash: string): string => `#!${bash}
name=\${0##*/}
line=$name
for argument in "$@"; do line="$line	\${argument//$'\\n'/ }"; done
printf '%s\\n' "$line" >> "$SANDBOX/record"
if [ -f "$SANDBOX/scene/$name" ]; then . "$SANDBOX/scene/$name"; fi
if [ -x "$SANDBOX/real/$name" ]; then exec "$SANDBOX/real/$name" "$@"; fi
exit 0
`;

/** Runs what stands behind the options of \`timeout\`, \`setpriv\` and \`sudo\`. */
export const runCommand = `while [ $# -gt 0 ]; do case $1 in -*|[0-9]*) shift ;; *) break ;; esac; done
exec "$@"
`;

/** What a machine's metadata service says. */
export const metadata: Readonly<Record<string, string>> = {
  'instance-id': 'i-0123456789abcdef0',
  'instance-type': 'c5.9xlarge',
  'instance-life-cycle': 'spot',
  'placement/availability-zone': 'us-east-2a',
  'ami-id': 'ami-0123456789abcdef0',
};

/** A `curl` that answers for the metadata service as it is told, and downloads the archive. */
export const curlWith = (values: Readonly<Record<string, string>> | undefined): string => `case "$*" in
  *api/token*) ${values === undefined ? 'exit 7' : 'echo token; exit 0'} ;;
${Object.entries(values ?? {})
  .map(([path, value]) => `  *meta-data/${path}*) printf '%s' '${value}'; exit 0 ;;`)
  .join('\n')}
  *meta-data*) exit 22 ;;
esac
output=
while [ $# -gt 0 ]; do if [ "$1" = --output ]; then output=$2; fi; shift; done
cat "$SANDBOX/archive" > "$output"
exit 0
`;

/** The clock of the machine: an hour before the usual deadline. */
export const machineTime = new Date('2026-03-01T10:00:00Z');

/** Scenes, in bash, in which everything goes well. */
export const goodScenes: Readonly<Record<string, string>> = {
  curl: curlWith(metadata),
  date: `echo ${machineTime.getTime() / 1_000}; exit 0\n`,
  id: 'exit 1\n',
  ldconfig: 'echo "	libicuuc.so.74 (libc6,x86-64) => /lib/x86_64-linux-gnu/libicuuc.so.74"\n',
  setpriv: runCommand,
  pgrep: 'exit 1\n',
  sha256sum: 'exec "$SANDBOX/node" "$SANDBOX/sha256sum.cjs"\n',
  sleep: `exec ${pathOf('sleep')} 0.02\n`,
  sudo: runCommand,
  systemctl,
  timeout: runCommand,
};

/** `sha256sum --check --status`, which not every machine has. */
export const sha256sum = `const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const [wanted, file] = readFileSync(0, 'utf8').trim().split('  ');
process.exit(createHash('sha256').update(readFileSync(file)).digest('hex') === wanted ? 0 : 1);
`;
