import { ec2InstanceReader } from './adapters/aws/ec2-instances.ts';
import { ec2Terminator } from './adapters/aws/ec2-terminator.ts';
import { githubDeregistrar } from './adapters/github/github-deregistrar.ts';
import { isLive } from './domain/life/instance-states.ts';
import type { FetchedRunner, Round } from './domain/life/provision.ts';
import type { ProvisionInput } from './domain/life/provision-input.ts';
import type { Deregistrar, InstanceReader, InstanceTerminator } from './domain/ports.ts';
import { roundNews } from './domain/status/step-news.ts';
import { githubOf } from './runtime/github.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import { telling } from './runtime/telling.ts';

export interface DiscardRoundPorts {
  readonly instances: InstanceReader;
  readonly terminator: InstanceTerminator;
  readonly deregistrar: Deregistrar;
}

interface Input extends ProvisionInput {
  readonly round: Round;
  readonly runner: FetchedRunner;
}

/**
 * Ends what a lost round left, and begins the next one, on-demand. GitHub can show the dead machine's runner
 * as busy and refuse to delete it; then it stays for the destroy, for the next round has a name of its own.
 */
export const discardRound =
  ({ instances, terminator, deregistrar }: DiscardRoundPorts) =>
  async ({ life, round, runner }: Input): Promise<Round> => {
    const live = (await instances.ofLife(life)).filter(isLive);
    if (live.length > 0) await terminator.terminate(live.map(({ id }) => id));
    await deregistrar.deregister(runner.registrationId);
    return { number: round.number + 1, markets: 'on-demand-only' };
  };

export const assemble: Assemble<Input, Round> = telling({ news: roundNews }, (runtime) => {
  const { aws, settings } = runtime;
  const { deployment } = settings('deployment');
  return discardRound({
    instances: ec2InstanceReader(aws, deployment),
    terminator: ec2Terminator(aws),
    deregistrar: githubDeregistrar(githubOf(runtime)),
  });
});

export const handler = lambda(assemble);
