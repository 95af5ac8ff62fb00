import { createHash } from 'node:crypto';
import type { CapacityPool, Market } from '../ports.ts';

/**
 * The ClientToken of a launch attempt: the same attempt always has the same one, so that a repeat after a lost
 * answer finds the first instance, and no other attempt shares it, nor does the next pass over the pools: what a refused
 * try leaves of a token is not documented. EC2 takes at most 64 ASCII characters
 * (https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html).
 */
export const clientToken = (
  deployment: string,
  life: string,
  round: number,
  market: Market,
  { instanceType, availabilityZone }: CapacityPool,
  passes: number,
): string =>
  createHash('sha256')
    .update([deployment, life, round, market, instanceType, availabilityZone, passes].join('/'))
    .digest('hex');
