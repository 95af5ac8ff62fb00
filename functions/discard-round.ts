import { ec2InstanceReader } from './adapters/aws/ec2-instances.ts';
import { ec2Terminator } from './adapters/aws/ec2-terminator.ts';
import { githubDeregistrar } from './adapters/github/github-deregistrar.ts';
import { CapacityUnavailable } from './domain/errors.ts';
import { isLive } from './domain/life/instance-states.ts';
import { maximumRounds } from './domain/life/life.ts';
import type { CapacitySearch, FetchedRunner, Round } from './domain/life/provision.ts';
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
  readonly search: Pick<CapacitySearch, 'next'>;
}

const wasLaunched = ({ search }: Input): boolean => search.next === 'launched';

/** What is launched with another configuration is another launch, and has another round's name. */
const requireAnotherRound = (round: Round): void => {
  if (round.number >= maximumRounds)
    throw new CapacityUnavailable(
      `EC2 gave no instance before the runner configurations of ${maximumRounds} rounds were too old. Run the workflow again later.`,
    );
};

/**
 * Ends what a round left whose instance EC2 took away, and begins the next one, on-demand; or a round whose runner
 * configuration has grown old before there was an instance. GitHub can show the dead machine's runner as busy and refuse
 * to delete it; then it stays for the destroy, for the next round has a name of its own. Throws CapacityUnavailable when
 * there is no other round.
 */
export const discardRound =
  ({ instances, terminator, deregistrar }: DiscardRoundPorts) =>
  async (input: Input): Promise<Round> => {
    const { life, round, runner } = input;
    requireAnotherRound(round);
    const live = (await instances.ofLife(life)).filter(isLive);
    if (live.length > 0) await terminator.terminate(live.map(({ id }) => id));
    await deregistrar.deregister(runner.registrationId);
    return { number: round.number + 1, markets: wasLaunched(input) ? 'on-demand-only' : round.markets };
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
