import type { CloudCall } from '../wire/wire.ts';
import type { Bucket } from './token-bucket.ts';

/** What AWS gives an account and region of a call, as a bucket of tokens. */
export interface Ration extends Bucket {
  readonly service: string;
  /** The operations that share the bucket; none named is all of the service's. */
  readonly operations?: readonly string[];
  /** What the bucket is called where the operation's own name does not do. */
  readonly name?: string;
  /** Where AWS publishes it. */
  readonly page: string;
  /** How many tokens a call takes; 1 unless told otherwise, and a call of 0 is none of the ration's. */
  readonly costOf?: (call: Pick<CloudCall, 'operation' | 'parameters'>) => number;
}

/** The name under which a ration is reported. */
export const nameOfRation = ({ name, operations }: Ration): string => name ?? operations?.join(', ') ?? '*';
