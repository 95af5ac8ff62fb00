import { removeCommand } from '../maintenance/remove/command.ts';

process.exitCode = await removeCommand(process.argv.slice(2), {
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
  stdin: process.stdin,
  stdout: process.stdout,
  variables: process.env,
});
