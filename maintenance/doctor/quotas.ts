import type { Market } from '../../functions/domain/ports.ts';

export interface QuotaReader {
  /** The account's quota in the region, `undefined` when there is none of this code. */
  quota(service: string, code: string): Promise<number | undefined>;
}

/** vCPUs that running instances of some families have in common. */
export interface QuotaClass {
  readonly name: string;
  readonly families: readonly string[];
  /** Codes of Service Quotas, the same in every account and region. */
  readonly codes: Readonly<Record<Market, string>>;
}

/** https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html */
const quotaClasses: readonly QuotaClass[] = [
  {
    name: 'Standard (A, C, D, H, I, M, R, T, Z)',
    families: ['a', 'c', 'd', 'h', 'i', 'im', 'is', 'm', 'r', 't', 'z'],
    codes: { 'on-demand': 'L-1216C47A', spot: 'L-34B43A08' },
  },
  { name: 'F', families: ['f'], codes: { 'on-demand': 'L-74FC7D96', spot: 'L-88CF9481' } },
  { name: 'G and VT', families: ['g', 'gr', 'vt'], codes: { 'on-demand': 'L-DB2E81BA', spot: 'L-3819A6DF' } },
  { name: 'Inf', families: ['inf'], codes: { 'on-demand': 'L-1945791B', spot: 'L-B5D1601B' } },
  { name: 'P', families: ['p'], codes: { 'on-demand': 'L-417A185B', spot: 'L-7212CCBC' } },
  { name: 'X', families: ['x'], codes: { 'on-demand': 'L-7295265B', spot: 'L-E3A00192' } },
];

/** The quota that an instance type counts against, `undefined` for one with a quota that is not known here. */
export const quotaClassOf = (type: string): QuotaClass | undefined => {
  const [family = ''] = /^[a-z]+/.exec(type) ?? [];
  return quotaClasses.find(({ families }) => families.includes(family));
};

/** Executions of all functions at once, over the account in the region. */
export const lambdaConcurrency = { service: 'lambda', code: 'L-B99A9384' } as const;
