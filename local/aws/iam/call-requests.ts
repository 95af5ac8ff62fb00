import type { StackPlace } from '../../template/physical-ids.ts';
import type { CloudCall } from '../../wire/wire.ts';
import type { IamRequest } from './iam-request.ts';

/** What IAM can know of a request only from the cloud that it is for. */
export interface KnownResources {
  readonly place: StackPlace;
  /** The keys that the cloud has; a ciphertext does not say by which it was made. */
  readonly keyArns: readonly string[];
  /** The tags of an instance; none when EC2 does not know it. */
  tagsOfInstance(id: string): Readonly<Record<string, string>>;
  /** The account, or Amazon's alias, that owns an image. */
  ownerOfImage(id: string): string | undefined;
  /** The zone of a subnet. */
  zoneOfSubnet(id: string): string | undefined;
}

/** What a call needs to be allowed, all of it. */
export type RequestsOf = (
  parameters: CloudCall['parameters'],
  known: KnownResources,
) => readonly IamRequest[];

/** The operations of one service. */
export type RequestsOfOperations = Readonly<Record<string, RequestsOf>>;
