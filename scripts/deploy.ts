import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { deployCommand } from '../maintenance/deploy/command.ts';

/** cdk in this terminal. A signal goes on to it, and it alone decides how to end. */
const cdk = async (args: readonly string[]): Promise<number> => {
  const child = spawn('cdk', args, { stdio: 'inherit' });
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
};

process.exitCode = await deployCommand(process.argv.slice(2), {
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
  variables: process.env,
  cdk,
});
