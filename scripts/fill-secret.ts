import { fillSecretCommand } from '../maintenance/secret/command.ts';

process.exitCode = await fillSecretCommand(process.argv.slice(2), {
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
  stdin: process.stdin,
  variables: process.env,
});
