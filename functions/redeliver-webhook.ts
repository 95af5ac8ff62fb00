import { secretCredential } from './adapters/aws/secrets-credential.ts';
import { githubAppHook } from './adapters/github/github-app-hook.ts';
import { redeliver } from './domain/webhook/redeliver.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';

export const assemble: Assemble<unknown, void> = ({ aws, github, clock, log, settings }) => {
  const { githubSecretArn } = settings('githubSecretArn');
  const credential = secretCredential(aws, githubSecretArn, clock);
  const run = redeliver({
    hook: async () => {
      const known = await credential.read();
      return known.kind === 'app' ? githubAppHook(github, known) : undefined;
    },
    clock,
  });
  return async () => {
    const sentAgain = await run();
    if (sentAgain > 0) log('deliveries are asked for again', { deliveries: sentAgain });
  };
};

export const handler = lambda(assemble);
