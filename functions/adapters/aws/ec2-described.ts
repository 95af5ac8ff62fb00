import type { Instance as Described } from '@aws-sdk/client-ec2';
import { ofClass } from '../../domain/life/provision-input.ts';
import { readTags } from '../../domain/life/tags.ts';
import type { Instance, InstanceState } from '../../domain/ports.ts';

const tagsOf = ({ Tags = [] }: Described): Readonly<Record<string, string>> =>
  Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));

/**
 * An instance as the domain knows it. One that is not of `deployment`, or whose tags or description are not
 * whole, gives nothing: a stranger's machine never reaches a decision, and never stops a list.
 */
export const describedInstance = (described: Described, deployment: string): readonly Instance[] => {
  const tags = readTags(tagsOf(described));
  const { InstanceId: id, State, InstanceType: instanceType, LaunchTime: launchedAt } = described;
  if (tags === undefined || tags.deployment !== deployment) return [];
  if (id === undefined || State?.Name === undefined || launchedAt === undefined) return [];
  const stateReason = described.StateReason?.Code;
  return [
    {
      id,
      state: State.Name satisfies InstanceState,
      life: tags.life,
      round: tags.round,
      market: described.InstanceLifecycle === 'spot' ? 'spot' : 'on-demand',
      instanceType: instanceType ?? '',
      availabilityZone: described.Placement?.AvailabilityZone ?? '',
      launchedAt,
      deadline: tags.deadline ?? launchedAt,
      registrationId: tags.registrationId,
      ...ofClass(tags.class),
      ...(tags.spotPrice === undefined ? {} : { spotPrice: tags.spotPrice }),
      ...(stateReason === undefined ? {} : { stateReason }),
    },
  ];
};
