import { ec2Images } from '../../functions/adapters/aws/ec2-images.ts';
import type { CallerIdentity } from '../adapters/caller-identity.ts';
import { instanceOfferings } from '../adapters/instance-offerings.ts';
import { networks } from '../adapters/networks.ts';
import { parameterValue } from '../adapters/parameters.ts';
import { serviceQuotas } from '../adapters/quotas.ts';
import { hasRole } from '../adapters/service-roles.ts';
import type { Surroundings } from '../surroundings.ts';
import { accountCheck } from './account-check.ts';
import { bootstrapCheck } from './bootstrap-check.ts';
import { concurrencyCheck } from './concurrency-check.ts';
import { imageCheck } from './image-check.ts';
import { instanceTypeCheck } from './instance-types.ts';
import { networkCheck } from './network.ts';
import { pmuCheck } from './pmu-check.ts';
import type { Section } from './section.ts';
import { spotRoleCheck } from './spot-role-check.ts';
import { vcpuQuotaCheck } from './vcpu-quota-check.ts';

/** What the account and the region must have, before the deployment and after. */
export const awsSection = (
  { config, aws }: Surroundings,
  identity: () => Promise<CallerIdentity | undefined>,
): Section => {
  const instanceTypes = instanceOfferings(aws);
  const quotas = serviceQuotas(aws);
  const vcpus = { instanceTypes, quotas };
  const { network } = config;
  return {
    gate: accountCheck(config.region, identity),
    checks: [
      bootstrapCheck(config, (name) => parameterValue(aws, name)),
      instanceTypeCheck(config, instanceTypes),
      pmuCheck(config),
      vcpuQuotaCheck(config, 'spot', vcpus),
      vcpuQuotaCheck(config, 'on-demand', vcpus),
      spotRoleCheck((name) => hasRole(aws, name)),
      imageCheck(ec2Images(aws)),
      concurrencyCheck(config, quotas),
      ...(network === undefined ? [] : [networkCheck(config, network, networks(aws))]),
    ],
  };
};
