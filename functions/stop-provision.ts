import { provisionStopper } from './adapters/aws/provision-executions.ts';
import type { DestroyInput } from './domain/ending/destroy.ts';
import type { ProvisionStopper } from './domain/ports.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';

/** Stops the life's provision, so that it asks for nothing more. */
export const stopProvision =
  (provisions: ProvisionStopper) =>
  async ({ life, reason }: DestroyInput): Promise<{ stopped: string }> => {
    const cause = reason === 'deadline' ? 'The deadline has come.' : 'The life is destroyed by force.';
    await provisions.stop(life, cause);
    return { stopped: life };
  };

export const assemble: Assemble<DestroyInput, { stopped: string }> = ({ aws, settings }) =>
  stopProvision(provisionStopper(aws, settings('provisionStateMachineArn').provisionStateMachineArn));

export const handler = lambda(assemble);
