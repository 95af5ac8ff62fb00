import type { CloudCall } from '../wire/wire.ts';
import { nameOfRation, type Ration } from './ration.ts';
import type { RationKeeper, RationUse } from './ration-use.ts';
import { TokenBucket } from './token-bucket.ts';

type RationedCall = Pick<CloudCall, 'service' | 'operation' | 'parameters'>;

interface Kept {
  readonly ration: Ration;
  readonly bucket: TokenBucket;
  total: number;
  refused: number;
}

const costOf = ({ costOf: cost = () => 1 }: Ration, call: RationedCall): number => cost(call);

const covers = ({ service, operations }: Ration, call: RationedCall): boolean =>
  service === call.service && (operations === undefined || operations.includes(call.operation));

/** The rations of one account and region, with full buckets at first. */
export class AccountRations implements RationKeeper {
  readonly #kept: readonly Kept[];
  /** By service and operation: looking through the table takes longer than a simulated call. */
  readonly #covering = new Map<string, readonly Kept[]>();

  constructor(rations: readonly Ration[]) {
    this.#kept = rations.map((ration) => ({ ration, bucket: new TokenBucket(ration), total: 0, refused: 0 }));
  }

  /** Takes what the call costs; `false` when a ration of its has too little left, and then none is used. */
  take(call: RationedCall): boolean {
    const costs = this.#coveringOf(call)
      .map((kept) => ({ kept, cost: costOf(kept.ration, call) }))
      .filter(({ cost }) => cost > 0);
    const short = costs.find(({ kept: { bucket }, cost }) => bucket.tokens < cost);
    for (const { kept, cost } of costs) {
      kept.total += 1;
      if (short === undefined) kept.bucket.take(cost);
    }
    if (short !== undefined) short.kept.refused += 1;
    return short === undefined;
  }

  /** Those that were ever used. */
  report(): readonly RationUse[] {
    return this.#kept
      .filter(({ total }) => total > 0)
      .map(({ ration, bucket, total, refused }) => ({
        service: ration.service,
        operation: nameOfRation(ration),
        tokens: bucket.tokens,
        size: ration.size,
        total,
        refused,
      }));
  }

  #coveringOf(call: RationedCall): readonly Kept[] {
    const key = `${call.service} ${call.operation}`;
    const known = this.#covering.get(key) ?? this.#kept.filter(({ ration }) => covers(ration, call));
    this.#covering.set(key, known);
    return known;
  }
}
