import type { CloudCall } from '../../../local/wire/wire.ts';

/** A call as any function could make it. */
export type Call = Pick<CloudCall, 'service' | 'operation' | 'parameters'>;

/** What a call would do, the call, and the files of the functions that may make it: none, if none is named. */
export type Case = readonly [what: string, call: Call, who?: readonly string[]];

export const call = (service: string, operation: string, parameters: Call['parameters'] = {}): Call => ({
  service,
  operation,
  parameters,
});

/** Instances as EC2 knows them: one of the deployment's, one of another's, and one without tags. */
export const ours = 'i-00000000000000001';
export const theirs = 'i-00000000000000002';
export const untagged = 'i-00000000000000003';
