import { type LifeItem, lifeRecord } from '../life/life-item.ts';
import type { ProvisionInput } from '../life/provision-input.ts';
import type { ProvisionReader, ProvisionStarter } from '../ports.ts';
import { lifeOfProvision } from '../status/life-of-provision.ts';
import type { ItemPutter } from '../table.ts';

export interface StartPorts {
  readonly table: ItemPutter;
  readonly starter: ProvisionStarter;
  readonly provisions: ProvisionReader;
}

const inputIn = ({ input }: LifeItem): ProvisionInput => JSON.parse(input) as ProvisionInput;

/**
 * Starts the provision of a life that no step has been heard of yet: whoever wrote its item may not have come so far.
 * The same input under the same name is the same start. Where the name has been used otherwise, the item is put right
 * by what Step Functions knows. Gives the item as it is then. Throws AwsUnavailable or AwsRefused.
 */
export const startLife = async (
  { table, starter, provisions }: StartPorts,
  item: LifeItem,
): Promise<LifeItem> => {
  if (item.status !== 'requested') return item;
  if ((await starter.start(inputIn(item))) === 'started') return item;
  const provision = await provisions.provision(item.life);
  const known = provision === undefined ? undefined : lifeOfProvision(provision, []);
  if (known === undefined) return item;
  await table.put(lifeRecord(known), [{ life: { is: item.life }, rank: { is: 0 } }]);
  return known;
};
