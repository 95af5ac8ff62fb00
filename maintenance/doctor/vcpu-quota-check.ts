import type { Market } from '../../functions/domain/ports.ts';
import type { Config } from '../../infra/config.ts';
import { failed, passed, skipped, type Verdict, warning } from '../finding.ts';
import type { Check } from './check.ts';
import type { InstanceTypeReader, InstanceTypeReading } from './instance-types.ts';
import { type QuotaClass, type QuotaReader, quotaClassOf } from './quotas.ts';

const words: Readonly<Record<Market, string>> = { spot: 'spot', 'on-demand': 'on-demand' };

const request = (wanted: number, { name, codes }: QuotaClass, market: Market, region: string): string =>
  `Ask for ${wanted} vCPUs of ${words[market]} ${name}: ` +
  `aws service-quotas request-service-quota-increase --service-code ec2 --quota-code ${codes[market]} ` +
  `--desired-value ${wanted} --region ${region}`;

interface Class {
  readonly quota: QuotaClass;
  readonly largest: InstanceTypeReading;
}

/** The quotas that the types count against, each with the largest of its types. */
const classesOf = (readings: readonly InstanceTypeReading[]): readonly Class[] => {
  const byClass = Map.groupBy(readings, ({ type }) => quotaClassOf(type));
  return [...byClass].flatMap(([quota, members]) => {
    const [largest] = members.toSorted((a, b) => b.vcpus - a.vcpus);
    return quota === undefined || largest === undefined ? [] : [{ quota, largest }];
  });
};

const roomFor = async (reader: QuotaReader, { quota, largest }: Class, market: Market) => {
  const vcpus = (await reader.quota('ec2', quota.codes[market])) ?? 0;
  return { vcpus, runners: Math.floor(vcpus / largest.vcpus) };
};

export interface VcpuQuotaPorts {
  readonly quotas: QuotaReader;
  readonly instanceTypes: InstanceTypeReader;
}

/**
 * Whether the account's vCPU quotas hold as many runners as the cap allows, counted with the largest type. A
 * market that holds none is only slower or dearer; when neither holds one, nothing ever starts.
 */
export const vcpuQuotaCheck = (config: Config, market: Market, ports: VcpuQuotaPorts): Check => {
  const other: Market = market === 'spot' ? 'on-demand' : 'spot';
  const { liveRunnerCap: cap, region } = config;

  const judge = async (one: Class): Promise<Verdict> => {
    const { vcpus, runners } = await roomFor(ports.quotas, one, market);
    const says = `${vcpus} ${one.quota.name} vCPUs hold ${Math.min(runners, cap)} of ${cap} runners of ${one.largest.vcpus}`;
    if (runners >= cap) return passed(says);
    const todo = request(cap * one.largest.vcpus, one.quota, market, region);
    if (runners > 0) return warning(says, `${todo}, or lower liveRunnerCap to ${runners}.`);
    const isElsewhere = (await roomFor(ports.quotas, one, other)).runners > 0;
    return isElsewhere
      ? warning(says, `Until then every runner is ${words[other]}. ${todo}`)
      : failed(says, todo);
  };

  return {
    subject: market === 'spot' ? 'Spot quota' : 'On-demand quota',
    look: async () => {
      const types = [...new Set(Object.values(config.instanceTypes).flat())];
      const readings = await ports.instanceTypes.types(types);
      const strangers = types.filter((type) => quotaClassOf(type) === undefined);
      const judged = await Promise.all(classesOf(readings).map(judge));
      return [
        ...judged,
        ...strangers.map((type) => skipped(`${type} counts against a quota that doctor does not know`)),
      ];
    },
  };
};
