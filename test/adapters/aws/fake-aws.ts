import type { AwsConnection } from '../../../functions/adapters/aws/aws-connection.ts';
import { FaultPlan } from '../../../local/wire/faults.ts';
import { createFrontDoor, type RecordedCall } from '../../../local/wire/front-door.ts';
import { inProcessHandler } from '../../../local/wire/in-process-aws.ts';
import type { CloudService, WireRequest, WireResponse } from '../../../local/wire/wire.ts';

/** A connection of the real SDK's clients to whatever answers. */
export const connectionTo = (send: (request: WireRequest) => Promise<WireResponse>): AwsConnection => ({
  region: 'us-east-2',
  credentials: { accessKeyId: 'local.Test', secretAccessKey: 'none' },
  endpoint: 'http://aws.local',
  requestHandler: inProcessHandler(send),
});

/** Services behind the front door, and what was asked of them. */
export const fakeAws = (...services: readonly CloudService[]) => {
  const faults = new FaultPlan();
  const calls: RecordedCall[] = [];
  const door = createFrontDoor({ services, faults, onCall: (call) => calls.push(call) });
  return {
    faults,
    connection: connectionTo(door.send),
    calls,
    /** The parameters of every call of an operation. */
    asked: (operation: string) =>
      calls.filter(({ call }) => call.operation === operation).map(({ call }) => call.parameters),
    /** How often an operation reached the cloud, the faults included. */
    times: (operation: string) => calls.filter(({ call }) => call.operation === operation).length,
  };
};

/** Answers every request with the same, whatever it is. */
export const answering = (response: WireResponse): AwsConnection => connectionTo(async () => response);
