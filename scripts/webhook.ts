import { webhookCommand } from '../maintenance/webhook/command.ts';

process.exitCode = await webhookCommand(process.argv.slice(2), {
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
  variables: process.env,
});
