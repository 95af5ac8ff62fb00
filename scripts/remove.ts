import { removeCommand } from '../maintenance/remove/command.ts';

/** Whatever it was doing, CloudFormation and the state machines go on with what has begun. */
for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.on(signal, () => {
    console.error('Interrupted. Run npm run remove again: it goes on where it stopped.');
    process.exit(exitCode);
  });

process.exitCode = await removeCommand(process.argv.slice(2), {
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
  stdin: process.stdin,
  stdout: process.stdout,
  variables: process.env,
});
