import { ec2InstanceReader } from './adapters/aws/ec2-instances.ts';
import { ec2Terminator } from './adapters/aws/ec2-terminator.ts';
import type { DestroyInput } from './domain/ending/destroy.ts';
import { isLive } from './domain/life/instance-states.ts';
import type { InstanceReader, InstanceTerminator } from './domain/ports.ts';
import { terminationNews } from './domain/status/step-news.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import { telling } from './runtime/telling.ts';

/** Terminates whatever instances the tags show, and asks nobody else. */
export const terminateInstances =
  (instances: InstanceReader, terminator: InstanceTerminator) =>
  async ({ life }: DestroyInput): Promise<{ terminated: readonly string[] }> => {
    const ids = (await instances.ofLife(life)).filter(isLive).map(({ id }) => id);
    if (ids.length > 0) await terminator.terminate(ids);
    return { terminated: ids };
  };

export const assemble: Assemble<DestroyInput, { terminated: readonly string[] }> = telling(
  { news: terminationNews },
  ({ aws, settings }) =>
    terminateInstances(ec2InstanceReader(aws, settings('deployment').deployment), ec2Terminator(aws)),
);

export const handler = lambda(assemble);
