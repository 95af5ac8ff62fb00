import type { StackPlace } from '../../template/physical-ids.ts';

/** The ARN of something in the stack's region and account. */
export const arnIn = ({ region, accountId }: StackPlace, service: string, rest: string): string =>
  `arn:aws:${service}:${region}:${accountId}:${rest}`;
