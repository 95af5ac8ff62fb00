import { doctorCommand } from '../maintenance/doctor/command.ts';

process.exitCode = await doctorCommand(process.argv.slice(2), {
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
  stdin: process.stdin,
  variables: process.env,
});
