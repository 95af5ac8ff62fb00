import { ec2InstanceReader } from './adapters/aws/ec2-instances.ts';
import { ec2Terminator } from './adapters/aws/ec2-terminator.ts';
import { provisionStopper } from './adapters/aws/provision-executions.ts';
import type { DestroyInput } from './domain/ending/destroy.ts';
import { isLive } from './domain/life/instance-states.ts';
import type { InstanceReader, InstanceTerminator, ProvisionStopper } from './domain/ports.ts';
import { terminationNews } from './domain/status/step-news.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import { telling } from './runtime/telling.ts';

export interface TerminateInstancesPorts {
  readonly instances: InstanceReader;
  readonly terminator: InstanceTerminator;
  readonly provisions: ProvisionStopper;
}

interface Termination {
  readonly terminated: readonly string[];
}

const terminateAll = async (
  { instances, terminator }: TerminateInstancesPorts,
  life: string,
): Promise<Termination> => {
  const ids = (await instances.ofLife(life)).filter(isLive).map(({ id }) => id);
  if (ids.length > 0) await terminator.terminate(ids);
  return { terminated: ids };
};

/**
 * Terminates whatever instances the tags show, and stops the life's provision, so that it asks for nothing more. Neither
 * waits for the other, or fails because the other does; what was launched meanwhile is found when it is looked again.
 */
export const terminateInstances =
  (ports: TerminateInstancesPorts) =>
  async ({ life, reason }: DestroyInput): Promise<Termination> => {
    const cause = reason === 'deadline' ? 'The deadline has come.' : 'The life is destroyed.';
    const [terminated, stopped] = await Promise.allSettled([
      terminateAll(ports, life),
      ports.provisions.stop(life, cause),
    ]);
    if (terminated.status === 'rejected') throw terminated.reason;
    if (stopped.status === 'rejected') throw stopped.reason;
    return terminated.value;
  };

export const assemble: Assemble<DestroyInput, Termination> = telling(
  { news: terminationNews },
  ({ aws, settings }) => {
    const { deployment, provisionStateMachineArn } = settings('deployment', 'provisionStateMachineArn');
    return terminateInstances({
      instances: ec2InstanceReader(aws, deployment),
      terminator: ec2Terminator(aws),
      provisions: provisionStopper(aws, provisionStateMachineArn),
    });
  },
);

export const handler = lambda(assemble);
